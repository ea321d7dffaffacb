/** A command to be copied into a shell. Whoever starts a training picks its id, and a shell must not obey that. */
export function darkroomCommand(...words: readonly string[]): string {
  return ['darkroom', ...words.map(shellWord)].join(' ');
}

function shellWord(word: string): string {
  return /^[\w.:@%+,/=-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`;
}
