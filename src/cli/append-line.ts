import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/** Writes lines to the end of a file. At once, because the last lines before a crash are those one wants to read. */
export function appendLine(file: string): (line: string) => void {
  mkdirSync(path.dirname(file), { recursive: true });
  return (line) => appendFileSync(file, `${line}\n`);
}
