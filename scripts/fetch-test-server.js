'use strict';
// Fetches Temporal's time-skipping test server for the day-long tests, by Maven, into the cache. Which jars it consists
// of, and the hash of each, stands in test-server-jars.sha256: a jar with another hash is never kept, let alone run.
const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const { homedir, tmpdir } = require('node:os');
const path = require('node:path');

const LIST = path.join(__dirname, 'test-server-jars.sha256');
/** Whole, or Maven would take whatever version of it is newest here. */
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
/** 38 MB on a slow line. A repository that does not answer would hold a run for ever. */
const LIMIT_MS = 15 * 60_000;

const wanted = new Map(
  [...readFileSync(LIST, 'utf8').matchAll(/^([0-9a-f]{64}) {2}(\S+\.jar)$/gm)].map(([, hash, jar]) => [
    jar,
    hash,
  ]),
);
const version = [...wanted.keys()].flatMap(
  (jar) => /^temporal-test-server-(.+)\.jar$/.exec(jar)?.[1] ?? [],
)[0];

const cache =
  process.env.DARKROOM_CACHE_DIR ||
  path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'darkroom');
const target = path.resolve(cache, `temporal-test-server-${version}`);

/** What a person can act on: printed without a stack. */
class Stop extends Error {}

/** Why the folder does not hold exactly the jars of the list, or null. */
function whyNotWhole(folder) {
  const found = namesIn(folder);
  const extra = found.find((name) => !wanted.has(name));
  if (extra !== undefined) return `${extra} is not on the list`;
  for (const [jar, hash] of wanted) {
    if (!found.includes(jar)) return `${jar} is missing`;
    const actual = createHash('sha256')
      .update(readFileSync(path.join(folder, jar)))
      .digest('hex');
    if (actual !== hash) return `${jar} has the SHA-256 ${actual} and not the one on the list`;
  }
  return null;
}

function namesIn(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function assertThere(program, name) {
  try {
    execFileSync(program, ['-version'], { stdio: 'ignore' });
  } catch {
    throw new Stop(
      `${name} is needed to fetch Temporal's test server, and \`${program}\` does not run here.`,
    );
  }
}

function copyByMaven(folder) {
  const pom = path.join(folder, 'pom.xml');
  writeFileSync(
    pom,
    `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>darkroom</groupId>
  <artifactId>test-server</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`,
  );
  const jars = path.join(folder, 'jars');
  const args = ['-q', '-B', '-f', pom, COPY, '-DincludeScope=runtime', `-DoutputDirectory=${jars}`];
  try {
    // Its reasons go to stdout.
    execFileSync('mvn', args, { cwd: folder, stdio: 'pipe', encoding: 'utf8', timeout: LIMIT_MS });
  } catch (error) {
    const line = /\[ERROR\] (.+)/.exec(`${error.stdout ?? ''}${error.stderr ?? ''}`)?.[1] ?? error.message;
    throw new Stop(`Maven could not fetch Temporal's test server: ${line}`);
  }
  return jars;
}

/** One rename on one disk: whoever looks sees no folder, or the whole of it. */
function putInPlace(jars) {
  mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
  const beside = mkdtempSync(path.join(path.dirname(target), 'test-server-'));
  try {
    const whole = path.join(beside, 'jars');
    mkdirSync(whole);
    for (const jar of wanted.keys()) writeFileSync(path.join(whole, jar), readFileSync(path.join(jars, jar)));
    try {
      renameSync(whole, target);
    } catch (error) {
      // Another run was faster: what it left is as good, if it is whole.
      if (whyNotWhole(target) !== null) throw error;
    }
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

function fetchJars() {
  const before = namesIn(target).length === 0 ? null : whyNotWhole(target);
  if (before === null && namesIn(target).length > 0)
    return `Temporal's test server ${version} is in ${target}`;
  assertThere('java', 'Java');
  assertThere('mvn', 'Maven');
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-maven-'));
  try {
    const jars = copyByMaven(folder);
    const problem = whyNotWhole(jars);
    if (problem !== null)
      throw new Stop(`What Maven brought is not Temporal's test server as listed: ${problem}.`);
    // Not earlier: a run without a network should not take away what another one made.
    if (before !== null) rmSync(target, { recursive: true, force: true });
    putInPlace(jars);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const again = before === null ? '' : `; what lay there was not whole: ${before}`;
  return `Temporal's test server ${version}, ${wanted.size} jars, was fetched into ${target}${again}`;
}

try {
  console.log(fetchJars());
} catch (error) {
  console.error(error instanceof Stop ? error.message : error);
  process.exitCode = 1;
}
