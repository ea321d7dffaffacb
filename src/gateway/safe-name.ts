/** An id as the name of a file that a browser saves. */
export function safeName(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9._-]/g, '_');
}
