/** A provider, or another service, may say anything; the page that shows it must neither obey it nor be drowned in it. */
export function asText(text: string, maxLength = 600): string {
  const words = oneLine(text, maxLength).split(' ');
  // The Temporal UI would make one dash of two, and a command that is copied from it would be another one.
  return words.map((word) => (word.includes('--') ? asCode(word) : escaped(word))).join(' ');
}

function escaped(word: string): string {
  return word
    .replace(/[\\`*_{}[\]<>#|~&$!@]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\b(www)\./gi, '$1\\.');
}

/** In a code span nothing is obeyed but the backtick that ends it, and the bar that ends a cell of a table. */
export function asCode(text: string, maxLength = 1500): string {
  return `\`${oneLine(text, maxLength).replace(/`/g, "'").replace(/\|/g, '¦')}\``;
}

/**
 * Two columns, the first row as the head that Markdown wants. Values are Markdown already. Names do not break, and end in a
 * space of their own: the Temporal UI leaves none between columns.
 */
export function table(rows: readonly (readonly [name: string, value: string])[]): string {
  const [first = ['', ''], ...others] = rows.map(
    ([name, value]) => `| ${name.replace(/ /g, '\u00a0')}\u00a0\u00a0 | ${value} |`,
  );
  return [first, '| :-- | :-- |', ...others].join('\n');
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function oneLine(text: string, maxLength: number): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
  return line.length <= maxLength ? line : `${line.slice(0, maxLength)}…`;
}
