import type { TrainingVerdict, UploadVerdict } from '../port';
import { cut } from '../words';
import { percentOf, type Task } from './wire';

/**
 * https://docs.apiframe.ai/api-endpoints/statuses lists `pending`, `staged`, `starting`, `processing`, `retry`,
 * `retrying` besides these two. They, and every word that we do not know, mean that the task is not done: the
 * deadline ends it, never our own list of words.
 */
const FINISHED = 'finished';
const FAILED = 'failed';

export function uploadVerdict(task: Task): UploadVerdict {
  switch (task.status) {
    case FINISHED:
      return { verdict: 'ready', expiresAtMs: instantMs(task.expires_at) };
    case FAILED:
      return { verdict: 'failed', words: failureWords(task) };
    default:
      return { verdict: 'running', word: cut(task.status) };
  }
}

export function trainingVerdict(task: Task): TrainingVerdict {
  switch (task.status) {
    case FINISHED:
      return { verdict: 'succeeded', triggerWord: task.trigger_word ?? null };
    case FAILED:
      return { verdict: 'failed', words: failureWords(task) };
    default:
      return { verdict: 'running', percent: percentOf(task.percentage), word: cut(task.status) };
  }
}

/** The body of a failed task is documented nowhere; their own SDK reads `message`, then `error`. */
function failureWords(task: Task): string {
  return cut(
    [task.message, task.error].find((words) => words !== undefined && words !== '') ?? 'no reason given',
  );
}

/** "An ISO time", says the document. One without a zone is taken for UTC, not for wherever the worker stands. */
function instantMs(text: string | undefined): number | null {
  if (text === undefined) return null;
  const hasZone = /(?:Z|[+-]\d\d:?\d\d|GMT|UTC)$/i.test(text.trim());
  const ms = Date.parse(hasZone ? text : `${text.trim()}Z`);
  return Number.isNaN(ms) ? null : ms;
}
