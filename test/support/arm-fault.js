'use strict';
// Loaded into a worker process before its program (node -r): arms the fault point that TEST_FAULT names, as
// point:action[:ms]. The product itself has no switch for it.
const path = require('node:path');
const { armFaultPoint } = require(path.join(__dirname, '../../dist/fault-points.js'));

const [point, action, ms] = (process.env.TEST_FAULT ?? '').split(':');

const ACTIONS = {
  exit: () => process.exit(1),
  kill: () => process.kill(process.pid, 'SIGKILL'),
  throw: (name) => {
    throw new Error(`thrown at ${name}`);
  },
  // The whole process stands still, heartbeats too, and then goes on as if nothing had happened.
  freeze: () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(ms)),
};

armFaultPoint(point, (name) => {
  process.stderr.write(`fault: ${name} ${action}\n`);
  ACTIONS[action](name);
});
