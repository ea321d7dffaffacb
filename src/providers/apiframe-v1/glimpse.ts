import type { Glimpse } from '../port';
import { trainingVerdict } from './verdicts';
import type { Task } from './wire';

/** "failed" is an end as well, which the workflow's own look confirms or not. */
export function glimpseOf(task: Task): Glimpse {
  const seen = trainingVerdict(task);
  if (seen.verdict !== 'running') return { glimpse: 'ended' };
  return { glimpse: 'running', percent: seen.percent, word: seen.word };
}
