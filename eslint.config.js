'use strict';
const tseslint = require('typescript-eslint');
const importX = require('eslint-plugin-import-x');
const { builtinModules } = require('node:module');

// Data flows one way (docs/design.md §3). `target` may not import from `from`.
const forbid = (target, ...from) => ({
  target: `./src/${target}`,
  from: from.map((place) => `./src/${place}`),
  message: `${target} must not depend on this: see docs/design.md, section 3`,
});
const everything = [
  'accounts',
  'activities',
  'batches',
  'callbacks',
  'cli',
  'gateway',
  'monitoring',
  'net',
  'photos',
  'providers',
  'sandbox',
  'schedules',
  'storage',
  'submissions',
  'temporal-server',
  'watching',
  'webhooks',
  'workflows',
];
const allBut = (...allowed) => everything.filter((place) => !allowed.includes(place));

const ONE_MAKER_OF_FAILURES = ['MemberExpression[object', 'NewExpression[callee'].map((made) => ({
  selector: `${made}.name='ApplicationFailure']`,
  message: 'Only src/failures.ts makes an ApplicationFailure.',
}));
// The bundle runs these modules once for all trainings of a worker (scripts/build.js): what one keeps, another would find.
const SHARED = 'Modules of workflows are shared by all trainings: keep state in the run.';
const AT_THE_TOP = ':matches(Program, ExportNamedDeclaration) > VariableDeclaration';
const NOTHING_KEPT = [
  `${AT_THE_TOP}[kind!=const]`,
  `${AT_THE_TOP} > VariableDeclarator > NewExpression[callee.name=/^(Weak)?(Map|Set)$/]`,
  `${AT_THE_TOP} > VariableDeclarator > ArrayExpression[elements.length=0]`,
  `${AT_THE_TOP} > VariableDeclarator > ObjectExpression[properties.length=0]`,
].map((selector) => ({ selector, message: SHARED }));

// The types of Preact bring those of a browser along, in which a name that nobody has declared may be a global one.
const A_BROWSERS =
  'document event history length localStorage location name navigator open origin parent screen self status stop top window'.split(
    ' ',
  );

module.exports = tseslint.config(
  { ignores: ['**/dist/**', 'coverage/**', 'node_modules/**', '.darkroom/**'] },
  {
    files: ['src/**/*.{ts,tsx}', 'test/**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: __dirname } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver': { typescript: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-globals': ['error', ...A_BROWSERS],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'import-x/no-cycle': 'error',
      'import-x/no-extraneous-dependencies': ['error', { devDependencies: ['test/**'] }],
      'import-x/no-restricted-paths': [
        'error',
        {
          basePath: __dirname,
          zones: [
            forbid('contract', ...everything, 'client.ts', 'config.ts', 'worker.ts', 'failures.ts'),
            forbid('photos', ...allBut('photos')),
            forbid('storage', ...allBut('storage', 'net')),
            forbid('net', ...allBut('net')),
            forbid('accounts', ...allBut('accounts', 'storage')),
            forbid('schedules', ...allBut('schedules')),
            forbid('batches', ...allBut('batches', 'storage', 'providers')),
            // What a training costs, without what starts one.
            {
              ...forbid('batches', 'providers'),
              except: ['./port.ts', './apiframe-v1/facts.ts', './tryiton/facts.ts'],
            },
            forbid('submissions', ...allBut('submissions', 'storage')),
            forbid('providers', ...allBut('providers')),
            forbid(
              'activities',
              ...allBut(
                'activities',
                'accounts',
                'batches',
                'callbacks',
                'photos',
                'providers',
                'storage',
                'submissions',
                'watching',
                'webhooks',
              ),
            ),
            forbid('monitoring', ...allBut('monitoring', 'activities', 'providers')),
            forbid('webhooks', ...allBut('webhooks')),
            forbid('callbacks', ...allBut('callbacks', 'net')),
            // It reaches Temporal as any other service does: through client.ts.
            forbid(
              'gateway',
              ...allBut(
                'gateway',
                'accounts',
                'batches',
                'monitoring',
                'schedules',
                'storage',
                'webhooks',
                'photos',
              ),
            ),
            // What is said of a photo, without what looks at one.
            { ...forbid('gateway', 'photos'), except: ['./reason-sentences.ts'] },
            forbid('watching', ...allBut('watching', 'providers')),
            forbid('sandbox', ...allBut('sandbox', 'photos')),
            forbid('temporal-server', ...allBut('temporal-server')),
            forbid('client.ts', ...allBut('workflows', 'schedules')),
          ],
        },
      ],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/config.ts', 'src/config/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'The environment is read in src/config.ts alone.' },
      ],
    },
  },
  {
    // Workflow code is replayed: nothing that looks at the world, and no zod (it would cost 1 MB for each cached run).
    files: ['src/workflows/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [...builtinModules, 'zod'].map((name) => ({ name, message: 'Not in workflow code.' })),
          patterns: [
            { group: ['node:*'], message: 'Not in workflow code.' },
            {
              group: ['../activities/*', '../contract/*-schema*'],
              allowTypeImports: true,
              message: 'Types only.',
            },
            {
              group: [
                '../accounts/*',
                '../batches/*',
                '../schedules/*',
                '../config*',
                '../client*',
                '../net/*',
                '../photos/*',
                '../providers/*',
                '../storage/*',
                '../submissions/*',
                '../watching/*',
                '../webhooks/*',
                '../gateway/*',
                '../cli/*',
              ],
              message: 'Not in workflow code.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/failures.ts'],
    rules: { 'no-restricted-syntax': ['error', ...ONE_MAKER_OF_FAILURES] },
  },
  {
    files: ['src/workflows/**/*.ts', 'src/contract/**/*.ts', 'src/payload-converter.ts', 'src/duration.ts'],
    rules: { 'no-restricted-syntax': ['error', ...ONE_MAKER_OF_FAILURES, ...NOTHING_KEPT] },
  },
  {
    files: ['src/gateway/pages/assets/*.js'],
    languageOptions: {
      globals: { document: 'readonly', EventSource: 'readonly', CSS: 'readonly' },
      sourceType: 'script',
    },
  },
  { files: ['src/failures.ts'], rules: { 'no-restricted-syntax': ['error', ...NOTHING_KEPT] } },
  {
    files: ['**/*.js'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
