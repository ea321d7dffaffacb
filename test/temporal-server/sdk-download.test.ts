import { link, copyFile } from 'node:fs/promises';
import path from 'node:path';
import { downloadThroughSdk } from '../../src/temporal-server/sdk-download';
import { realCli } from './real-cli';
import { temporaryFolder } from './temporary-folder';

const folder = temporaryFolder();

// Asks for no network: the SDK uses what lies in its folder under the name that it would download to. If an upgrade of
// the SDK changes that name, this fails before a user's machine does.
test('the SDK starts and stops a server in another process and leaves the binary', async () => {
  const file = path.join(folder, 'temporal-1.8.2');
  const cli = await realCli();
  await link(cli, file).catch(() => copyFile(cli, file));
  expect(await downloadThroughSdk(folder)).toEqual({ path: file });
});

test('an abort ends the process', async () => {
  const attempt = downloadThroughSdk(path.join(folder, 'empty'), AbortSignal.timeout(20));
  await expect(attempt).rejects.toThrow('aborted due to timeout');
});
