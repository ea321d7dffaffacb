import type { z } from 'zod';
import { ProblemError } from '../api/problem';

/** What an address asks for. A form sends a field that was left alone as an empty one. */
export function queryOf<S extends z.ZodType>(schema: S, fields: Record<string, unknown>): z.infer<S> {
  const filled = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
  const query = schema.safeParse(filled);
  if (query.success) return query.data;
  const [issue] = query.error.issues;
  throw new ProblemError(
    'invalid-request',
    `${issue?.path.join('.') ?? 'the address'}: ${issue?.message ?? ''}`,
  );
}
