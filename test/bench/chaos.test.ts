import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const MAIN = path.join(__dirname, '../../dist/bench/chaos/main.js');
/** A worker that is killed during a call is missed when its heartbeat is late by a minute. */
const FOR_MS = 240_000;

describe('after workers were killed and calls failed, with limits on the accounts', () => {
  it(
    'the ledger of the accounts, the books of the provider and the results agree to the credit',
    async () => {
      const run = promisify(execFile)(process.execPath, [MAIN, '--trainings', '12', '--seconds', '5']);
      const { stdout } = await run;
      const [, charges, credits] =
        /^all: 12 requests, (\d+) charges.* (\d+) credits on the ledger as at the provider.* 0 promises broken, \d+ s$/m.exec(
          stdout,
        ) ?? [];
      expect(Number(charges)).toBeGreaterThan(0);
      expect(Number(credits)).toBeGreaterThan(0);
    },
    FOR_MS,
  );
});
