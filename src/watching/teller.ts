import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { assertNever } from '../contract/assert-never';
import { NUDGE_SIGNAL, PROGRESS_SIGNAL } from '../contract/names';
import type { Glimpse } from '../providers/port';
import { progressBudget } from './progress-budget';
import type { Watched } from './watched';
import { noteTold, toldOf, whatToTell, type Telling } from './what-to-tell';

export interface TellerSetup {
  client: Client;
  /** The workflow has ended. */
  onGone: (id: string) => void;
  onTrouble: (words: string) => void;
}

const SIGNALS_AT_ONCE = 16;

/** Sends what is worth telling as signals; what could not be sent is told at a later sweep. */
export function teller({ client, onGone, onTrouble }: TellerSetup) {
  const queue: { watched: Watched; telling: Telling; forget: () => void }[] = [];
  /** Of this sweep. */
  const percentages: { watched: Watched; telling: Telling }[] = [];
  const lanes = new Set<Promise<void>>();
  const progress = progressBudget();

  return {
    /** To be called before each sweep, with the time since the last one. */
    beginSweep: (sinceLastMs: number) => progress.earn(sinceLastMs),
    tell(watched: Watched, glimpse: Glimpse): void {
      if (glimpse.glimpse === 'running') watched.nudges = 0;
      const telling = whatToTell(watched, glimpse, Date.now());
      if (telling === null) return;
      if (telling.tell === 'progress') percentages.push({ watched, telling });
      else send(watched, telling);
    },
    async flushed(): Promise<void> {
      // Whoever has heard nothing for longest, or the first of every sweep would hear all that may be told.
      percentages.sort((a, b) => a.watched.toldAtMs - b.watched.toldAtMs);
      for (const { watched, telling } of percentages.splice(0)) if (progress.take()) send(watched, telling);
      while (lanes.size > 0) await Promise.all(lanes);
    },
  };

  function send(watched: Watched, telling: Telling): void {
    const before = { ...watched };
    noteTold(watched, telling, Date.now());
    queue.push({ watched, telling, forget: () => Object.assign(watched, toldOf(before)) });
    if (lanes.size < SIGNALS_AT_ONCE) addLane();
  }

  function addLane(): void {
    const lane = work().finally(() => lanes.delete(lane));
    lanes.add(lane);
  }

  async function work(): Promise<void> {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { watched, telling, forget } = next;
      try {
        await signal(watched.id, telling);
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) onGone(watched.id);
        else {
          forget();
          onTrouble(String(error));
        }
      }
    }
  }

  async function signal(id: string, telling: Telling): Promise<void> {
    const handle = client.workflow.getHandle(id);
    switch (telling.tell) {
      case 'nudge':
        return handle.signal(NUDGE_SIGNAL);
      case 'progress':
        return handle.signal(PROGRESS_SIGNAL, { percent: telling.percent, word: telling.word });
      default:
        return assertNever(telling);
    }
  }
}
