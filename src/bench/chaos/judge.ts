import type { TrainStatus } from '../../client';
import type { SubmissionJournal } from '../../submissions/journal';
import { standingOf } from '../../submissions/standing';
import type { Asked } from './asked';

/** What was broken, in words; empty where every promise was kept. */
export async function judge(
  { id, retries, isCanceled }: Asked,
  status: TrainStatus | undefined,
  { charges, journal }: { charges: readonly string[]; journal: SubmissionJournal },
): Promise<string[]> {
  const broken: string[] = [];
  const must = (isKept: boolean, what: string) => {
    if (!isKept) broken.push(`${id}: ${what}`);
  };

  must(charges.length <= 1 + retries, `charged ${charges.length} times, with ${retries} retries chosen`);
  const standings = [];
  for (let attempt = 1; ; attempt += 1) {
    const record = await journal.read({ id, attempt });
    if (record.beginning === null) break;
    standings.push({
      standing: standingOf(record),
      isIntent: record.beginning !== 'unreadable' && record.beginning.kind === 'intent',
    });
  }
  must(standings.filter(({ isIntent }) => isIntent).length >= charges.length, 'charged without a record');

  must(status !== undefined, 'has no end state');
  if (status === undefined) return broken;
  const { state, charge, trainingId } = status;
  must(
    charge !== 'none' || charges.length === 0,
    `says that nothing was charged, and ${charges.length} were`,
  );
  must(
    charge !== 'charged' || charges.includes(trainingId ?? ''),
    `names a training that is not its own: ${trainingId}`,
  );
  must(state !== 'succeeded' || charge === 'charged', 'succeeded without a charge');
  must(state !== 'canceled' || isCanceled, 'was canceled by nobody');
  const known = standings.some(({ standing }) => standing.standing === 'accepted');
  must(!known || charge === 'charged', 'lost a paid training that its own record knows');
  return broken;
}
