import { ProblemError } from '../api/problem';
import type { ListQuery } from './list-query';
import type { Part } from './send-page';

const LOOK_EVERY_MS = 3000;
/** Each is a call at Temporal every few seconds, of which its lists take some ten a second. */
const MOST_LISTS = 20;

export interface ListListener {
  tell: (part: Part) => void;
  /** No more will come. */
  end: () => void;
}

interface Watched {
  query: ListQuery;
  listeners: Set<ListListener>;
  seen: Map<string, string>;
  /** Under way: two at once could tell the older after the newer. */
  look: Promise<Part[]> | null;
}

/** Tells of changes of lists while anybody looks at them. However many look at the same list, it is asked for once. */
export function liveLists(
  partsOf: (query: ListQuery) => Promise<Part[]>,
  onTrouble: (error: unknown) => void,
) {
  const lists = new Map<string, Watched>();
  let timer: NodeJS.Timeout | null = null;

  return {
    /**
     * Tells each part as it is now, and then those that change; gives how to stop.
     *
     * @throws ProblemError where too many lists are looked at, and whatever the first look does
     */
    async listen(query: ListQuery, listener: ListListener): Promise<() => void> {
      const key = JSON.stringify(query);
      const known = lists.get(key);
      if (known === undefined && lists.size >= MOST_LISTS)
        throw new ProblemError('too-many', 'Too many different lists are looked at right now');
      const list = known ?? {
        query,
        listeners: new Set<ListListener>(),
        seen: new Map<string, string>(),
        look: null,
      };
      lists.set(key, list);
      const forgetIfAlone = () => {
        if (list.listeners.size === 0 && lists.get(key) === list) lists.delete(key);
      };
      const parts = await look(list).catch((error: unknown) => {
        forgetIfAlone();
        throw error;
      });
      list.listeners.add(listener);
      // Who listened before may have left meanwhile.
      lists.set(key, list);
      timer ??= setTimeout(lookAtAll, LOOK_EVERY_MS).unref();
      for (const part of parts) listener.tell(part);
      return () => {
        list.listeners.delete(listener);
        forgetIfAlone();
      };
    },
    /** So many lists are asked for. */
    size: () => lists.size,
    close(): void {
      if (timer !== null) clearTimeout(timer);
      for (const { listeners } of lists.values()) for (const { end } of listeners) end();
      lists.clear();
    },
  };

  /** One after the other: a Temporal that is slow is not asked more for it. */
  function lookAtAll(): void {
    void (async () => {
      for (const list of lists.values()) await look(list).catch(onTrouble);
      timer = lists.size === 0 ? null : setTimeout(lookAtAll, LOOK_EVERY_MS).unref();
    })();
  }

  function look(list: Watched): Promise<Part[]> {
    list.look ??= tellChanges(list).finally(() => (list.look = null));
    return list.look;
  }

  async function tellChanges({ query, listeners, seen }: Watched): Promise<Part[]> {
    const parts = await partsOf(query);
    for (const part of parts) {
      if (seen.get(part.id) === part.html) continue;
      seen.set(part.id, part.html);
      for (const { tell } of listeners) tell(part);
    }
    return parts;
  }
}
