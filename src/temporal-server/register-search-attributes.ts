import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { errorCode } from '../error-facts';
import { SEARCH_ATTRIBUTE_TYPES } from './search-attribute-type';
import type { SearchAttributes } from './search-attribute-type';

/** gRPC status codes, from https://grpc.io/docs/guides/status-codes/. */
const ALREADY_EXISTS = 6;

/** Elasticsearch needs some seconds to show a new attribute; SQL shows it at once. */
const VISIBLE_WITHIN_MS = 15_000;

/** An attribute of this name exists with another type. Temporal cannot change a type; somebody has to decide. */
export class SearchAttributeTypeError extends Error {
  override readonly name = 'SearchAttributeTypeError';
}

/**
 * The names of `wanted` that the namespace does not have.
 *
 * @throws SearchAttributeTypeError when it has one with another type
 * @throws gRPC errors, such as PERMISSION_DENIED on Temporal Cloud, where attributes are made with tcld or in its UI
 */
export async function missingSearchAttributes(
  connection: Pick<Connection, 'operatorService'>,
  namespace: string,
  wanted: SearchAttributes,
): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return Object.entries(wanted)
    .filter(([name, type]) => {
      const existing: number | undefined = customAttributes[name];
      if (existing !== undefined && existing !== SEARCH_ATTRIBUTE_TYPES[type]) {
        throw new SearchAttributeTypeError(
          `Search attribute ${name} in namespace ${namespace} has type ${typeName(existing)}, and ${type} is needed. Remove it (temporal operator search-attribute remove --name ${name}) or use another namespace.`,
        );
      }
      return existing === undefined;
    })
    .map(([name]) => name);
}

/**
 * Adds what is missing, and returns the names that it added. Safe to call again, and by several processes at once.
 *
 * @throws as `missingSearchAttributes`
 */
export async function registerSearchAttributes(
  connection: Pick<Connection, 'operatorService'>,
  namespace: string,
  wanted: SearchAttributes,
): Promise<string[]> {
  const missing = await missingSearchAttributes(connection, namespace, wanted);
  if (missing.length === 0) return [];
  const searchAttributes = Object.fromEntries(
    Object.entries(wanted)
      .filter(([name]) => missing.includes(name))
      .map(([name, type]) => [name, SEARCH_ATTRIBUTE_TYPES[type]]),
  );
  await connection.operatorService
    .addSearchAttributes({ namespace, searchAttributes })
    .catch(ignoreAlreadyExists);
  await untilVisible(connection, namespace, wanted);
  return missing;
}

/** Another worker started at the same moment and was first. */
function ignoreAlreadyExists(error: unknown): void {
  if (errorCode(error) !== ALREADY_EXISTS) throw error;
}

async function untilVisible(
  connection: Pick<Connection, 'operatorService'>,
  namespace: string,
  wanted: SearchAttributes,
): Promise<void> {
  const end = Date.now() + VISIBLE_WITHIN_MS;
  for (;;) {
    const missing = await missingSearchAttributes(connection, namespace, wanted);
    if (missing.length === 0) return;
    if (Date.now() > end) {
      throw new Error(
        `Search attributes ${missing.join(', ')} were added to namespace ${namespace}, and it still does not list them after ${VISIBLE_WITHIN_MS / 1_000} s.`,
      );
    }
    await delay(250);
  }
}

function typeName(type: number): string {
  return (
    Object.entries(SEARCH_ATTRIBUTE_TYPES).find(([, number]) => number === type)?.[0] ?? `number ${type}`
  );
}
