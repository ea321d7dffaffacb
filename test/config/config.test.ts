import os from 'node:os';
import path from 'node:path';
import { ConfigError, readConfig } from '../../src/config';
import { configOf, problemsOf } from './environment';

describe('the configuration', () => {
  it('has a default for everything but access to others', () => {
    const home = path.resolve('.darkroom');

    expect(configOf()).toEqual({
      webhooks: { publicUrl: null, secrets: [] },
      api: { keysFile: null, requestsAMinute: 6000 },
      callbacks: { secrets: [], origins: [] },
      accountsFile: path.join(home, 'accounts.yaml'),
      monitor: null,
      tracing: { isOn: false },
      photoSets: null,
      submission: { timeoutMs: 90_000, lookUpUnitMs: 60_000, lookUpWindowMs: null },
      tryiton: {
        account: 'default',
        apiKey: null,
        baseUrl: null,
        shape: {
          bodyField: null,
          modelIdField: null,
          modelsIdField: null,
          modelsPath: null,
          resultsPath: null,
          resultsUrlField: null,
        },
      },
      home,
      storeDir: path.join(home, 'store'),
      storePlace: null,
      s3: { endpoint: null, region: null, isPathStyle: false },
      photoPlaces: { s3: [], httpsHosts: [] },
      photosDir: path.join(home, 'photos'),
      cacheDir: path.join(os.homedir(), '.cache/darkroom'),
      temporal: { isConfigured: false, cliPath: null, searchPath: process.env['PATH'], uiUrl: null },
      worker: {
        queues: ['darkroom', 'darkroom-photos'],
        maxCachedWorkflows: 100,
        activitySlots: 20,
        photoSlots: 2,
        shutdownGraceMs: 100_000,
        pacing: { firstPollMs: 1_800_000, maxPollMs: 3_600_000 },
        watch: { isOn: true, intervalMs: 2000, callsPerSecond: 80 },
      },
      photos: {
        processes: os.availableParallelism(),
        timeMs: 30_000,
        memoryBytes: 1024 ** 3,
        gates: {},
      },
      apiframe: { baseUrl: null, apiKey: null, auth: 'raw', account: 'default', isExclusive: false },
    });
  });

  it('takes every value that is set', () => {
    const config = configOf({
      DARKROOM_HOME: '/srv/d',
      DARKROOM_PHOTOS_DIR: '/srv/photos',
      XDG_CACHE_HOME: '/srv/cache',
      DARKROOM_TEMPORAL_CLI: '/opt/temporal',
      DARKROOM_QUEUES: ' darkroom-photos , darkroom-photos',
      DARKROOM_MAX_CACHED_WORKFLOWS: '0',
      DARKROOM_ACTIVITY_SLOTS: '7',
      DARKROOM_PHOTO_SLOTS: '2',
      DARKROOM_PHOTO_PROCESSES: '3',
      DARKROOM_PHOTO_TIMEOUT: '10s',
      DARKROOM_PHOTO_MEMORY_MB: '512',
      DARKROOM_GATES: ' faces=off , no-face=warn ',
      DARKROOM_SHUTDOWN_GRACE: '2m',
      DARKROOM_POLL_FIRST: '500ms',
      DARKROOM_POLL_MAX: '1.5h',
      APIFRAME_BASE_URL: 'https://proxy.example/apiframe//',
      APIFRAME_API_KEY: '  k-1  ',
      APIFRAME_AUTH: 'bearer',
    });

    expect(config).toMatchObject({
      storeDir: '/srv/d/store',
      photosDir: '/srv/photos',
      cacheDir: '/srv/cache/darkroom',
      temporal: { cliPath: '/opt/temporal' },
      worker: {
        queues: ['darkroom-photos'],
        maxCachedWorkflows: 0,
        activitySlots: 7,
        photoSlots: 2,
        shutdownGraceMs: 120_000,
        pacing: { firstPollMs: 500, maxPollMs: 5_400_000 },
      },
      photos: {
        processes: 3,
        timeMs: 10_000,
        memoryBytes: 512 * 1024 ** 2,
        gates: {
          'no-face': 'warn',
          'several-faces': 'off',
          'face-too-small': 'off',
          'face-cut-off': 'off',
        },
      },
      apiframe: { baseUrl: 'https://proxy.example/apiframe', apiKey: 'k-1', auth: 'bearer' },
    });
  });

  it.each(['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'])(
    'knows by %s that a server is configured',
    (name) => {
      expect(configOf({ [name]: 'x' }).temporal.isConfigured).toBe(true);
    },
  );

  it.each(['', '   '])('counts "%s" as absent', (value) => {
    const names = [
      'DARKROOM_HOME',
      'DARKROOM_POLL_MAX',
      'APIFRAME_API_KEY',
      'APIFRAME_AUTH',
      'DARKROOM_QUEUES',
    ];

    expect(configOf(Object.fromEntries(names.map((name) => [name, value])))).toEqual(configOf());
  });

  it('reads the environment of the process, over which the command line wins', () => {
    process.env['DARKROOM_HOME'] = '/from/environment';
    try {
      expect(readConfig({ DARKROOM_HOME: undefined }).home).toBe('/from/environment');
      expect(readConfig({ DARKROOM_HOME: '/from/command/line' }).home).toBe('/from/command/line');
    } finally {
      delete process.env['DARKROOM_HOME'];
    }
  });

  it('cannot be changed, however deep', () => {
    const config: { home: string } = configOf();
    const pacing: { maxPollMs: number } = configOf().worker.pacing;
    const queues = configOf().worker.queues as string[];

    expect(() => (config.home = 'x')).toThrow(TypeError);
    expect(() => (pacing.maxPollMs = 1)).toThrow(TypeError);
    expect(() => queues.pop()).toThrow(TypeError);
  });
});

