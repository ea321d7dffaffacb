const MOST = 20;
const LONGEST = 80;

/** Where two JSON values differ, as JSON pointers. `theirs` is what the id stands for already. */
export function differences(yours: unknown, theirs: unknown, path = ''): { path: string; message: string }[] {
  if (isRecord(yours) && isRecord(theirs)) {
    const names = [...new Set([...Object.keys(yours), ...Object.keys(theirs)])].sort();
    return names
      .flatMap((name) => differences(yours[name], theirs[name], `${path}/${pointerPart(name)}`))
      .slice(0, MOST);
  }
  if (JSON.stringify(yours) === JSON.stringify(theirs)) return [];
  return [{ path: path === '' ? '/' : path, message: `is ${shown(yours)} here, and ${shown(theirs)} there` }];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** https://www.rfc-editor.org/rfc/rfc6901 */
function pointerPart(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Of links the host alone: whoever guesses an id must not be shown what opens somebody else's photos or hooks. */
function shown(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value).replaceAll(/(https?:\/\/[^/"?]*)[^"]*/g, '$1/…');
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
