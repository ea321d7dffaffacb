import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { startDevArgs } from '../../src/temporal-server/start-dev-args';
import { startTemporalServer } from '../../src/temporal-server/start-server';
import { script, temporaryFolder } from './temporary-folder';

const folder = temporaryFolder();
const logFile = path.join(folder, 'logs/server.log');
const start = (cli: string) =>
  startTemporalServer({
    cli,
    port: 0,
    uiPort: 0,
    headless: true,
    dbFile: null,
    logFile,
    searchAttributes: {},
  });

test('a server that ends early is reported with the last lines of this run', async () => {
  const cli = await script(folder, 'broken', '[ "$3" = --help ] && exit 0; echo "disk is full" >&2; exit 3');
  await expect(start(cli)).rejects.toThrow(
    `The Temporal server ended before it was ready (exit code 3). The last lines of ${logFile}:\n  disk is full`,
  );
  await appendFile(logFile, 'from an earlier run\n');
  const silent = await script(folder, 'silent', '[ "$3" = --help ] || kill -9 $$');
  await expect(start(silent)).rejects.toThrow(
    `(SIGKILL). The last lines of ${logFile}:\n  (it wrote nothing)`,
  );
});

test('a port that was taken after we looked is still named', async () => {
  const line = "Error: can't set frontend port 7233: listen tcp 127.0.0.1:7233: bind: address already in use";
  const cli = await script(folder, 'late', `[ "$3" = --help ] && exit 0; echo "${line}" >&2; exit 1`);
  await expect(start(cli)).rejects.toMatchObject({ name: 'PortInUseError', port: 7233, flag: '--port' });
});

test('a port that nobody chose and that was taken after we looked costs a second try, not the start', async () => {
  const tries = path.join(folder, 'tries');
  const line = 'failed listening for HTTP API on 127.0.0.1:38935: listen tcp: bind: address already in use';
  const cli = await script(
    folder,
    'unlucky',
    `[ "$3" = --help ] && exit 0; echo "$@" >> ${tries}; echo "${line}" >&2; exit 1`,
  );
  await expect(start(cli)).rejects.toThrow('address already in use');
  const ports = (await readFile(tries, 'utf8'))
    .trim()
    .split('\n')
    .map((args) => /--http-port (\d+)/.exec(args)?.[1]);
  expect(ports).toHaveLength(3);
  expect(new Set(ports).size).toBe(3);
});

test('a CLI that is not there is the system’s own error', async () => {
  await expect(start('/no/such/temporal')).rejects.toMatchObject({ code: 'ENOENT' });
});

test('flags: WAL for a file, JSON for dynamic configuration, no news flag for an old CLI', () => {
  const args = startDevArgs({
    ports: { frontend: 1, http: 2, metrics: 3, ui: 4 },
    dbFile: '/x.db',
    namespace: 'photos',
    searchAttributes: { DarkroomState: 'Keyword' },
    dynamicConfig: { 'frontend.name': 'a "b"' },
    knowsNewsFlag: false,
  });
  expect(args.join(' ')).toBe(
    'server start-dev --ip 127.0.0.1 --port 1 --log-level warn --http-port 2 --metrics-port 3 --ui-port 4 ' +
      '--namespace photos --db-filename /x.db --sqlite-pragma journal_mode=wal --sqlite-pragma synchronous=normal ' +
      '--search-attribute DarkroomState=Keyword --dynamic-config-value system.enableActivityEagerExecution=true ' +
      '--dynamic-config-value frontend.name="a \\"b\\""',
  );
});
