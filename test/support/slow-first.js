'use strict';
const Sequencer = require('@jest/test-sequencer').default;

/**
 * The files that wait longest come first. Jest orders by what it has measured before, and a fresh clone has measured
 * nothing: two minutes of waiting at the end, with nothing beside them, would be two minutes more.
 */
module.exports = class SlowFirst extends Sequencer {
  sort(tests) {
    const isSlow = ({ path }) => /\/test\/(faults|day-long|examples|gateway|watching)\//.test(path);
    return [...super.sort(tests)].sort((a, b) => Number(isSlow(b)) - Number(isSlow(a)));
  }
};
