import { isEndState } from '../contract/state';
import { ID_PATTERN } from '../contract/id-pattern';
import type { Darkroom, ListedTraining, TrainStatus } from '../client';

/** What a listener is told: a status, or that there is no more to come, because it has ended or because the gateway stops. */
export type LiveNews =
  { news: 'status'; status: TrainStatus } | { news: 'over'; because: 'ended' | 'stopping'; why: string };
export type Listener = (news: LiveNews) => void;

const LOOK_EVERY_MS = 2000;
/** One whose worker is slow holds up these, and not all. */
const LOOKS_AT_ONCE = 10;

interface Watched {
  listeners: Set<Listener>;
  /** As it was told last; null before the first time. */
  seen: string | null;
}

/**
 * Tells of changes of trainings while anybody listens. However many listen, a training is looked at once, and fifty trainings
 * with one call that costs no worker anything; only of a change is the training itself asked. All who listen are given the same
 * news.
 */
export function liveTrainings(darkroom: Darkroom, onTrouble: (error: unknown) => void) {
  const watched = new Map<string, Watched>();
  /** Of those who begin to listen at the same time, the first one asks. */
  const asking = new Map<string, Promise<TrainStatus>>();
  let timer: NodeJS.Timeout | null = null;

  return {
    /** Tells the status at once, and then each change. Returns how to stop. */
    async listen(id: string, listener: Listener): Promise<() => void> {
      if (!ID_PATTERN.test(id)) throw new TypeError('an id from outside has to be checked first');
      const status = await firstStatus(id);
      listener({ news: 'status', status });
      if (isEndState(status.state)) {
        listener(ended(status.state));
        return () => undefined;
      }
      const one = watched.get(id) ?? { listeners: new Set<Listener>(), seen: null };
      one.listeners.add(listener);
      watched.set(id, one);
      timer ??= setTimeout(look, LOOK_EVERY_MS).unref();
      return () => {
        one.listeners.delete(listener);
        // Meanwhile others may have begun anew.
        if (one.listeners.size === 0 && watched.get(id) === one) watched.delete(id);
      };
    },
    /** So many trainings are looked at. */
    size: () => watched.size,
    close(): void {
      if (timer !== null) clearTimeout(timer);
      const news = { news: 'over', because: 'stopping', why: 'the gateway stops; connect again' } as const;
      for (const [id] of watched) tell(id, news);
      watched.clear();
    },
  };

  function firstStatus(id: string): Promise<TrainStatus> {
    const known = asking.get(id);
    if (known !== undefined) return known;
    const answer = darkroom.status(id).finally(() => asking.delete(id));
    asking.set(id, answer);
    return answer;
  }

  function look(): void {
    lookAtAll()
      .catch(onTrouble)
      .finally(() => {
        timer = watched.size === 0 ? null : setTimeout(look, LOOK_EVERY_MS).unref();
      });
  }

  async function lookAtAll(): Promise<void> {
    const rows = await darkroom.glance([...watched.keys()]);
    for (let from = 0; from < rows.length; from += LOOKS_AT_ONCE)
      await Promise.all(
        rows.slice(from, from + LOOKS_AT_ONCE).map(async (row) => {
          const one = watched.get(row.id);
          if (one !== undefined) await lookAt(row, one).catch(onTrouble);
        }),
      );
  }

  async function lookAt(row: ListedTraining, one: Watched): Promise<void> {
    const progress = row.state === 'normalizing' ? await darkroom.photoProgress(row.id) : null;
    const seen = JSON.stringify([row, progress]);
    if (seen === one.seen) return;
    if (row.state === 'terminated') {
      tell(row.id, ended('an operator has terminated it'));
      return;
    }
    const status = await darkroom.status(row.id);
    one.seen = seen;
    tell(row.id, { news: 'status', status });
    if (isEndState(status.state)) tell(row.id, ended(status.state));
  }

  function tell(id: string, news: LiveNews): void {
    for (const listener of watched.get(id)?.listeners ?? []) listener(news);
    if (news.news === 'over') watched.delete(id);
  }
}

function ended(why: string): LiveNews {
  return { news: 'over', because: 'ended', why };
}

export type LiveTrainings = ReturnType<typeof liveTrainings>;
