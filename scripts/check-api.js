'use strict';
// Asks the HTTP API all that its own OpenAPI document allows, and much that it does not (schemathesis, from PyPI): no 5xx, and
// no answer that is not documented. Against a `darkroom dev` of its own.
const { execFileSync, spawn } = require('node:child_process');
const { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { homedir, tmpdir } = require('node:os');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');
const MAIN = path.join(ROOT, 'dist/cli/main.js');
const SCHEMATHESIS = 'schemathesis==4.32.5';
const CACHE = path.resolve(
  process.env.DARKROOM_CACHE_DIR ||
    path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'darkroom'),
);
/**
 * What fits the schema and is refused all the same: a cursor that nobody gave out, times that never come, numbers of rows that do not
 * ascend or that a batch does not have, days that end before they begin, and a file that is no photo; and more than a hundred photos are
 * too large rather than invalid.
 */
const EXPECTED = `
[[operations]]
include-name = "GET /v1/trainings"
[operations.checks]
positive_data_acceptance.expected-statuses = ["2xx", "400"]

[[operations]]
include-name = "POST /v1/photo-sets"
[operations.checks]
positive_data_acceptance.expected-statuses = ["2xx", "422"]
negative_data_rejection.expected-statuses = ["400", "401", "403", "413", "415", "422"]

[[operations]]
include-path-regex = "^/v1/schedules"
[operations.checks]
positive_data_acceptance.expected-statuses = ["2xx", "400", "404", "409"]

[[operations]]
include-path-regex = "^/v1/batches"
[operations.checks]
positive_data_acceptance.expected-statuses = ["2xx", "400", "404", "409", "410"]

[[operations]]
include-path-regex = "^/v1/accounts"
[operations.checks]
positive_data_acceptance.expected-statuses = ["2xx", "400", "404"]
`;
/** DELETE cancels, and what was canceled can still be looked at; a report is there once photos were. */
const NOT_OURS = 'use_after_free,ensure_resource_availability';
const MAX_EXAMPLES = process.argv[2] ?? '30';

function installed() {
  const place = path.join(CACHE, SCHEMATHESIS.replace('==', '-'));
  if (!existsSync(place)) {
    mkdirSync(CACHE, { recursive: true, mode: 0o700 });
    const work = mkdtempSync(path.join(CACHE, 'download-schemathesis-'));
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--no-input',
      '--root-user-action=ignore',
      '--target',
      work,
      SCHEMATHESIS,
    ];
    execFileSync('python3', pip, { stdio: ['ignore', 'inherit', 'inherit'] });
    execFileSync('mv', [work, place]);
  }
  return place;
}

/** Resolves with the address of its gateway. */
async function startDev(home, keysFile) {
  const child = spawn(process.execPath, [MAIN, 'dev', '--home', home, '--port', '0'], {
    env: { ...process.env, DARKROOM_API_REQUESTS_A_MINUTE: '1000000', DARKROOM_API_KEYS_FILE: keysFile },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const gateway = / gateway (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1];
      if (gateway !== undefined) resolve(gateway);
    });
    child.once('exit', (code) => reject(new Error(`darkroom dev ended (${code}): ${text}`)));
  });
  return { child, url: ready };
}

async function main() {
  const place = installed();
  const home = mkdtempSync(path.join(tmpdir(), 'darkroom-check-api-'));
  const keysFile = path.join(home, 'keys.json');
  const newKey = ['api-key', 'check', '--scopes', 'start,read,decide', '--file', keysFile];
  const key = execFileSync(process.execPath, [MAIN, ...newKey], { encoding: 'utf8' }).trim();
  const { child, url } = await startDev(home, keysFile);
  writeFileSync(path.join(home, 'schemathesis.toml'), EXPECTED);
  try {
    execFileSync(
      'python3',
      [
        path.join(place, 'bin/schemathesis'),
        'run',
        `${url}/openapi.json`,
        ...['--header', `Authorization: Bearer ${key}`],
        ...[
          '--checks',
          'all',
          '--exclude-checks',
          NOT_OURS,
          '--max-examples',
          MAX_EXAMPLES,
          '--seed',
          '1',
          '--request-timeout',
          '10',
        ],
        // A stream does not end; a test of its own reads it.
        ...['--exclude-path', '/v1/trainings/{id}/events'],
      ],
      { stdio: 'inherit', env: { ...process.env, PYTHONPATH: place }, cwd: home },
    );
  } finally {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    await gone;
    rmSync(home, { recursive: true, force: true });
  }
}

main().catch((error) => {
  // Not its message, which would show the command and with it the key.
  console.error(error.status === 1 ? 'schemathesis has found something, as above' : error.message);
  process.exit(1);
});
