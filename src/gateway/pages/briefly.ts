import { BoundedMap } from '../bounded-map';

/** As many answers as are kept. */
const REMEMBERED = 500;

/** Of those who ask for the same within a while, the first one asks. An error is not kept. */
export function briefly<T>(ms: number, ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const asked = new BoundedMap<string, { untilMs: number; answer: Promise<T> }>(REMEMBERED);
  return (key) => {
    const known = asked.get(key);
    if (known !== undefined && known.untilMs > Date.now()) return known.answer;
    const answer = ask(key);
    const entry = { untilMs: Date.now() + ms, answer };
    asked.set(key, entry);
    answer.catch(() => (entry.untilMs = 0));
    return answer;
  };
}
