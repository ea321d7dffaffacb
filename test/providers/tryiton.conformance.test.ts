import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tryiton } from '../../src/providers/tryiton';
import type { FaultEndpoint, FaultKind } from '../../src/sandbox/faults';
import { startSandbox } from '../../src/sandbox/server';
import { SANDBOX_TRYITON_SHAPE } from '../../src/sandbox/tryiton/shape';
import { jpeg } from '../sandbox/images';
import { addFault, readLedger } from '../support/ledger';
import { describeProvider } from './conformance';
import type { Pace, Trouble, Verb, World } from './conformance-world';

const ENDPOINTS: Record<Verb, FaultEndpoint> = {
  upload: 'tryiton-upload',
  submit: 'tryiton-train',
  check: 'tryiton-models',
  balance: 'tryiton-models',
  results: 'tryiton-results',
};
const FAULTS: Record<Exclude<Trouble, 'fails-later' | 'says-odd-word'>, FaultKind> = {
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
};

const HOUR_MS = 3_600_000;
const KEY = 'k-SECRET-2';

async function tryitonWorld({ training }: Pace): Promise<World> {
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-conformance-'));
  const options = {
    apiKey: KEY,
    ledgerFile: path.join(folder, 'ledger.json'),
    pace: { uploadMs: 0, trainMs: training === 'instant' ? 0 : HOUR_MS, uploadTtlMs: HOUR_MS },
  };
  let sandbox = await startSandbox(options);
  const nobody = await startSandbox();
  await nobody.close();
  const access = {
    baseUrl: `${sandbox.url}/tryiton`,
    apiKey: KEY,
    shape: SANDBOX_TRYITON_SHAPE,
    submitTimeoutMs: 90_000,
  };
  return {
    provider: tryiton(access),
    stranger: tryiton({ ...access, apiKey: 'k-of-somebody-else' }),
    unreachable: tryiton({ ...access, baseUrl: nobody.url }),
    apiKey: KEY,
    request: {
      subject: 's-1',
      provider: 'tryiton',
      photos: ['file:a.jpg'],
      options: {
        modelId: '101',
        body: 'man',
        styles: ['studio'],
        customizations: ['thick beard', 'mohawk haircut'],
      },
    },
    unknownUpload: JSON.stringify(['http://127.0.0.1:1/none.jpg']),
    unknownTraining: '999',
    async images(count) {
      const image = await jpeg();
      return Array.from({ length: count }, () => image);
    },
    arrange(verb, trouble) {
      if (trouble === 'fails-later' || trouble === 'says-odd-word')
        throw new Error(`${trouble} is not documented`);
      return addFault(sandbox.url, { endpoint: ENDPOINTS[verb], kind: FAULTS[trouble] });
    },
    async charges() {
      const { tryiton: books } = await readLedger(sandbox.url);
      const submissions = books.models.flatMap(({ trainings }) => trainings).length;
      return { uploads: books.uploads, submissions, credits: 0 };
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

describeProvider('TryItOn', tryitonWorld, {
  reads: ['upload', 'admit', 'lookUp', 'check', 'results'],
  limits: 'not documented',
  upload: 'at once',
  words: 'none',
  failure: 'never told',
  repeats: 'used up',
  balance: 'none',
  proof: 'model',
});
