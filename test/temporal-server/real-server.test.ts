import { existsSync } from 'node:fs';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { SearchAttributeTypeError } from '../../src/temporal-server/register-search-attributes';
import { startTemporalServer } from '../../src/temporal-server/start-server';
import type { TemporalServer, TemporalServerOptions } from '../../src/temporal-server/start-server';
import { isRunning } from './is-running';
import { realCli } from './real-cli';
import { temporaryFolder } from './temporary-folder';

const darkroomState = defineSearchAttributeKey('DarkroomState', 'KEYWORD');
const folder = temporaryFolder();
const started: TemporalServer[] = [];
afterAll(() => Promise.all(started.map((server) => server.kill())));

async function start(given: Partial<TemporalServerOptions>): Promise<TemporalServer> {
  const server = await startTemporalServer({
    cli: await realCli(),
    port: 0,
    uiPort: 0,
    dbFile: path.join(folder, 'data/temporal.db'),
    logFile: path.join(folder, 'temporal.log'),
    namespace: 'photos',
    searchAttributes: { DarkroomState: 'Keyword', DarkroomPhotos: 'Int' },
    ...given,
  });
  started.push(server);
  return server;
}

async function connect<T>(server: TemporalServer, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: server.address });
  return use(new Client({ connection, namespace: 'photos' })).finally(() => connection.close());
}

test('a killed server comes back on its file with its namespace, attributes and workflows', async () => {
  const first = await start({});
  await connect(first, async ({ workflow }) => {
    const typedSearchAttributes = [{ key: darkroomState, value: 'queued' }];
    await workflow.start('any', { workflowId: 'kept', taskQueue: 'none', typedSearchAttributes });
  });
  await first.kill();
  expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });
  expect(isRunning(first.pid)).toBe(false);

  const second = await start({ port: Number(first.address.split(':')[1]) });
  expect(second.address).toBe(first.address);
  await connect(second, async ({ workflow, workflowService }) => {
    expect((await workflow.getHandle('kept').describe()).status.name).toBe('RUNNING');
    const { namespaceInfo } = await workflowService.describeNamespace({ namespace: 'photos' });
    expect(namespaceInfo?.name).toBe('photos');
  });
  await second.stop();
  await second.stop();
  expect(await second.exited).toEqual({ code: 0, signal: null });
  expect(isRunning(second.pid)).toBe(false);
});

test('an attribute that the file has with another type is an error at once, and nothing stays behind', async () => {
  await expect(start({ searchAttributes: { DarkroomPhotos: 'Keyword' } })).rejects.toThrow(
    SearchAttributeTypeError,
  );
});

test('has a UI, or none; in memory it writes no file', async () => {
  const memory = { dbFile: null, namespace: undefined };
  const [withUi, without] = [await start(memory), await start({ ...memory, headless: true })];
  expect((await fetch(withUi.uiUrl ?? '')).status).toBe(200);
  expect(without.uiUrl).toBeNull();
  expect(existsSync(path.join(folder, 'null'))).toBe(false);
  await Promise.all([withUi.stop(), without.stop()]);
});

test('a second server on the same port is refused by name before anything starts', async () => {
  const first = await start({ dbFile: null, headless: true });
  const port = Number(first.address.split(':')[1]);
  await expect(start({ dbFile: null, port })).rejects.toMatchObject({ name: 'PortInUseError', port });
  const httpPort = Number(first.httpUrl.split(':')[2]);
  await expect(start({ dbFile: null, httpPort })).rejects.toMatchObject({ flag: '--http-port' });
  await first.kill();
});
