import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { apiframeV1 } from '../../src/providers/apiframe-v1';
import type { FaultEndpoint, FaultKind } from '../../src/sandbox/faults';
import { startSandbox } from '../../src/sandbox/server';
import { jpeg } from '../sandbox/images';
import { addFault, readLedger } from '../support/ledger';
import { describeProvider } from './conformance';
import type { Pace, Trouble, Verb, World } from './conformance-world';

const ENDPOINTS: Record<Verb, FaultEndpoint> = {
  upload: 'upload',
  submit: 'train',
  check: 'fetch',
  balance: 'account',
  results: 'fetch',
};
const FAULTS: Record<Trouble, FaultKind> = {
  refuses: 'refuse',
  'rejects-key': 'unauthorized',
  'is-busy': 'busy',
  'is-slow': 'slow',
  'fails-before': 'error-before',
  'fails-after': 'error-after',
  'resets-before': 'reset-before',
  'resets-after': 'reset-after',
  'hangs-after': 'hang-after',
  'answers-garbage-after': 'garbage-after',
  'fails-later': 'fail-later',
  'says-odd-word': 'odd-word',
};

const HOUR_MS = 3_600_000;
const KEY = 'k-SECRET-1';

async function apiframeWorld({ upload, training }: Pace): Promise<World> {
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-conformance-'));
  const options = {
    apiKey: KEY,
    ledgerFile: path.join(folder, 'ledger.json'),
    pace: {
      uploadMs: upload === 'instant' ? 0 : HOUR_MS,
      trainMs: training === 'instant' ? 0 : HOUR_MS,
      uploadTtlMs: HOUR_MS,
    },
  };
  let sandbox = await startSandbox(options);
  const nobody = await startSandbox();
  await nobody.close();
  const access = { baseUrl: sandbox.url, apiKey: KEY, auth: 'raw' as const, submitTimeoutMs: 90_000 };
  return {
    provider: apiframeV1(access),
    stranger: apiframeV1({ ...access, apiKey: 'k-of-somebody-else' }),
    unreachable: apiframeV1({ ...access, baseUrl: nobody.url }),
    apiKey: KEY,
    request: {
      subject: 's-1',
      provider: 'apiframe',
      photos: ['file:a.jpg'],
      options: { gender: 'male', ethnicity: 'asian', age: 30 },
    },
    unknownUpload: 'no-such-upload',
    unknownTraining: 'no-such-training',
    async images(count) {
      const image = await jpeg();
      return Array.from({ length: count }, () => image);
    },
    arrange: (verb, trouble) => addFault(sandbox.url, { endpoint: ENDPOINTS[verb], kind: FAULTS[trouble] }),
    async charges() {
      const { uploads, submissions, credits } = await readLedger(sandbox.url);
      return { uploads: uploads.length, submissions: submissions.length, credits: credits.spent };
    },
    async crash() {
      await sandbox.close();
      sandbox = await startSandbox({ ...options, port: sandbox.port });
    },
    async close() {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describeProvider('APIFRAME v1', apiframeWorld, {
  reads: ['upload', 'checkUpload', 'check', 'balance'],
  limits: 'enforced',
  upload: 'task',
  words: 'open',
  failure: 'told',
  repeats: 'new training',
  balance: 'read',
  proof: 'balance',
});
