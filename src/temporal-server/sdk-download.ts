import { createRequire } from 'node:module';
import path from 'node:path';
import { inWorkFolder, moveIntoCache, sha256OfFile } from './cli-cache';
import { reportProgress } from './download-progress';
import { whyNotExecutable } from './find-executable';
import { PINNED_VERSION } from './pinned-builds';
import { lastLine, runBounded } from './run-bounded';
import type { CliSearch, CliWay, WayResult } from './cli-way';

/** The SDK bounds neither the connection nor the download, and a firewall that drops packets would hold us here. */
const LIMIT_MS = 3 * 60_000;
// In a process of its own: @temporalio/testing installs a Temporal Runtime, and a worker that later installs its own
// in the same process gets an error. As text: this way it runs from dist and from src under Jest alike.
const CHILD = `
  const [testing, downloadDir, version] = process.argv.slice(1);
  const { TestWorkflowEnvironment } = require(testing);
  const executable = { type: 'cached-download', downloadDir, version };
  TestWorkflowEnvironment.createLocal({ server: { executable } })
    .then((environment) => environment.teardown())
    .then(() => process.exit(0), (error) => { console.error(error.message); process.exit(1); });
`;

async function find({ cacheDir, onStep, signal }: CliSearch): Promise<WayResult> {
  return inWorkFolder(cacheDir, async (folder) => {
    onStep(`Downloading the Temporal CLI ${PINNED_VERSION} through the Temporal SDK (temporal.download) …`);
    const stopProgress = reportProgress(folder, onStep);
    const binary = await downloadThroughSdk(folder, signal).finally(stopProgress);
    if ('path' in binary) {
      return { path: await moveIntoCache(binary.path, cacheDir, await sha256OfFile(binary.path)) };
    }
    onStep(`  That failed: ${binary.reason}`);
    return binary;
  });
}

/** Lets the SDK put its binary into `folder`, or use the one that is there. */
export async function downloadThroughSdk(folder: string, signal?: AbortSignal): Promise<WayResult> {
  const testing = createRequire(__filename).resolve('@temporalio/testing');
  const args = ['-e', CHILD, testing, folder, PINNED_VERSION];
  const run = await runBounded(process.execPath, args, { timeoutMs: LIMIT_MS, signal });
  // It downloads under another name, renames, and then starts a server. A complete download is good even if that
  // start failed.
  const binary = path.join(folder, `temporal-${PINNED_VERSION}`);
  return (await whyNotExecutable(binary)) === null ? { path: binary } : { reason: lastLine(run.output) };
}

export const sdkDownload: CliWay = {
  source: 'sdk-download',
  title: 'download through the Temporal SDK (temporal.download)',
  find,
};
