/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: {
    '^.+\\.tsx?$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
  // One Temporal server for the whole run; every test file talks to it over its address.
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testTimeout: 60_000,
  // Most tests wait for a server or a process, so two cores take four: 5 min, where three take 6.
  maxWorkers: 4,
  testSequencer: '<rootDir>/test/support/slow-first.js',
};
