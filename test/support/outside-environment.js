'use strict';
const { TestEnvironment } = require('jest-environment-node');

/** Gives tests the packages that `outside-transform.js` names from Node's own cache, loaded once in each of Jest's processes. */
module.exports = class OutsideEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.requireOutside = require;
  }
};
