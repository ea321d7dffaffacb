import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The CLI that Darkroom fetches: where it was told to look, its cache, then the PATH. */
export function temporalCli() {
  const told = process.env['DARKROOM_TEMPORAL_CLI'];
  if (told !== undefined && told !== '') return told;
  const cache = process.env['DARKROOM_CACHE_DIR'] ?? path.join(xdgCache(), 'darkroom');
  const cached = existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith('temporal-1.')) : [];
  const [newest] = cached.sort().reverse();
  if (newest !== undefined) return path.join(cache, newest);
  const onPath = (process.env['PATH'] ?? '').split(':').map((folder) => path.join(folder, 'temporal'));
  const found = onPath.find((file) => existsSync(file));
  if (found === undefined) throw new Error('No Temporal CLI: run `npm run demo` once');
  return found;
}

function xdgCache() {
  const { XDG_CACHE_HOME: given } = process.env;
  return given !== undefined && given !== '' ? given : path.join(os.homedir(), '.cache');
}
