/**
 * `describe` where what it needs is there, else a skip that says why; an error where the variable says `required`, as in CI.
 *
 * @param why what is missing, or null
 */
export function describeWhere(
  why: string | null,
  { title, variable }: { title: string; variable: string },
  body: () => void,
): void {
  if (why === null) {
    describe(title, body);
    return;
  }
  if (process.env[variable] === 'required') throw new Error(`${title}: required here, but ${why}`);
  process.stdout.write(`  ${title}: skipped, because ${why}\n`);
  describe.skip(`${title}: skipped, because ${why}`, body);
}
