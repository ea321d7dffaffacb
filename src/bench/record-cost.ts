import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { filesystemStorage } from '../storage/filesystem';
import { claim } from '../submissions/claims';
import { submissionJournal } from '../submissions/journal';
import { ownerOf } from '../submissions/training-owners';
import { figure, type Figure } from './figures';
import { median } from './median';

const TRAININGS = 200;

/** What the record of a submission costs one training: the claim, the record before, the outcome and the owner after. */
export async function recordFigures(folder: string, say: (line: string) => void): Promise<Figure[]> {
  say(`Recording ${TRAININGS} submissions`);
  const storage = filesystemStorage(path.join(folder, 'records'));
  const journal = submissionJournal(storage);
  const times: number[] = [];
  for (let number = 0; number < TRAININGS; number += 1) {
    const ref = { id: `bench-${number}`, attempt: 1 };
    const startedMs = performance.now();
    await claim(storage, journal, { parts: [number], evenIfFailed: false }, ref);
    await journal.begin({ kind: 'intent', ...ref, ...INTENT, atMs: Date.now(), overAtMs: Date.now() });
    await journal.recordOutcome(ref, { outcome: 'accepted', trainingId: `t-${number}`, atMs: Date.now() });
    await ownerOf(storage, { provider: 'apiframe', account: 'default', trainingId: `t-${number}` }, ref.id);
    times.push(performance.now() - startedMs);
  }
  return [figure('record of a submission, per training', median(times), 'ms', 50)];
}

const INTENT = {
  provider: 'apiframe',
  account: 'default',
  requestHash: 'h'.repeat(64),
  photoSet: 'p'.repeat(64),
  expectedCredits: 80,
  creditsBefore: null,
  call: null,
  token: 't'.repeat(32),
  webhookSecret: null,
};
