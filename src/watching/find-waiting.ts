import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { TRAIN_PERSON_WORKFLOW } from '../contract/names';
import type { ProviderName } from '../contract/request';
import { newlyWatched, type Watched } from './watched';

const trainingKey = defineSearchAttributeKey('DarkroomTraining', 'KEYWORD');
const sinceKey = defineSearchAttributeKey('DarkroomWaitingSince', 'DATETIME');

/** Temporal's lists lag behind, by seconds where they are Elasticsearch's, and a workflow task may take 10 s; asking from a little earlier makes up for it. */
const LAG_MS = 30_000;
const PAGE_SIZE = 1000;
/** Of this worker's clock, which is only asked at the beginning. */
const CLOCKS_DIFFER_MS = 300_000;

/**
 * Who waits at one provider, asked of Temporal: all of them once (5,000 cost its database 4 CPU-seconds), and afterwards
 * only who came and who has ended since. Instants are the server's, as it tells them; our clock may be another.
 */
export interface WaitingTrainings {
  readonly watched: ReadonlyMap<string, Watched>;
  takeOver(signal: AbortSignal): Promise<void>;
  addNew(): Promise<void>;
  dropEnded(): Promise<void>;
  drop(id: string): void;
}

export function waitingTrainings(
  client: Client,
  provider: ProviderName,
  nowMs: () => number = () => performance.now(),
): WaitingTrainings {
  const watched = new Map<string, Watched>();
  let newestMs = 0;
  let lastEndMs = Date.now() - CLOCKS_DIFFER_MS;
  const listingLate = backOff(nowMs);
  /** Whoever began to wait since then may be missing, because no list was made where one was due. */
  let unlistedFromMs = Infinity;
  const queryOf = (...conditions: string[]) =>
    [`WorkflowType = '${TRAIN_PERSON_WORKFLOW}'`, `DarkroomProvider = '${provider}'`, ...conditions].join(
      ' AND ',
    );
  const list = (...conditions: string[]) =>
    client.workflow.list({ query: queryOf(...conditions), pageSize: PAGE_SIZE });
  /** One that was nudged may have ended, and a new one must not hide behind it. */
  const openSince = (fromMs: number) =>
    [...watched.values()].filter(({ sinceMs, nudges }) => sinceMs >= fromMs && nudges === 0).length;
  /** How many of them were not known. */
  async function add(conditions: string[], signal?: AbortSignal): Promise<number> {
    let added = 0;
    for await (const { workflowId, typedSearchAttributes } of list(...WAITING, ...conditions)) {
      signal?.throwIfAborted();
      const trainingId = typedSearchAttributes.get(trainingKey);
      const sinceMs = typedSearchAttributes.get(sinceKey)?.getTime();
      if (trainingId === undefined || sinceMs === undefined) continue; // begun by an older release
      newestMs = Math.max(newestMs, sinceMs);
      // The same workflow may wait for another training by now, or again for this one, after a decision or an adoption.
      const known = watched.get(workflowId);
      if (known?.trainingId === trainingId && known.sinceMs === sinceMs) continue;
      watched.set(workflowId, newlyWatched(workflowId, trainingId, sinceMs));
      added += 1;
    }
    return added;
  }
  async function runsOn(id: string): Promise<boolean> {
    const { status } = await client.workflow.getHandle(id).describe();
    return status.name === 'RUNNING';
  }
  return {
    watched,
    async takeOver(signal) {
      await add([], signal);
    },
    async addNew() {
      // Before anything newer moves it: whoever was listed late since the last time began to wait before that.
      const fromMs = Math.min(newestMs - LAG_MS, unlistedFromMs);
      unlistedFromMs = fromMs; // until all that follows has been answered
      // Also where none is known: trainings of older releases have no such attribute, and would be listed each time.
      await add([`DarkroomWaitingSince > '${new Date(newestMs).toISOString()}'`]);
      const isRecent = `DarkroomWaitingSince >= '${new Date(fromMs).toISOString()}'`;
      // After a burst of starts these are all of it, and to list one costs as much as to count a hundred.
      const { count } = await client.workflow.count(queryOf(...WAITING, isRecent));
      const isMissing = count > openSince(fromMs);
      if (isMissing && !listingLate.isDue()) return;
      const isFruitless = isMissing && (await add([isRecent])) === 0;
      listingLate.note(isFruitless ? 'fruitless' : 'useful');
      unlistedFromMs = Infinity;
    },
    async dropEnded() {
      for await (const { workflowId, closeTime, status } of list(
        // Whoever runs on has no time of its end, which the servers on SQL take for the end of time: all that wait would be listed.
        "ExecutionStatus != 'Running'",
        `CloseTime >= '${new Date(lastEndMs - LAG_MS).toISOString()}'`,
      )) {
        const endMs = closeTime?.getTime() ?? 0;
        lastEndMs = Math.max(lastEndMs, endMs);
        // Not where another run under the same id began to wait since, as after an adoption.
        const wasThatRun = endMs >= (watched.get(workflowId)?.sinceMs ?? 0);
        if (status.name === 'CONTINUED_AS_NEW' || !wasThatRun || !watched.has(workflowId)) continue;
        // A Reset in the Temporal UI terminates one run and begins another, which waits since the same instant.
        if (status.name === 'TERMINATED' && (await runsOn(workflowId))) continue;
        watched.delete(workflowId);
      }
    },
    drop: (id) => void watched.delete(id),
  };
}

const WAITING = ["ExecutionStatus = 'Running'", "DarkroomState = 'training'"];

const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * While a thousand end, there are always more of them than are known to be open, and each list finds that out anew. One that found
 * nobody is followed by the next ever later; one that hides behind those that end is found a minute late at most.
 */
function backOff(nowMs: () => number) {
  let pauseMs = 0;
  let notBeforeMs = -Infinity;
  return {
    isDue: () => nowMs() >= notBeforeMs,
    note(was: 'useful' | 'fruitless'): void {
      pauseMs = was === 'useful' ? 0 : Math.min(Math.max(pauseMs * 2, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
      notBeforeMs = nowMs() + pauseMs;
    },
  };
}
