import type { RetriedBatch } from '../client';
import { printable } from '../printable';
import { EXIT } from './exit-code';
import { meansFrom } from './means-option';
import { withDarkroom, type HomeOption } from './reach';
import { rowsOption } from './read-option';

/** `darkroom batch retry ID`: rows for which no training was charged start over; the others are named, and left. */
export async function batchRetry(
  id: string,
  { row, budget, ...options }: HomeOption & { row: string[]; budget?: string },
): Promise<void> {
  const rows = rowsOption(row);
  const { budgetCredits } = meansFrom({ budget });
  await withDarkroom(options, async (darkroom) => {
    const { status, again, left } = await darkroom.retryBatch(id, {
      rows: rows.length === 0 ? undefined : rows,
      budgetCredits,
    });
    for (const one of left) process.stderr.write(`${leftLine(one)}\n`);
    const others = left.length === 0 ? '' : `; left: ${left.length}. ${ADVICE}`;
    process.stdout.write(`Rows that start over: ${again}${others}\n${status.line}\n`);
    process.exitCode = left.length === 0 ? EXIT.done : EXIT.trainingFailed;
  });
}

const ADVICE =
  'What those have cost would be paid again: give them another generation in the manifest if you mean that.';

function leftLine({ row, subject, state, why }: RetriedBatch['left'][number]): string {
  return `row ${row}: ${printable(subject)} is left ${state}: ${why}`;
}
