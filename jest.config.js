// Temporal's packages once for each process; those of @fastify because they need packages that Jest cannot read.
const OUTSIDE = '/node_modules/(@temporalio|@fastify/static|@fastify/cookie)/';

const PREACT = { react: { runtime: 'automatic', importSource: 'preact' } };

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/test/support/outside-environment.js',
  roots: ['<rootDir>/test'],
  transform: {
    [`${OUTSIDE}.+\\.js$`]: '<rootDir>/test/support/outside-transform.js',
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
    '^.+\\.tsx$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: true }, transform: PREACT } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!@temporalio/|@fastify/static/|@fastify/cookie/)`],
  // One Temporal server for the whole run; every test file talks to it over its address.
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testTimeout: 60_000,
  // Most tests wait for a server or a process, so two cores take four: with three it took a fifth longer.
  maxWorkers: 4,
  testSequencer: '<rootDir>/test/support/slow-first.js',
};
