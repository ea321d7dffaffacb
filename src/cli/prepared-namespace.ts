import { NamespaceNotPreparedError } from '../client/errors';
import { SEARCH_ATTRIBUTES } from '../contract/names';
import { isGrpcStatus } from '../client/grpc-status';
import { errorMessage } from '../error-facts';
import { missingSearchAttributes, SearchAttributeTypeError } from '../temporal-server';
import { InputError } from './input-error';
import type { Connection } from '@temporalio/client';

/**
 * A workflow that sets a search attribute which the namespace does not know fails its task again and again: every
 * training would stand still without a word. So a worker does not start there.
 *
 * @throws NamespaceNotPreparedError
 */
export async function assertNamespacePrepared(
  connection: Pick<Connection, 'operatorService'>,
  namespace: string,
  say: (line: string) => void,
): Promise<void> {
  let missing: string[];
  try {
    missing = await missingSearchAttributes(connection, namespace, SEARCH_ATTRIBUTES);
  } catch (error) {
    if (error instanceof SearchAttributeTypeError) throw error;
    if (isGrpcStatus(error, 'NOT_FOUND')) {
      throw new InputError(
        `There is no namespace ${namespace}; create it, or name another with TEMPORAL_NAMESPACE`,
      );
    }
    // Some servers do not let a worker ask. It may still be right.
    say(`The search attributes of ${namespace} could not be checked (${errorMessage(error)})`);
    return;
  }
  if (missing.length > 0)
    throw new NamespaceNotPreparedError(namespace, new Error(`missing: ${missing.join(', ')}`));
}
