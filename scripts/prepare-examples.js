'use strict';
// Builds the examples in other languages into the cache, so that the tests can run them: all of them, or those that are
// named. With --list, says as JSON how each is run, or why it cannot be, and does nothing else.
const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { constants } = require('node:fs');
const fs = require('node:fs');
const { homedir } = require('node:os');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');
const EXAMPLES = path.join(ROOT, 'examples');
const MODULES = path.join(ROOT, 'node_modules');
const CACHE = path.resolve(
  process.env.DARKROOM_CACHE_DIR ||
    path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'darkroom'),
);
/** A registry that does not answer would hold a run for ever. */
const LIMIT_MS = 15 * 60_000;
/** A JVM that runs for seconds: with the quick compiler alone. */
const JVM = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-XX:-UsePerfData'];

/**
 * `build` runs in a copy of the example's folder; `command` runs what it left in `folder`. `needs` are the programs that
 * the built one needs, `buildNeeds` those that only building needs.
 */
const LANGUAGES = {
  go: {
    needs: [],
    buildNeeds: ['go'],
    build: (folder) => run('go', ['build', '-o', 'train', '.'], folder),
    command: (folder) => [path.join(folder, 'train')],
  },
  python: {
    needs: ['python3'],
    buildNeeds: [],
    // Into a folder instead of a virtual environment, which not every python3 can make.
    build: (folder) => run('python3', [...PIP, '--target', 'packages', '-r', 'requirements.txt'], folder),
    command: (folder) => ['python3', path.join(folder, 'train.py')],
    env: (folder) => ({ PYTHONPATH: path.join(folder, 'packages') }),
  },
  java: {
    needs: ['java'],
    buildNeeds: ['mvn', 'javac'],
    build: (folder) => run('mvn', ['-q', '-B', 'package'], folder),
    command: (folder) => ['java', ...JVM, '-jar', path.join(folder, 'target/train.jar')],
  },
  typescript: {
    needs: ['node'],
    buildNeeds: [],
    // What npm install would bring is here already.
    build(folder) {
      fs.mkdirSync(path.join(folder, 'node_modules'));
      fs.symlinkSync(ROOT, path.join(folder, 'node_modules/darkroom'));
      fs.symlinkSync(path.join(MODULES, '@types'), path.join(folder, 'node_modules/@types'));
      run('node', [path.join(MODULES, 'typescript/bin/tsc')], folder);
    },
    command: (folder) => ['node', path.join(folder, 'dist/train.js')],
    // The client that it is compiled against is the one of this very folder, as it is now.
    isOf: () => [ROOT, fs.readFileSync(path.join(ROOT, 'dist/client.d.ts'), 'utf8')],
  },
  curl: {
    needs: ['bash', 'curl', 'python3'],
    buildNeeds: [],
    build: () => undefined,
    command: (folder) => [path.join(folder, 'train.sh')],
  },
};
const PIP = ['-m', 'pip', 'install', '--quiet', '--no-input', '--require-hashes'];
const MADE = ['node_modules', 'dist', 'target', 'packages', '__pycache__'];

function run(program, args, cwd) {
  try {
    execFileSync(program, args, { cwd, stdio: 'pipe', encoding: 'utf8', timeout: LIMIT_MS });
  } catch (error) {
    throw new Error(
      `${program} failed: ${`${error.stderr ?? ''}${error.stdout ?? ''}`.trim() || error.message}`,
    );
  }
}

function isOnPath(program) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => {
    try {
      fs.accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function missingOf(programs) {
  const missing = programs.filter((program) => !isOnPath(program));
  return missing.length === 0
    ? null
    : `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not on the PATH`;
}

function sourcesOf(language) {
  const folder = path.join(EXAMPLES, language);
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((name) => !name.split(path.sep).some((part) => MADE.includes(part)))
    .sort();
}

/** Another folder for every other content, so that nothing that is out of date is ever run. */
function placeOf(language) {
  const hash = createHash('sha256');
  for (const part of LANGUAGES[language].isOf?.() ?? []) hash.update(part);
  for (const name of sourcesOf(language))
    hash.update(`\0${name}\0`).update(fs.readFileSync(path.join(EXAMPLES, language, name)));
  return path.join(CACHE, `examples-${language}-${hash.digest('hex').slice(0, 16)}`);
}

function list() {
  return Object.fromEntries(
    Object.entries(LANGUAGES).map(([language, { needs, command, env }]) => {
      const place = placeOf(language);
      const why =
        missingOf(needs) ??
        (fs.existsSync(place) ? null : 'it is not built: node scripts/prepare-examples.js builds it');
      return [language, why === null ? { command: command(place), env: env?.(place) ?? {} } : { why }];
    }),
  );
}

/** One rename on one disk: whoever looks sees no folder, or the whole of it. */
function prepare(language) {
  const { needs, buildNeeds, build } = LANGUAGES[language];
  const place = placeOf(language);
  if (fs.existsSync(place)) return `is in ${place}`;
  const missing = missingOf([...needs, ...buildNeeds]);
  if (missing !== null) throw new Error(missing);
  fs.mkdirSync(CACHE, { recursive: true, mode: 0o700 });
  const work = fs.mkdtempSync(path.join(CACHE, `download-example-`));
  try {
    for (const name of sourcesOf(language))
      fs.cpSync(path.join(EXAMPLES, language, name), path.join(work, name));
    build(work);
    fs.renameSync(work, place);
  } catch (error) {
    // Another run was faster: what it left is as good.
    if (!fs.existsSync(place)) throw error;
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  return `was built into ${place}`;
}

const [option] = process.argv.slice(2);
if (option === '--list') {
  console.log(JSON.stringify(list()));
} else {
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(LANGUAGES);
  for (const language of wanted) {
    try {
      if (!(language in LANGUAGES)) throw new Error(`there are ${Object.keys(LANGUAGES).join(', ')}`);
      console.log(`The example in ${language} ${prepare(language)}`);
    } catch (error) {
      console.error(`The example in ${language} could not be built: ${error.message}`);
      process.exitCode = 1;
    }
  }
}
