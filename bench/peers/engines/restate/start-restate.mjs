import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { freePort } from '../../support/free-port.mjs';
import { startProcess, waitWhileRunning } from '../../support/processes.mjs';

const { resolve } = createRequire(import.meta.url);

/** The program itself: the package's `restate-server` is a Node process around it, which would count as well. */
const PROGRAM = `@restatedev/restate-server-linux-${process.arch}/bin/restate-server`;

/** @param {string} folder */
export async function startRestate(folder) {
  const [ingress, admin, node] = [await freePort(), await freePort(), await freePort()];
  const config = path.join(folder, 'restate.toml');
  writeFileSync(config, configOf({ ingress, admin, node, data: path.join(folder, 'restate') }));
  const restate = await startProcess({
    name: 'restate',
    command: resolve(PROGRAM),
    args: ['--config-file', config],
    folder,
  });
  const adminUrl = `http://127.0.0.1:${admin}`;
  const ingressUrl = `http://127.0.0.1:${ingress}`;
  await waitWhileRunning(restate, async () => (await fetch(`${adminUrl}/health`)).ok);
  await waitWhileRunning(restate, async () => (await fetch(`${ingressUrl}/restate/health`)).ok);
  return { restate, adminUrl, ingressUrl };
}

/**
 * One node on this machine. The memory is that of https://docs.restate.dev/server/memory for small deployments: the
 * defaults are for production, and are higher.
 *
 * @param {{ ingress: number, admin: number, node: number, data: string }} places
 */
function configOf({ ingress, admin, node, data }) {
  return `
disable-telemetry = true
auto-provision = true
base-dir = "${data}"
listen-mode = "tcp"
bind-ip = "127.0.0.1"
bind-port = ${node}
advertised-host = "127.0.0.1"
rocksdb-total-memory-size = "1 GiB"

[ingress]
bind-port = ${ingress}

[admin]
bind-port = ${admin}

[admin.query-engine]
memory-size = "256 MiB"

[bifrost]
record-cache-memory-size = "128 MiB"
`;
}
