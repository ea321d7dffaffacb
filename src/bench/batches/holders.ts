import { setTimeout as delay } from 'node:timers/promises';
import { figure, type Figure } from '../figures';
import { percentile } from '../percentile';
import { gateAloneFigures } from './gate-alone';
import { askedMs } from './histories';
import { startBatchStack } from './stack';

const HOUR_MS = 3_600_000;
const TOGETHER = 10;

/** How soon an account answers when hundreds have a slot, and more come. */
export async function holdersFigures(
  folder: string,
  { holders, more, say }: { holders: number; more: number; say: (line: string) => void },
): Promise<Figure[]> {
  const stack = await startBatchStack(folder, { slots: holders + more, trainMs: HOUR_MS, say });
  try {
    await startAll(stack, holders);
    await inSlots(stack, holders, say);
    const startedMs = performance.now();
    const ids = await startAll(stack, more);
    await inSlots(stack, holders + more, say);
    const seconds = (performance.now() - startedMs) / 1000;
    const waits: number[] = [];
    for (const id of ids) {
      const ms = await askedMs(stack.client, id);
      if (ms !== null) waits.push(ms);
    }
    return [
      figure(`${holders} holders: trainings let in a second`, more / seconds, 'trainings'),
      figure(`${holders} holders: question to answer, p50`, percentile(waits, 0.5), 'ms'),
      figure(`${holders} holders: question to answer, p99`, percentile(waits, 0.99), 'ms'),
      ...(await gateAloneFigures(stack.client, holders + more)),
    ];
  } finally {
    await stack.stop();
  }
}

type Stack = Awaited<ReturnType<typeof startBatchStack>>;

async function startAll(stack: Stack, count: number): Promise<string[]> {
  const all = await stack.requests(count);
  const ids: string[] = [];
  for (let from = 0; from < all.length; from += TOGETHER) {
    const started = await Promise.all(
      all.slice(from, from + TOGETHER).map((one) => stack.darkroom.train(one)),
    );
    ids.push(...started.map(({ id }) => id));
  }
  return ids;
}

async function inSlots({ darkroom }: Stack, count: number, say: (line: string) => void): Promise<void> {
  for (;;) {
    const status = await darkroom.account('apiframe', 'default').catch(() => null);
    if (status?.slotsTaken === count) return;
    say(`${status?.slotsTaken ?? 0} of ${count} have a slot`);
    await delay(2000);
  }
}