describe('a wrong environment', () => {
  it('is reported whole, each variable by name with the value received', () => {
    const wrong = {
      DARKROOM_QUEUES: 'darkroom,nightroom',
      DARKROOM_ACTIVITY_SLOTS: '0',
      DARKROOM_PHOTO_SLOTS: 'two',
      DARKROOM_PHOTO_PROCESSES: '0',
      DARKROOM_PHOTO_TIMEOUT: 'long',
      DARKROOM_PHOTO_MEMORY_MB: '64',
      DARKROOM_GATES: 'blurred=reject,blury=off',
      DARKROOM_POLL_FIRST: 'soon',
      APIFRAME_BASE_URL: 'api.apiframe.pro',
      APIFRAME_AUTH: 'basic',
    };
    const problems = problemsOf(wrong);

    expect(problems).toHaveLength(10);
    for (const [name, value] of Object.entries(wrong)) {
      const ofThisOne = problems.filter((problem) => problem.startsWith(`${name}: expected `));
      expect(ofThisOne).toEqual([expect.stringContaining(`received "${value}"`)]);
    }
  });

  it('is one error, whose message has a line for each problem', () => {
    const { message } = new ConfigError(['A: a', 'B: b']);

    expect(message).toBe('The environment is not right:\n  A: a\n  B: b');
  });

  it('is what this is about', () => {
    expect(() => configOf({ APIFRAME_AUTH: 'x' })).toThrow(ConfigError);
  });

  it.each(['blurred', 'blurred=', 'blurred=maybe', 'faces=off=off', 'faces=off,', '=off'])(
    'has no gates of "%s"',
    (value) => {
      const [problem] = problemsOf({ DARKROOM_GATES: value });
      expect(problem).toMatch(
        /^DARKROOM_GATES: expected a comma-separated list of NAME=VALUE, NAME one of too-small, /,
      );
      expect(problem).toContain('VALUE one of reject, warn, off, received');
    },
  );

  it.each(['-1', '1.5', 'NaN', '9007199254740993', '1,000', 'Infinity'])('has no count of "%s"', (value) => {
    expect(problemsOf({ DARKROOM_ACTIVITY_SLOTS: value })).toEqual([
      `DARKROOM_ACTIVITY_SLOTS: expected a whole number from 1, received "${value}"`,
    ]);
  });

  it.each(['15', '15 seconds', '-5s', '1h30m', 's'])('has no duration of "%s"', (value) => {
    expect(problemsOf({ DARKROOM_POLL_MAX: value })).toEqual([
      `DARKROOM_POLL_MAX: expected a duration such as 500ms, 15s, 5m or 6h, received "${value}"`,
    ]);
  });

  it.each(['0s', '0.1ms', '25d'])('has no wait of "%s", which a timer would not keep', (value) => {
    expect(problemsOf({ DARKROOM_POLL_MAX: value })).toEqual([
      `DARKROOM_POLL_MAX: expected a duration from 1ms to 24d, received "${value}"`,
    ]);
  });

  it.each(['nightroom', 'darkroom,', ',', 'darkroom;darkroom-photos', 'Darkroom'])(
    'has no queues "%s"',
    (value) => {
      expect(problemsOf({ DARKROOM_QUEUES: value })).toEqual([
        `DARKROOM_QUEUES: expected a comma-separated list of darkroom, darkroom-photos, received "${value}"`,
      ]);
    },
  );
});

test('without the watcher a training looks by itself after 15 s, with it after half an hour', () => {
  const first = (variables: Record<string, string>) => configOf(variables).worker.pacing.firstPollMs;
  expect([first({}), first({ DARKROOM_WATCH: 'off' })]).toEqual([1_800_000, 15_000]);
  expect(first({ DARKROOM_POLL_FIRST: '1m' })).toBe(60_000);
});

describe('webhooks', () => {
  const SECRET = 'c'.repeat(32);

  it('need a secret, the first of which signs', () => {
    const url = { DARKROOM_PUBLIC_URL: 'https://darkroom.example.com/' };
    expect(problemsOf(url)).toEqual([
      'DARKROOM_WEBHOOK_SECRETS: expected at least one secret where DARKROOM_PUBLIC_URL is set, the same for workers and gateways, such as openssl rand -hex 32 prints',
    ]);
    expect(configOf({ ...url, DARKROOM_WEBHOOK_SECRETS: `${SECRET},${'d'.repeat(40)}` }).webhooks).toEqual({
      publicUrl: 'https://darkroom.example.com',
      secrets: [SECRET, 'd'.repeat(40)],
    });
  });

  it('refuse a secret that could be guessed, without showing it', () => {
    for (const secrets of [',', 'short', `${SECRET},short`, `${SECRET}, ${SECRET}`]) {
      const [problem, ...others] = problemsOf({ DARKROOM_WEBHOOK_SECRETS: secrets });
      expect(problem).toMatch(/^DARKROOM_WEBHOOK_SECRETS: expected .* \(the value is not shown\)$/);
      expect(others).toEqual([]);
      if (secrets !== ',') expect(problem).not.toContain(secrets);
    }
  });
});
