import { errorCode } from '../error-facts';

/** https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
const CODES = {
  CANCELLED: 1,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  FAILED_PRECONDITION: 9,
  RESOURCE_EXHAUSTED: 8,
  ABORTED: 10,
  UNAVAILABLE: 14,
} as const;

/** Whether an error, or what caused it, is a gRPC answer of this status. The SDK wraps them in errors of its own. */
export function isGrpcStatus(error: unknown, name: keyof typeof CODES): boolean {
  if (errorCode(error) === CODES[name]) return true;
  return typeof error === 'object' && error !== null && 'cause' in error && isGrpcStatus(error.cause, name);
}

/** A deadline that passes while a server is busy is sometimes told as a call that was canceled. */
const NOBODY_ANSWERS = ['DEADLINE_EXCEEDED', 'FAILED_PRECONDITION', 'CANCELLED'] as const;

/** Whether a query or an update failed because no worker was there to answer it. */
export function isWithoutAnswer(error: unknown): boolean {
  return NOBODY_ANSWERS.some((status) => isGrpcStatus(error, status));
}
