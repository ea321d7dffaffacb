/** Where the status line of `needs-decision` goes on with what to type. */
export const HOW_TO_DECIDE = '; look for the training in the account';

/** The line without what to type, for where that is said with more room. */
export function withoutHowToDecide(line: string): string {
  return line.split(HOW_TO_DECIDE, 1).join('');
}
