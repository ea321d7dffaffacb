import { parseFault } from '../../src/sandbox/faults';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { call } from './client';
import { containing } from '../providers/matching';

describe('a fault on the command line', () => {
  it.each([
    ['train:reset-after', { endpoint: 'train', kind: 'reset-after', times: 1, nth: 1 }],
    ['fetch:error-before:5', { endpoint: 'fetch', kind: 'error-before', times: 5, nth: 1 }],
    [
      'train:error-after:status=503,nth=2',
      { endpoint: 'train', kind: 'error-after', times: 1, nth: 2, status: 503 },
    ],
    ['train:busy:retryAfterS=none', { endpoint: 'train', kind: 'busy', times: 1, nth: 1, retryAfterS: null }],
    ['fetch:silence:forMs=500', { endpoint: 'fetch', kind: 'silence', times: 1, nth: 1, forMs: 500 }],
  ])('"%s" is read', (text, fault) => {
    expect(parseFault(text)).toEqual(fault);
  });

  it.each([
    '',
    'train',
    'train:',
    'train:explode',
    'nowhere:busy',
    'train:busy:0',
    'train:busy:-1',
    'train:busy:1.5',
    'train:busy:many',
    'train:busy:',
    'train:busy:1:2',
    'train:busy:status=500',
    'train:slow:delayMs=x',
    'train:slow:delayMs',
    'train:slow:wait=5',
    'train:error-after:status=200',
  ])('"%s" is no fault', (text) => {
    expect(parseFault(text)).toBeNull();
  });

  it.each(['fetch:fail-later', 'account:fail-later', 'train:odd-word', 'upload:odd-word'])(
    '"%s" is no fault, because it would change nothing',
    (text) => {
      expect(parseFault(text)).toBeNull();
    },
  );
});

describe('a fault that is sent to a running sandbox', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  it('comes back as it was understood', async () => {
    expect(await call(sandbox, '/sandbox/faults', { endpoint: 'train', kind: 'busy' })).toMatchObject({
      status: 200,
      json: { endpoint: 'train', kind: 'busy', times: 1 },
    });
  });

  it.each([
    [{ endpoint: 'train', kind: 'explode' }, 'kind'],
    [{ endpoint: 'nowhere', kind: 'busy' }, 'endpoint'],
    [{ kind: 'busy' }, 'endpoint'],
    [{ endpoint: 'train', kind: 'busy', times: 0 }, 'times'],
    [{ endpoint: 'train', kind: 'busy', time: 2 }, 'time'],
    [{ endpoint: 'train', kind: 'odd-word' }, 'kind'],
  ])('gets a 400 that names what is wrong: %j', async (fault, field) => {
    expect(await call(sandbox, '/sandbox/faults', fault)).toMatchObject({
      status: 400,
      json: { errors: [{ msg: containing(field) }] },
    });
    expect(await call(sandbox, '/account', null)).toMatchObject({ status: 200 });
  });
});
