import type * as S3Sdk from '@aws-sdk/client-s3';
import type { S3Settings } from './s3-settings';

export interface S3Clients {
  readonly sdk: typeof S3Sdk;
  /** Repeats what failed and may pass; for requests that mean the same when they come twice. */
  readonly patient: S3Sdk.S3Client;
  /** Sends once: whoever uses it has to know what a lost answer means. */
  readonly once: S3Sdk.S3Client;
}

const CONNECT_TIMEOUT_MS = 5000;
/** Without a byte in either direction. */
const SILENCE_TIMEOUT_MS = 20_000;

/** All of one request: its repetitions, and its answer to the last byte. */
const REQUEST_LIMIT_MS = 60_000;

export interface RequestBound {
  readonly abortSignal: AbortSignal;
}

/** For one request. Listeners of many on one signal would pile up. */
export function bounded(): RequestBound {
  return { abortSignal: AbortSignal.timeout(REQUEST_LIMIT_MS) };
}

/** Loads the SDK when it is first needed: a process whose store is a folder shall not hold it in memory. */
export function s3Clients(settings: S3Settings): () => Promise<S3Clients> {
  let clients: Promise<S3Clients> | null = null;
  return () => (clients ??= makeClients(settings));
}

async function makeClients({ endpoint, region, isPathStyle }: S3Settings): Promise<S3Clients> {
  const sdk = await import('@aws-sdk/client-s3');
  const shared = {
    ...(endpoint !== null && { endpoint }),
    ...(region !== null && { region }),
    forcePathStyle: isPathStyle,
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      // Not its `requestTimeout`, which runs while a large object is still being sent.
      socketTimeout: SILENCE_TIMEOUT_MS,
    },
    // The newer checksums are unknown to many stores. The body is hashed into the signature anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  } as const;
  return {
    sdk,
    patient: new sdk.S3Client({ ...shared, maxAttempts: 3 }),
    once: new sdk.S3Client({ ...shared, maxAttempts: 1 }),
  };
}
