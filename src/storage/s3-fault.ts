import { errorCode } from '../error-facts';
import { StorageError } from './port';

/** What a request to an S3 store came to, if not to an answer that was hoped for. */
export interface S3Fault {
  /** The store's word, such as `NoSuchKey`, or the system's, such as `ECONNREFUSED`. */
  readonly code: string;
  /** Null where no answer came. */
  readonly status: number | null;
}

/** Never the message: it may quote the request, and with it an access key or the name of a photo. */
export function s3Fault(error: unknown): S3Fault {
  const { name, message, $metadata, $response } = (error ?? {}) as {
    name?: string;
    message?: string;
    $metadata?: { httpStatusCode?: number };
    $response?: { statusCode?: number };
  };
  const status = $metadata?.httpStatusCode ?? $response?.statusCode ?? null;
  if (message === 'Region is missing') return { code: 'NoRegion', status: null };
  const code = errorCode(error);
  const word = status === null && typeof code === 'string' ? code : (name ?? 'no reason given');
  return { code: word, status };
}

/** The object is not there, which is not the same as that its bucket is not. */
export function isAbsent({ code, status }: S3Fault): boolean {
  return status === 404 && code !== 'NoSuchBucket';
}

/** Words of S3 that are an error of this request by their status, and pass all the same. */
const PASSING = new Set([
  'RequestTimeout',
  'OperationAborted',
  'SlowDown',
  'ConditionalRequestConflict',
  // A store whose reads lag behind says that the object is there, and then that it is not.
  'PreconditionFailed',
  // Credentials for hours are replaced by those who made them.
  'ExpiredToken',
  'RequestExpired',
]);

const HINTS: Partial<Record<string, string>> = {
  NoSuchBucket: 'make the bucket, or name another one',
  AccessDenied: 'the credentials need s3:GetObject, s3:PutObject and s3:ListBucket there',
  InvalidAccessKeyId: 'check the AWS credentials of the worker',
  SignatureDoesNotMatch: 'check the AWS credentials of the worker',
  RequestTimeTooSkewed: 'set the clock of this machine',
  CredentialsProviderError: 'give the worker AWS credentials',
  PermanentRedirect: 'set DARKROOM_S3_REGION to the region of the bucket',
  AuthorizationHeaderMalformed: 'set DARKROOM_S3_REGION to the region of the bucket',
  IllegalLocationConstraintException: 'set DARKROOM_S3_REGION to the region of the bucket',
  NoRegion: 'set DARKROOM_S3_REGION',
};

/** @param what such as "The store s3://bucket at https://host" */
export function s3Error(what: string, { code, status }: S3Fault): StorageError {
  const isRefused = status !== null && status >= 300 && status < 500 && status !== 429 && !PASSING.has(code);
  const hint = HINTS[code];
  const facts = status === null ? code : `${code}, HTTP ${status}`;
  return new StorageError(
    `${what} cannot be used (${facts})${hint === undefined ? '' : `; ${hint}`}`,
    isRefused || code === 'NoRegion' ? 'mend' : 'wait',
  );
}
