import type { z } from 'zod';
import { listQuerySchema, USUAL_LIMIT } from '../api/schemas';
import { ProblemError } from '../api/problem';

export type ListQuery = z.infer<typeof listQuerySchema>;

/** A form sends a field that was left alone as an empty one. */
export function listQueryIn(fields: Record<string, unknown>): ListQuery {
  const filled = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
  const query = listQuerySchema.safeParse(filled);
  if (query.success) return query.data;
  const [issue] = query.error.issues;
  throw new ProblemError(
    'invalid-request',
    `${issue?.path.join('.') ?? 'the address'}: ${issue?.message ?? ''}`,
  );
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
