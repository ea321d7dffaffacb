import type { GivenFault } from '../../sandbox/faults';

/** One way in which the paid call goes wrong. */
export interface FaultRow {
  what: string;
  /** Shown in the README as well; docs/faults.md has them all. */
  headline?: true;
  faults: readonly GivenFault[];
  /** The worker is killed when the provider has recorded the call; the next one meets a healthy provider. */
  kill?: true;
  /** Deliveries of the provider reach the training. */
  webhooks?: true;
  /** At TryItOn, whose models tell whether they are used. */
  tryiton?: true;
}

/** For good, or at least for longer than anybody tries. */
const ALWAYS = 1000;
const at = (fault: Omit<GivenFault, 'endpoint'>): GivenFault[] => [
  { endpoint: 'train', times: ALWAYS, ...fault },
];

export const ROWS: readonly FaultRow[] = [
  { what: 'nothing goes wrong', faults: [] },
  {
    what: 'the worker is killed after the provider has accepted',
    headline: true,
    faults: [{ endpoint: 'train', kind: 'hang-after' }],
    kill: true,
  },
  { what: 'the answer is lost: connection reset', headline: true, faults: at({ kind: 'reset-after' }) },
  { what: 'the answer never comes', headline: true, faults: at({ kind: 'hang-after' }) },
  { what: 'half an answer, then a reset', faults: at({ kind: 'cut-answer' }) },
  { what: '500 after it was accepted', faults: at({ kind: 'error-after' }) },
  {
    what: '502 of a proxy, after it was accepted',
    headline: true,
    faults: at({ kind: 'error-after', status: 502 }),
  },
  { what: '504 of a proxy, after it was accepted', faults: at({ kind: 'error-after', status: 504 }) },
  { what: '408 of a proxy, after it was accepted', faults: at({ kind: 'error-after', status: 408 }) },
  { what: '200 that is not JSON', faults: at({ kind: 'garbage-after' }) },
  { what: '200 without an id', headline: true, faults: at({ kind: 'no-id-after' }) },
  { what: 'reset before anything was accepted, once', faults: [{ endpoint: 'train', kind: 'reset-before' }] },
  {
    what: '429 with Retry-After, twice',
    headline: true,
    faults: [{ endpoint: 'train', kind: 'busy', times: 2 }],
  },
  {
    what: 'the answer is lost, webhooks arrive',
    headline: true,
    faults: at({ kind: 'reset-after' }),
    webhooks: true,
  },
  {
    what: 'the answer is lost, at TryItOn',
    headline: true,
    faults: [{ endpoint: 'tryiton-train', kind: 'reset-after' }],
    tryiton: true,
  },
];

/** What one engine made of one row. */
export interface Cell {
  charges: number;
  /** What became of the training, in a word or two. */
  end: string;
}
