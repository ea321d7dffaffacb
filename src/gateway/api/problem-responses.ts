import { PROBLEMS, problemSchema, type ProblemCode } from './problem';

const ALWAYS = [
  'invalid-request',
  'key-missing',
  'scope-missing',
  'not-local',
  'too-many',
  'internal',
  'temporal-away',
] as const satisfies readonly ProblemCode[];

/** What a route may answer besides what it is for, by status, for the OpenAPI document. */
export function problems(...own: ProblemCode[]): Record<number, unknown> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of [...ALWAYS, ...own]) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('; '),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
}
