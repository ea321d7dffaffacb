'use strict';
const Sequencer = require('@jest/test-sequencer').default;

/**
 * The files that wait longest come first. Jest orders by what it has measured before, and a fresh clone has measured
 * nothing: two minutes of waiting at the end, with nothing beside them, would be two minutes more.
 */
module.exports = class SlowFirst extends Sequencer {
  sort(tests) {
    const isSlow = ({ path }) => /\/test\/(faults|workflows|cli|docs)\//.test(path);
    const rank = (test) => (/\/test\/faults\//.test(test.path) ? 0 : isSlow(test) ? 1 : 2);
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};
