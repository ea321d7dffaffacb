'use strict';
const { TestEnvironment } = require('jest-environment-node');

/** Gives tests the packages that `outside-transform.js` names from Node's own cache, loaded once in each of Jest's processes. */
module.exports = class OutsideEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.requireOutside = require;
    // They ask whether what they are given as an instant is one, and the sandbox of a test has a Date of its own.
    this.global.Date = Date;
  }
};
