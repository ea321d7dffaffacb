import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { SearchAttributeTypeError, missingSearchAttributes } from './register-search-attributes';
import type { SearchAttributes } from './search-attribute-type';

/** A start takes about 1 s; one look costs 1 ms. */
const LOOK_EVERY_MS = 25;

/**
 * Resolves when the server at `port` of 127.0.0.1 answers for the namespace and knows the search attributes: the port
 * opens before both, and a workflow started in between fails. Rejects with the signal's reason, at the latest when
 * that fires.
 */
export async function waitUntilReady(
  port: number,
  namespace: string,
  searchAttributes: SearchAttributes,
  signal: AbortSignal,
): Promise<void> {
  // A plain socket first: a gRPC channel that was refused once waits longer and longer before it tries again.
  await until(() => canConnect(port), signal);
  const { Connection } = await import('@temporalio/client');
  const connection = Connection.lazy({ address: `127.0.0.1:${port}` });
  try {
    await until(() => answersFor(connection, namespace, searchAttributes), signal);
  } finally {
    await connection.close();
  }
}

async function until(isTrue: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  while (!(await isTrue())) {
    signal.throwIfAborted();
    await delay(LOOK_EVERY_MS);
  }
}

async function canConnect(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function answersFor(
  connection: Connection,
  namespace: string,
  wanted: SearchAttributes,
): Promise<boolean> {
  const look = async () => {
    await connection.workflowService.describeNamespace({ namespace });
    return (await missingSearchAttributes(connection, namespace, wanted)).length === 0;
  };
  // Nearly any error means "not yet": the frontend opens its port before its parts know each other.
  return connection.withDeadline(Date.now() + 2_000, look).catch((error: unknown) => {
    if (error instanceof SearchAttributeTypeError) throw error;
    return false;
  });
}
