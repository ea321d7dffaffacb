import { homedir } from 'node:os';
import path from 'node:path';
import { resolveTemporalCli } from '../../src/temporal-server/resolve-cli';

/** The CLI that this machine has or can fetch; the first time that is a download of 40 MB. */
export async function realCli(): Promise<string> {
  const { path: file } = await resolveTemporalCli({
    cliPath: process.env['DARKROOM_TEMPORAL_CLI'] ?? null,
    searchPath: process.env['PATH'] ?? '',
    cacheDir: path.join(homedir(), '.cache/darkroom'),
    onStep: (line) => process.stderr.write(`${line}\n`),
  });
  return file;
}
