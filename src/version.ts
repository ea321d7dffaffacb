import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Of package.json, which lies one folder above both `src` and `dist`. */
export const VERSION = (
  JSON.parse(readFileSync(path.join(__dirname, '../package.json'), 'utf8')) as { version: string }
).version;
