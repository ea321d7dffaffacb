import { ProblemError } from '../api/problem';
import type { ListQuery } from './list-query';
import type { Part } from './send-page';

const LOOK_EVERY_MS = 3000;
/** Each is a call at Temporal every few seconds. */
const MOST_LISTS = 100;

interface Watched {
  query: ListQuery;
  listeners: Map<(part: Part) => void, () => void>;
  seen: Map<string, string>;
}

/** Tells of changes of lists while anybody looks at them. However many look at the same list, it is asked for once. */
export function liveLists(
  partsOf: (query: ListQuery) => Promise<Part[]>,
  onTrouble: (error: unknown) => void,
) {
  const lists = new Map<string, Watched>();
  let timer: NodeJS.Timeout | null = null;

  return {
    /** Tells each part as it was last seen, and then those that change; `end` is called where no more will come. Gives how to stop. */
    listen(query: ListQuery, tell: (part: Part) => void, end: () => void): () => void {
      const key = JSON.stringify(query);
      if (!lists.has(key) && lists.size >= MOST_LISTS)
        throw new ProblemError('too-many', 'Too many different lists are looked at right now');
      const known = lists.get(key);
      const list = known ?? { query, listeners: new Map(), seen: new Map<string, string>() };
      lists.set(key, list);
      list.listeners.set(tell, end);
      if (known === undefined) lookAt(list).catch(onTrouble);
      for (const [id, html] of list.seen) tell({ id, html });
      timer ??= setTimeout(look, LOOK_EVERY_MS).unref();
      return () => {
        list.listeners.delete(tell);
        if (list.listeners.size === 0) lists.delete(key);
      };
    },
    /** So many lists are asked for. */
    size: () => lists.size,
    close(): void {
      if (timer !== null) clearTimeout(timer);
      for (const { listeners } of lists.values()) for (const end of listeners.values()) end();
      lists.clear();
    },
  };

  function look(): void {
    Promise.all([...lists.values()].map((list) => lookAt(list).catch(onTrouble)))
      .finally(() => (timer = lists.size === 0 ? null : setTimeout(look, LOOK_EVERY_MS).unref()))
      .catch(onTrouble);
  }

  async function lookAt({ query, listeners, seen }: Watched): Promise<void> {
    for (const part of await partsOf(query)) {
      if (seen.get(part.id) === part.html) continue;
      seen.set(part.id, part.html);
      for (const tell of listeners.keys()) tell(part);
    }
  }
}
