'use strict';
// Checks what npm would publish, from a packed copy: that every entry resolves, with types, for ESM and for CommonJS.
const { execFileSync } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');

async function problemsOfPublint() {
  const { publint } = await import('publint');
  const { formatMessage } = await import('publint/utils');
  const { messages, pkg } = await publint({ pkgDir: ROOT, pack: false, level: 'suggestion' });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`);
}

async function problemsOfTypes() {
  const { checkPackage, createPackageFromTarballData } = await import('@arethetypeswrong/core');
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-pack-'));
  try {
    const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
    const [{ filename }] = JSON.parse(
      execFileSync('npm', pack, { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' }),
    );
    const data = new Uint8Array(readFileSync(path.join(folder, filename)));
    const analysis = await checkPackage(createPackageFromTarballData(data));
    if (analysis.types === false) return ['types: there are none'];
    return (
      analysis.problems
        // TypeScript's resolution of before `exports`, which no Node has that this package runs on.
        .filter((problem) => problem.resolutionKind !== 'node10')
        .map(({ kind, entrypoint = '', resolutionKind = '' }) =>
          `types: ${kind} ${entrypoint} ${resolutionKind}`.trim(),
        )
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main() {
  const problems = [...(await problemsOfPublint()), ...(await problemsOfTypes())];
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
