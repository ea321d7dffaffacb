import path from 'node:path';
import { Connection } from '@temporalio/client';
import {
  missingSearchAttributes,
  registerSearchAttributes,
} from '../../src/temporal-server/register-search-attributes';
import { startTemporalServer } from '../../src/temporal-server/start-server';
import type { TemporalServer } from '../../src/temporal-server/start-server';
import { realCli } from './real-cli';
import { temporaryFolder } from './temporary-folder';

const folder = temporaryFolder();
let server: TemporalServer;
let connection: Connection;

beforeAll(async () => {
  const logFile = path.join(folder, 'temporal.log');
  const options = { port: 0, uiPort: 0, headless: true, dbFile: null, logFile, searchAttributes: {} };
  server = await startTemporalServer({ cli: await realCli(), ...options });
  connection = await Connection.connect({ address: server.address });
});
afterAll(async () => {
  await connection.close();
  await server.kill();
});

test('adds what is missing, once, and says what it added', async () => {
  const wanted = { DarkroomState: 'Keyword', DarkroomEnds: 'Datetime' } as const;
  expect(await missingSearchAttributes(connection, 'default', wanted)).toEqual([
    'DarkroomState',
    'DarkroomEnds',
  ]);
  expect(await registerSearchAttributes(connection, 'default', { DarkroomState: 'Keyword' })).toEqual([
    'DarkroomState',
  ]);
  expect(await registerSearchAttributes(connection, 'default', wanted)).toEqual(['DarkroomEnds']);
  expect(await registerSearchAttributes(connection, 'default', wanted)).toEqual([]);
  expect(await missingSearchAttributes(connection, 'default', wanted)).toEqual([]);
});

test('two workers that add the same at once both succeed', async () => {
  const wanted = { Together: 'Int' } as const;
  await Promise.all([1, 2, 3, 4].map(() => registerSearchAttributes(connection, 'default', wanted)));
  expect(await missingSearchAttributes(connection, 'default', wanted)).toEqual([]);
});

test('another type is an error that names both', async () => {
  await registerSearchAttributes(connection, 'default', { Typed: 'Int' });
  await expect(registerSearchAttributes(connection, 'default', { Typed: 'Keyword' })).rejects.toThrow(
    'Search attribute Typed in namespace default has type Int, and Keyword is needed',
  );
});
