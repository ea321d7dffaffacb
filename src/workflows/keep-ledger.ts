import * as activities from './activities';
import type { AccountRun } from './account-run';

/** An argument of an activity stays small. */
const AT_ONCE = 500;

/** Puts lines of the ledger into the store; they are kept here until they are there. */
export async function keepLedger(run: AccountRun): Promise<void> {
  const lines = run.book.lines.slice(0, AT_ONCE);
  await activities.keepLedger.executeWithOptions({ summary: `${lines.length} lines` }, [
    { ...run.order, lines },
  ]);
  run.book.lines.splice(0, lines.length);
}
