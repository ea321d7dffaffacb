import type { TrainStatus } from '../../client';
import type { LedgerLine } from '../../contract/account';
import type { LedgerState } from '../../sandbox/ledger';

/** What the ledgers of the accounts and of the provider say of the same trainings. Credits. */
export interface LedgersCompared {
  broken: string[];
  charged: number;
  /** Of uploads whose answer was lost: only the provider knows of them, and its balance tells. */
  lostUploads: number;
}

/** Compares what the accounts have written down with what the trainings say and with what the provider has charged. */
export function judgeLedger({
  lines,
  ends,
  provider,
  wordOf = (id) => id,
}: {
  lines: readonly LedgerLine[];
  ends: ReadonlyMap<string, TrainStatus>;
  provider: LedgerState;
  /** The trigger word of a training, by its id: the provider's ledger has that alone. */
  wordOf?: (id: string) => string;
}): LedgersCompared {
  const broken: string[] = [];
  for (const [id, { credits }] of ends) {
    const charged = sumOf(lines, ({ kind, training }) => kind === 'charged' && training === id);
    if (charged !== credits.spent)
      broken.push(`${id}: the ledger has ${charged} credits charged, and its result ${credits.spent}`);
    const { charged: atProvider, perhaps } = chargesOf(provider, lines, { id, word: wordOf(id) });
    const ofTraining = sumOf(
      lines,
      ({ kind, training, what }) => kind === 'charged' && training === id && what === 'training',
    );
    if (atProvider < ofTraining || atProvider > ofTraining + perhaps)
      broken.push(
        `${id}: the provider has charged ${atProvider} credits, and the ledger ${ofTraining} and perhaps ${perhaps}`,
      );
  }
  const uploads = sumOf(lines, ({ kind, what }) => kind === 'charged' && what === 'upload');
  const atProvider = provider.uploads.reduce((sum, { credits }) => sum + credits, 0);
  if (uploads > atProvider)
    broken.push(`the ledger has ${uploads} credits for uploads, and the provider ${atProvider}`);
  const open = openReservations(lines);
  if (open !== 0) broken.push(`${open} credits are set aside although all have ended`);
  return {
    broken,
    charged: sumOf(lines, ({ kind }) => kind === 'charged'),
    lostUploads: atProvider - uploads,
  };
}

function chargesOf(
  provider: LedgerState,
  lines: readonly LedgerLine[],
  { id, word }: { id: string; word: string },
) {
  return {
    charged: provider.submissions
      .filter(({ triggerWord }) => triggerWord === word)
      .reduce((sum, { credits }) => sum + credits, 0),
    perhaps: sumOf(lines, ({ kind, training }) => kind === 'unknown' && training === id),
  };
}

function openReservations(lines: readonly LedgerLine[]): number {
  const sum = (kind: LedgerLine['kind']) =>
    sumOf(lines, (line) => line.kind === kind && line.training !== null);
  // An upload that had to be repeated is charged without having been set aside.
  return Math.max(sum('reserved') - sum('charged') - sum('refunded') - sum('unknown'), 0);
}

function sumOf(lines: readonly LedgerLine[], is: (line: LedgerLine) => boolean): number {
  return lines.filter(is).reduce((sum, { credits }) => sum + credits, 0);
}
