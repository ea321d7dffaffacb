import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SEARCH_ATTRIBUTES } from '../../src/contract/names';
import { startTemporalServer, type TemporalServer } from '../../src/temporal-server';
import { realCli } from '../temporal-server/real-cli';
import {
  AFRESH_NAMESPACES,
  BUCKET_NAMESPACES,
  FAULT_NAMESPACES,
  NAMESPACES,
  TEST_ADDRESS_VARIABLE,
  TEST_FOLDER_VARIABLE,
  TEST_HTTP_VARIABLE,
  TEST_REPLAYER_VARIABLE,
} from './test-server';

declare global {
  var darkroomTestServer: TemporalServer | undefined;
  var darkroomReplayer: ChildProcess | undefined;
}

/** One real Temporal server for the whole run, found the same way as `darkroom dev` finds it. */
export default async function globalSetup(): Promise<void> {
  if (!existsSync(path.join(__dirname, '../../dist/workflow-bundle.js'))) {
    throw new Error(
      'dist/workflow-bundle.js is missing; npm test builds it, jest alone does not: run npm run build',
    );
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-test-'));
  const server = await startTemporalServer({
    cli: await realCli(),
    port: 0,
    uiPort: 0,
    headless: true,
    dbFile: null,
    logFile: path.join(folder, 'temporal.log'),
    namespace: 'default',
    otherNamespaces: [
      ...NAMESPACES.slice(1),
      ...FAULT_NAMESPACES,
      ...BUCKET_NAMESPACES,
      ...AFRESH_NAMESPACES,
    ],
    searchAttributes: SEARCH_ATTRIBUTES,
    // A training with many polls must really cross a continue-as-new within a test, at the server's suggestion.
    dynamicConfig: {
      'limit.historyCount.suggestContinueAsNew': 80,
      // The server fires timers up to 1 s late by default, which most of a test's time would go to.
      'history.timerProcessorMaxTimeShift': '20ms',
    },
  });
  globalThis.darkroomTestServer = server;
  process.env[TEST_ADDRESS_VARIABLE] = server.address;
  process.env[TEST_HTTP_VARIABLE] = server.httpUrl;
  process.env[TEST_FOLDER_VARIABLE] = folder;
  const replayer = fork(path.join(__dirname, 'replayer.js'), [folder]);
  globalThis.darkroomReplayer = replayer;
  process.env[TEST_REPLAYER_VARIABLE] = await saidBy(replayer);
}

/** Where it answers. One that fails says why on stderr, and would be waited for without an end. */
async function saidBy(replayer: ChildProcess): Promise<string> {
  const failed = once(replayer, 'exit').then(() => {
    throw new Error('the replayer ended before it was ready');
  });
  const [url] = (await Promise.race([once(replayer, 'message'), failed])) as [string];
  failed.catch(() => undefined); // it ends at the end of the run
  return url;
}
