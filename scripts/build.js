'use strict';
// Compiles to dist/, then bundles the workflows: a workflow that imports something forbidden fails here, not in
// a worker that is already deployed.
const { execFileSync } = require('node:child_process');
const {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const dist = path.join(root, 'dist');

// Written last: what is older than it is built.
const stamp = path.join(dist, '.built');

/**
 * npm runs `prepare` not only on install: the first `npx darkroom` in this folder does too. A build then would take
 * the running files away from a `darkroom dev` next door.
 */
function isUpToDate() {
  if (!existsSync(stamp)) return false;
  const builtMs = statSync(stamp).mtimeMs;
  const sources = readdirSync(path.join(root, 'src'), { recursive: true }).map((name) =>
    path.join('src', name),
  );
  const inputs = [
    ...sources,
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'scripts/build.js',
  ];
  return inputs.every((name) => statSync(path.join(root, name)).mtimeMs < builtMs);
}

async function build() {
  rmSync(dist, { recursive: true, force: true });
  const tsc = require.resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  chmodSync(path.join(dist, 'cli/main.js'), 0o755);
  copyAssets();
  await bundleWorkflows('workflow-bundle.js');
  const tracing = packageFile('@temporalio/interceptors-opentelemetry/lib/workflow-interceptors');
  if (tracing !== null) await bundleWorkflows('workflow-bundle-traced.js', [tracing]);
  writeSchemas();
  writeFileSync(stamp, '');
}

/** What the compiler leaves alone. */
function copyAssets() {
  const assets = 'gateway/pages/assets';
  cpSync(path.join(root, 'src', assets), path.join(dist, assets), { recursive: true });
}

/** Null where an optional package is not installed. */
function packageFile(name) {
  try {
    return require.resolve(name);
  } catch {
    return null;
  }
}

/** @param workflowInterceptorModules files of what is told of each step of a workflow */
async function bundleWorkflows(name, workflowInterceptorModules = []) {
  const { bundleWorkflowCode, DefaultLogger } = require('@temporalio/worker');
  const workflowsPath = path.join(dist, 'workflows/index.js');
  const payloadConverterPath = path.join(dist, 'payload-converter.js');
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    payloadConverterPath,
    workflowInterceptorModules,
    // Run once in a worker instead of once in each training. None of them keeps anything between two calls: ESLint sees to it.
    preloadModules: [workflowsPath, payloadConverterPath],
    logger: new DefaultLogger('WARN'),
  });
  writeFileSync(path.join(dist, name), code);
}

function writeSchemas() {
  const { contractSchemas } = require(path.join(dist, 'contract/json-schemas.js'));
  mkdirSync(path.join(dist, 'schema'), { recursive: true });
  for (const [name, schema] of Object.entries(contractSchemas())) {
    writeFileSync(path.join(dist, `schema/${name}.json`), `${JSON.stringify(schema, null, 2)}\n`);
  }
}

const isWanted = !process.argv.includes('--if-needed') || !isUpToDate();
(isWanted ? build() : Promise.resolve()).catch((error) => {
  console.error(error);
  process.exit(1);
});
