'use strict';
// Speaks as a photo process does, and does what the photo's name begins with. Each process leaves its number as a file
// in the folder of the photo, and each try a line beside the photo, so that a test can count them.
const { appendFileSync, existsSync, mkdirSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { dieWithParent } = require('../../../dist/photos/process/die-with-parent.js');

const DECODED = { readable: false, reason: 'damaged', thumbnail: null };
let photo = '';

const MISBEHAVIOR = {
  hang: () => {
    for (;;);
  },
  // Waits without keeping the thread busy, as for a disk that never answers.
  sleep: () => undefined,
  grow: () => {
    const kept = [];
    for (;;) kept.push(Buffer.alloc(4 * 1024 * 1024, 1));
  },
  crash: () => process.kill(process.pid, 'SIGSEGV'),
  exit: () => process.exit(0),
  throw: () => process.send({ answer: 'failed', words: 'a mistake of ours' }),
  // Answers well, and holds memory that it never gives back.
  fat: () => {
    globalThis.held = Buffer.alloc(100 * 1024 * 1024, 1);
    examined();
  },
  unlucky: () => {
    const before = `${photo}.seen`;
    if (existsSync(before)) return examined();
    writeFileSync(before, '');
    return process.kill(process.pid, 'SIGKILL');
  },
};

function examined() {
  const memoryBytes = process.memoryUsage.rss();
  process.send({
    answer: 'examined',
    examined: DECODED,
    facesUnavailable: null,
    cpuMs: process.pid,
    memoryBytes,
  });
}

dieWithParent();
process.on('message', (message) => {
  if (message.order === 'open') {
    photo = message.file.path;
    // A disk, or the network to it, that does not answer.
    if (path.basename(photo).startsWith('stall')) return undefined;
    mkdirSync(path.join(path.dirname(photo), 'pids'), { recursive: true });
    writeFileSync(path.join(path.dirname(photo), 'pids', String(process.pid)), '');
    return process.send({ answer: 'opened', contentHash: path.basename(photo) });
  }
  appendFileSync(`${photo}.tries`, 'x');
  const [what] = path.basename(photo).split('-');
  return (MISBEHAVIOR[what] ?? examined)();
});
process.send({ answer: 'ready', recipe: 'odd' });
