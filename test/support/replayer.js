'use strict';
/**
 * Replays what the tests have started, in a process of its own. The SDK replays on the thread that asks for it and leaves a hook on
 * every promise of that thread: in Jest's own processes all that follows the first replay would take half as much CPU again.
 *
 * `POST /` with `{address, namespace, ids}` or `{workflowId, history}`; 200, or 422 with the error's name and message.
 */
const { createServer } = require('node:http');
const path = require('node:path');
const { json } = require('node:stream/consumers');
const { Client, Connection } = require('@temporalio/client');
const { Worker } = require('@temporalio/worker');
const { appendLine } = require('../../dist/cli/append-line');
const { installRuntime } = require('../../dist/worker-runtime');

const workflowBundle = { codePath: path.join(__dirname, '../../dist/workflow-bundle.js') };
const [, , folder] = process.argv;

/** One worker replays all of them, one after the other: each would cost a twentieth of a second. */
const queue = [];
let inHand = null;
let wake = () => undefined;

async function* histories() {
  for (;;) {
    inHand = queue.shift() ?? null;
    if (inHand === null) await new Promise((resolve) => (wake = resolve));
    else yield inHand;
  }
}

async function replayAll() {
  for await (const { error } of Worker.runReplayHistories({ workflowBundle }, histories()))
    settle(error ?? null);
}

function settle(error) {
  inHand.settle(error);
  inHand = null;
}

function replay(workflowId, history) {
  return new Promise((resolve, reject) => {
    const settle = (error) => (error === null ? resolve() : reject(error));
    queue.push({ workflowId, history, settle });
    wake();
  });
}

/** Every run, continued ones included. */
async function replayRuns({ workflow }, id) {
  const current = await workflow.getHandle(id).fetchHistory();
  // The current run's start event names the first of its chain.
  let runId = current.events[0].workflowExecutionStartedEventAttributes.firstExecutionRunId;
  while (runId) {
    const history = await workflow.getHandle(id, runId).fetchHistory();
    await replay(id, history);
    runId = history.events.at(-1).workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
}

async function obey({ address, namespace, ids, workflowId, history }) {
  if (history !== undefined) return replay(workflowId, history);
  const connection = await Connection.connect({ address });
  try {
    const client = new Client({ connection, namespace });
    for (const id of ids) await replayRuns(client, id);
  } finally {
    await connection.close();
  }
}

const server = createServer((request, response) => {
  const answer = (status, body) => response.writeHead(status).end(JSON.stringify(body));
  json(request)
    .then(obey)
    .then(
      () => answer(200, {}),
      ({ name, message }) => answer(422, { name, message }),
    );
});

// Nothing is left when Jest is killed.
process.on('disconnect', () => process.exit());
installRuntime(appendLine(path.join(folder, 'replayer.log')));
server.listen(0, '127.0.0.1', () => process.send(`http://127.0.0.1:${server.address().port}`));
(async () => {
  for (;;)
    await replayAll().catch((error) => {
      // One history that cannot even be read ends the worker, and not the rest of the run. Without one it would end for ever.
      if (inHand === null) throw error;
      settle(error);
    });
})();
