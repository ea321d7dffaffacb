import { z } from 'zod';
import type { AnswerReader } from '../submission-outcome';
import { cut } from '../words';

/**
 * Answers of APIFRAME's v1 API, read leniently: only what we act on is required.
 * https://docs.apiframe.ai/ai-photos/train, /upload-and-prepare, /api-endpoints/fetch, /api-endpoints/account-info
 */
export const submittedSchema = z.object({
  /** A UUID in the samples. A number would be an acceptance all the same, and must not be lost as unreadable. */
  task_id: z.union([z.string().min(1), z.int()]).transform(String),
});

/** A running upload carries no `task_id` in the documented sample, so none is asked for. */
export const taskSchema = z.object({
  status: z.string(),
  message: z.string().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
  /** `"40"` while running, `100` when done, absent for uploads. */
  percentage: z.union([z.string(), z.number()]).optional().catch(undefined),
  expires_at: z.string().optional().catch(undefined),
  trigger_word: z.string().optional().catch(undefined),
});
export type Task = z.infer<typeof taskSchema>;

/** https://docs.apiframe.ai/api-endpoints/fetch-many. One entry that cannot be read must not spoil the others. */
export const tasksSchema = z.object({
  tasks: z.array(taskSchema.extend({ task_id: z.string() }).or(z.unknown().transform(() => null))),
});

export const accountSchema = z.object({ credits: z.number() });

/** Documented for v2 and read by APIFRAME's own v1 SDK; v1 documents no body of a 429. */
const plainErrorSchema = z.object({ message: z.string().optional(), error: z.string().optional() });
const errorsSchema = z.object({ errors: z.array(z.object({ msg: z.string() })).min(1) });

/** The provider's own words out of a 400, or what can be said without any: 401 and 500 come with `{}`. */
export function wordsOf(status: number, json: unknown): string {
  const errors = errorsSchema.safeParse(json);
  if (errors.success) return cut(errors.data.errors.map(({ msg }) => msg.slice(0, 300)).join('; '));
  const plain = plainErrorSchema.safeParse(json).data;
  const words = plain?.message ?? plain?.error;
  return words === undefined ? `HTTP ${status} without a reason` : cut(words);
}

/** `"40"`, `40`, `" 40% "` → 40, kept within 0 to 100; null where there is no number. */
export function percentOf(percentage: string | number | undefined): number | null {
  if (percentage === undefined) return null;
  const number = typeof percentage === 'number' ? percentage : Number.parseFloat(percentage);
  return Number.isFinite(number) ? Math.min(Math.max(number, 0), 100) : null;
}

/** How APIFRAME's answers are read. A 401 comes with `{}`. */
export const READER: AnswerReader = {
  wordsOf,
  keyRejected: [401],
  acceptedId: (json) => submittedSchema.safeParse(json).data?.task_id ?? null,
};
