import { parseHostRules, type HostRule } from '../net/host-rules';
import { parseS3Place, type S3Place, type S3Settings } from '../storage/s3-settings';
import type { EnvReader } from './env-reader';

/** Where photos come from besides the photos folder; empty where the environment names nothing. */
export interface PhotoPlaces {
  readonly s3: readonly S3Place[];
  readonly httpsHosts: readonly HostRule[];
}

const bucketUrl = (text: string): S3Place | null =>
  text.startsWith('s3://') ? parseS3Place(text.slice('s3://'.length)) : null;
const BUCKET_URL = 's3://BUCKET or s3://BUCKET/PREFIX';

/** The bucket of the store; null where the store is a folder. */
export function readStorePlace(env: EnvReader): S3Place | null {
  const place = env.parsed('DARKROOM_STORE', BUCKET_URL, bucketUrl);
  env.demand(
    place === null || env.text('DARKROOM_STORE_DIR') === null,
    'DARKROOM_STORE: expected to be alone, and DARKROOM_STORE_DIR names another store; take one of them away',
  );
  return place;
}

/** Where photos that are handed in go; null: into the photos folder. */
export function readPhotoSets(env: EnvReader): S3Place | null {
  return env.parsed('DARKROOM_PHOTO_SETS', BUCKET_URL, bucketUrl);
}

export function readS3(env: EnvReader): S3Settings {
  const endpoint = env.url('DARKROOM_S3_ENDPOINT');
  const isPathStyle = env.choice('DARKROOM_S3_PATH_STYLE', ['yes', 'no']);
  return {
    endpoint,
    // Stores other than Amazon's have no regions, and the signature needs one.
    region: env.text('DARKROOM_S3_REGION') ?? (endpoint === null ? null : 'us-east-1'),
    isPathStyle: isPathStyle === null ? endpoint !== null : isPathStyle === 'yes',
  };
}

export function readPhotoPlaces(env: EnvReader): PhotoPlaces {
  const s3 = env.parsed(
    'DARKROOM_PHOTOS_S3',
    'buckets such as photos or photos/inbox, separated by commas',
    (text) => {
      const places = text.split(',').map((item) => parseS3Place(item.trim()));
      return places.every((place) => place !== null) ? places : null;
    },
  );
  const httpsHosts = env.parsed(
    'DARKROOM_PHOTOS_HTTPS_HOSTS',
    'host names such as cdn.example.com, *.images.example.com or cdn.example.com:8443, separated by commas',
    parseHostRules,
  );
  return { s3: s3 ?? [], httpsHosts: httpsHosts ?? [] };
}
