import path from 'node:path';
import { readConfig } from '../config';
import { SEARCH_ATTRIBUTES } from '../contract/names';
import { resolveTemporalCli, startTemporalServer, type TemporalServer } from '../temporal-server';

/** A real server on a database file in the folder. With a port, the same one as before a crash. */
export async function startServer(
  folder: string,
  say: (line: string) => void,
  port = 0,
): Promise<TemporalServer> {
  const { temporal, cacheDir } = readConfig({ DARKROOM_HOME: folder });
  const { cliPath, searchPath } = temporal;
  const { path: cli } = await resolveTemporalCli({ cliPath, searchPath, cacheDir, onStep: say });
  return startTemporalServer({
    cli,
    port,
    uiPort: 0,
    headless: true,
    dbFile: path.join(folder, 'temporal.db'),
    logFile: path.join(folder, 'temporal.log'),
    searchAttributes: SEARCH_ATTRIBUTES,
  });
}
