import type { z } from 'zod';
import { listQuerySchema, USUAL_LIMIT } from '../api/schemas';
import { queryOf } from './query-of';

export type ListQuery = z.infer<typeof listQuerySchema>;

export function listQueryIn(fields: Record<string, unknown>): ListQuery {
  return queryOf(listQuerySchema, fields);
}

/** `/`, or where else the same filter is, with changes of it. */
export function listAddress(path: string, query: Partial<ListQuery>): string {
  const { state, provider, subject, cursor, limit } = query;
  const fields = Object.entries({ state, provider, subject, cursor, limit }).flatMap(([name, value]) =>
    value === undefined || value === USUAL_LIMIT ? [] : [[name, String(value)]],
  );
  const text = new URLSearchParams(fields).toString();
  return text === '' ? path : `${path}?${text}`;
}
