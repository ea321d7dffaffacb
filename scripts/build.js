'use strict';
// Compiles to dist/, then bundles the workflows: a workflow that imports something forbidden fails here, not in
// a worker that is already deployed.
const { execFileSync } = require('node:child_process');
const { mkdirSync, rmSync, writeFileSync, chmodSync } = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const dist = path.join(root, 'dist');

async function build() {
  rmSync(dist, { recursive: true, force: true });
  const tsc = require.resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  chmodSync(path.join(dist, 'cli/main.js'), 0o755);
  await bundleWorkflows();
  writeSchemas();
}

async function bundleWorkflows() {
  const { bundleWorkflowCode, DefaultLogger } = require('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: path.join(dist, 'workflows/index.js'),
    logger: new DefaultLogger('WARN'),
  });
  writeFileSync(path.join(dist, 'workflow-bundle.js'), code);
}

function writeSchemas() {
  const { contractSchemas } = require(path.join(dist, 'contract/json-schemas.js'));
  mkdirSync(path.join(dist, 'schema'), { recursive: true });
  for (const [name, schema] of Object.entries(contractSchemas())) {
    writeFileSync(path.join(dist, `schema/${name}.json`), `${JSON.stringify(schema, null, 2)}\n`);
  }
}

build().catch((error) => {
  console.error(error);
  process.exit(1);
});
