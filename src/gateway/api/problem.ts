import { z } from 'zod';

/** What can be wrong, each with its HTTP status and, where asking again helps, after how many seconds. Callers branch on these, so they are never renamed; `docs/api.md` lists them. */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request does not fit its schema' },
  'key-missing': { status: 401, title: 'An API key is needed' },
  'scope-missing': { status: 403, title: 'The API key may not do this' },
  'not-local': { status: 403, title: 'Without keys this is for one machine alone' },
  'foreign-page': { status: 403, title: 'A page of somebody else has sent this' },
  'not-found': { status: 404, title: 'There is no such thing here' },
  'wrong-method': { status: 405, title: 'The method means nothing at this address' },
  'id-taken': { status: 409, title: 'The id belongs to something else' },
  'decision-refused': { status: 409, title: 'The decision was not taken' },
  'schedule-exists': { status: 409, title: 'There is a schedule of this name' },
  'schedule-busy': { status: 409, title: 'The schedule cannot do that now' },
  'steering-refused': { status: 409, title: 'The batch does not do that now' },
  ended: { status: 409, title: 'The training has ended' },
  'no-result': { status: 410, title: 'The training ended without a result' },
  'too-large': { status: 413, title: 'That is more than is taken' },
  'wrong-type': { status: 415, title: 'The content type is not taken' },
  'photo-refused': { status: 422, title: 'A photo was not taken over' },
  'too-many': { status: 429, title: 'Too many requests', retryAfterS: 60 },
  internal: { status: 500, title: 'Something is wrong here' },
  'no-worker': { status: 503, title: 'No worker answers', retryAfterS: 5 },
  'store-away': { status: 503, title: 'The store does not answer', retryAfterS: 5 },
  'temporal-away': { status: 503, title: 'Temporal does not answer', retryAfterS: 5 },
} as const;
export type ProblemCode = keyof typeof PROBLEMS;
const CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

/** https://www.rfc-editor.org/rfc/rfc9457 with a code of ours. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(CODES),
    /** What happened, to which thing, and what to do. */
    detail: z.string(),
    /** Where the request is wrong, or where it differs from the one that has the id. */
    at: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .describe('Errors, as application/problem+json (RFC 9457).');
export type Problem = z.infer<typeof problemSchema>;

/** An answer that is no answer, with words for a person. */
export class ProblemError extends Error {
  override name = 'ProblemError' as const;

  constructor(
    readonly code: ProblemCode,
    detail: string,
    readonly at?: Problem['at'],
  ) {
    super(detail);
  }
}

export function problemOf({ code, message, at }: ProblemError): Problem {
  const { status, title } = PROBLEMS[code];
  return { type: `urn:darkroom:problem:${code}`, title, status, code, detail: message, ...(at && { at }) };
}

/** Seconds after which to try again; null where trying again changes nothing. */
export function retryAfterS(code: ProblemCode): number | null {
  const problem = PROBLEMS[code];
  return 'retryAfterS' in problem ? problem.retryAfterS : null;
}
