'use strict';
// The HEALTHCHECK of the image; the Dockerfile says what it proves and what not. Exit 0 is healthy, 1 is not.
const os = require('node:os');
const path = require('node:path');
const { Connection } = require('@temporalio/client');

const dist = path.join(__dirname, '../dist');
const { readConfig } = require(path.join(dist, 'config.js'));
const { accessFromEnvironment } = require(path.join(dist, 'temporal-connection.js'));

/** A poll waits at the server for up to a minute and counts from its start. */
const POLLED_WITHIN_MS = 150_000;
const ACTIVITY_TASKS = 2; // temporal.api.enums.v1.TaskQueueType: every queue of ours has activities

async function check() {
  const { queues } = readConfig().worker;
  const { connectionOptions, namespace } = accessFromEnvironment();
  const connection = await Connection.connect({ ...connectionOptions, connectTimeout: '5s' });
  try {
    const silent = [];
    for (const queue of queues) {
      const { pollers } = await connection.withDeadline(Date.now() + 5000, () =>
        connection.workflowService.describeTaskQueue({
          namespace,
          taskQueue: { name: queue },
          taskQueueType: ACTIVITY_TASKS,
        }),
      );
      if (!pollers.some(isOursAndAlive)) silent.push(queue);
    }
    return silent.length === 0 ? null : `no worker of this host polls ${silent.join(', ')}`;
  } finally {
    await connection.close();
  }
}

/** The SDK's identity of a worker is its process id at its host name, and the host name of a container is its own. */
function isOursAndAlive({ identity, lastAccessTime }) {
  const lastMs = Number(lastAccessTime?.seconds ?? 0) * 1000;
  return identity.endsWith(`@${os.hostname()}`) && Date.now() - lastMs < POLLED_WITHIN_MS;
}

check().then(
  (problem) => finish(problem),
  (error) => finish(error instanceof Error ? error.message : String(error)),
);

function finish(problem) {
  process.stdout.write(`${problem ?? 'polling'}\n`);
  process.exit(problem === null ? 0 : 1);
}
