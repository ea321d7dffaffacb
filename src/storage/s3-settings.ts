/** How objects are reached. Credentials are not here: the SDK finds them by itself, as every AWS tool does. */
export interface S3Settings {
  /** Null: Amazon's own, by region. */
  readonly endpoint: string | null;
  /** Null: as the SDK finds it (`AWS_REGION`, a profile). */
  readonly region: string | null;
  /** The bucket in the path instead of in the host name, as most stores other than Amazon's want it. */
  readonly isPathStyle: boolean;
}

/** A bucket, or the part of it below a prefix. */
export interface S3Place {
  readonly bucket: string;
  /** Without a slash at either end; empty for the whole bucket. */
  readonly prefix: string;
}

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;

/** Reads `bucket` or `bucket/a/prefix`; null where it is neither. */
export function parseS3Place(text: string): S3Place | null {
  const [bucket = '', ...rest] = text.replace(/\/$/, '').split('/');
  const prefix = rest.join('/');
  if (!BUCKET.test(bucket) || bucket.includes('..')) return null;
  return prefix === '' || PREFIX.test(prefix) ? { bucket, prefix } : null;
}

export function s3Url({ bucket, prefix }: S3Place): string {
  return `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`;
}

/** The name that an object has in the bucket. */
export function objectName({ prefix }: S3Place, key: string): string {
  return prefix === '' ? key : `${prefix}/${key}`;
}
