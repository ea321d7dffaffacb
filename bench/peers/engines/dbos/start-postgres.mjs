import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../../support/free-port.mjs';
import { startProcess, waitForOutput } from '../../support/processes.mjs';

/** Where Debian keeps them, by version. */
const DEBIAN = '/usr/lib/postgresql';

/** A program of PostgreSQL: the newest one of Debian, else the one in the PATH. @param {string} name */
export function postgresProgram(name) {
  const versions = existsSync(DEBIAN)
    ? readdirSync(DEBIAN)
        .map(Number)
        .sort((a, b) => b - a)
    : [];
  const found = versions
    .map((version) => `${DEBIAN}/${version}/bin/${name}`)
    .find((file) => existsSync(file));
  return found ?? name;
}

/**
 * With Debian's defaults. It refuses to run as root, so there it is the user `postgres`.
 *
 * @param {string} folder
 */
export async function startPostgres(folder) {
  const port = await freePort();
  const user = process.getuid?.() === 0 ? idsOf('postgres') : null;
  const home = path.join(folder, 'postgres');
  mkdirSync(home);
  if (user !== null) chownSync(home, user.uid, user.gid);
  const data = path.join(home, 'data');
  execFileSync(postgresProgram('initdb'), ['-D', data, '--auth', 'trust', '--username', 'bench'], {
    ...user,
    cwd: home,
    stdio: 'pipe',
  });
  const postgres = await startProcess({
    name: 'postgres',
    command: postgresProgram('postgres'),
    args: [
      ...['-D', data, '-p', `${port}`],
      ...['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${home}`],
    ],
    folder,
    user,
  });
  await waitForOutput(postgres, 'database system is ready to accept connections');
  return { postgres, url: `postgresql://bench@127.0.0.1:${port}/train` };
}

/** @param {string} user */
function idsOf(user) {
  const ask = (/** @type {string} */ flag) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  return { uid: ask('-u'), gid: ask('-g') };
}
