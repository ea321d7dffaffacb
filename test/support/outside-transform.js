'use strict';

/**
 * Temporal's packages take a second of CPU to load, and Jest would load them again for each of a hundred test files. They keep
 * nothing that one test file could leave to the next; what they make are instances of Node's own `Error`, not of Jest's.
 */
module.exports = {
  process: (_source, filename) => ({ code: codeFor(JSON.stringify(filename)) }),
};

/** Where Jest prepares its run there is no environment, and Node compiles the file as it would without Jest. */
function codeFor(file) {
  return `
    if (globalThis.requireOutside) module.exports = globalThis.requireOutside(${file});
    else module._compile(require('node:fs').readFileSync(${file}, 'utf8'), ${file});
  `;
}
