'use strict';
// Builds the S3 server that tests run against into the cache, once. Its version is checked by Go's own checksum database.
const { execFileSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const VERSION = '1.8.0';
const cache =
  process.env.DARKROOM_CACHE_DIR ??
  path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'darkroom');
const folder = path.join(cache, `versitygw-${VERSION}`);

if (!existsSync(path.join(folder, 'versitygw'))) {
  const tool = `github.com/versity/versitygw/cmd/versitygw@v${VERSION}`;
  execFileSync('go', ['install', tool], { stdio: 'inherit', env: { ...process.env, GOBIN: folder } });
}
