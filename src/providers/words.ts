/** Words of a provider stand in Temporal's history and on a status line, so they are cut there. */
const MAX_WORDS = 500;

export function cut(words: string): string {
  return words.slice(0, MAX_WORDS);
}
