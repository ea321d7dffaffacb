import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseDurationMs } from '../../src/duration';
import { SEARCH_ATTRIBUTES } from '../../src/contract/names';

const ROOT = path.join(__dirname, '../..');
const COMPOSE = readText('docker-compose.yml');
const SHUTDOWN_FORCE_MS = 20_000; // src/worker.ts adds it to the grace

/** What leaves again when its work is done. */
const ONE_SHOTS = ['temporal-schema', 'temporal-setup'];
const LONG_RUNNING = ['postgresql', 'temporal', 'ui', 'sandbox', 'worker', 'gateway'];

describe('docker-compose.yml', () => {
  const services = serviceTexts(COMPOSE);

  it('has the services that the tests below speak of', () => {
    expect(Object.keys(services).sort()).toEqual([...ONE_SHOTS, ...LONG_RUNNING].sort());
  });

  it.each(LONG_RUNNING)('checks the health of %s', (service) => {
    expect(services[service]).toMatch(/^ {4}healthcheck:$/m);
    expect(services[service]).toMatch(/^ {6}test:/m);
  });

  it.each(ONE_SHOTS)('lets somebody wait for the end of %s, and does not start it again', (service) => {
    expect(COMPOSE).toContain(`${service}:\n        condition: service_completed_successfully`);
    expect(services[service]).not.toMatch(/restart:/);
  });

  it('waits for what each service needs, never just for its start', () => {
    const listForm = Object.values(services).filter((text) => /depends_on:\n {6}- /.test(text));
    expect(listForm).toEqual([]);
    expect(COMPOSE).not.toContain('service_started');
    expect(dependencies(services['temporal-schema'])).toEqual(['postgresql']);
    expect(dependencies(services['temporal'])).toEqual(['temporal-schema']);
    expect(dependencies(services['temporal-setup'])).toEqual(['temporal']);
    expect(dependencies(services['worker'])).toEqual(['temporal-setup', 'sandbox']);
    expect(dependencies(services['gateway'])).toEqual(['temporal-setup']);
  });

  it('publishes ports on this machine alone', () => {
    const ports = Object.values(services).flatMap(publishedPorts);
    expect(ports).toContain('127.0.0.1:7233:7233');
    expect(ports.filter((port) => !/^127\.0\.0\.1:\d+:\d+$/.test(port))).toEqual([]);
    expect(COMPOSE).not.toContain('network_mode');
  });

  it('uses exact tags, and no auto-setup', () => {
    const images = [...COMPOSE.matchAll(/^ {4}image: (\S+)$/gm)].map(([, image = '']) => image);
    expect(images).toHaveLength(5);
    expect(images.filter((image) => !/:\d+\.\d+(\.\d+)?(-\w+)?$/.test(image))).toEqual([]);
    expect(images.filter((image) => image.includes('auto-setup'))).toEqual([]);
    const versionOf = (name: string) => images.find((image) => image.includes(`/${name}:`))?.split(':')[1];
    expect(versionOf('admin-tools')).toBe(versionOf('server'));
  });

  it('registers the search attributes that the workflows write', () => {
    const script = readText('deploy/setup-namespace.sh');
    const names = /^SEARCH_ATTRIBUTES='(.*)'$/m.exec(script)?.[1]?.split(' ');
    expect(names).toEqual(Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => `${name}=${type}`));
  });

  it('sets variables that .env.example knows, and reads no others', () => {
    const known = new Set([...readText('.env.example').matchAll(/^#([A-Z][A-Z0-9_]*)=/gm)].map(([, n]) => n));
    const set = ['worker', 'sandbox', 'gateway'].flatMap((service) => environmentNames(services[service]));
    const read = [...COMPOSE.matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, name]) => name);
    expect(set).toEqual(expect.arrayContaining(['TEMPORAL_ADDRESS', 'APIFRAME_BASE_URL']));
    expect([...set, ...read].filter((name) => !known.has(name))).toEqual([]);
  });

  it('gives the worker longer to stop than it takes', () => {
    const stopMs = parseDurationMs(/stop_grace_period: (\S+)/.exec(services['worker'] ?? '')?.[1] ?? '');
    const grace = /^#DARKROOM_SHUTDOWN_GRACE=(.*)$/m.exec(readText('.env.example'))?.[1] ?? '';
    expect(stopMs).toBeGreaterThan((parseDurationMs(grace) ?? Infinity) + SHUTDOWN_FORCE_MS);
  });

  it('mounts files that exist', () => {
    const files = [...COMPOSE.matchAll(/^ {6}- \.\/(\S+?):/gm)].map(([, file = '']) => file);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(readText(file)).not.toBe('');
  });

  const compose = composeCommand();
  (compose === null ? it.skip : it)('is valid, and means what its text says', () => {
    // Neither a .env file of this folder nor a variable of this shell may decide what is tested.
    const files = ['-f', 'docker-compose.yml', '--env-file', '.env.example'];
    const meaning = run(compose ?? [], [...files, 'config']);
    const understood = serviceTexts(meaning);
    expect(Object.keys(understood).sort()).toEqual(Object.keys(services).sort());
    for (const service of LONG_RUNNING) expect(understood[service]).toMatch(/^ {4}healthcheck:$/m);
    expect(understood['worker']).toMatch(/no-new-privileges/);
    expect(understood['sandbox']).toMatch(/no-new-privileges/);
  });
});

function readText(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** The text below each service, by its name. No YAML parser is a dependency of ours; `prettier` keeps the form. */
function serviceTexts(yaml: string): Record<string, string> {
  const [, below = ''] = /^services:\n((?: .*\n|\n)*)/m.exec(yaml) ?? [];
  const parts = below.split(/^ {2}([\w-]+):\n/m).slice(1);
  return Object.fromEntries(
    parts.flatMap((name, index) => (index % 2 === 0 ? [[name, parts[index + 1] ?? '']] : [])),
  );
}

function block(service: string | undefined, key: string): string {
  return new RegExp(`^ {4}${key}:\\n((?: {6}.*\\n)*)`, 'm').exec(service ?? '')?.[1] ?? '';
}

function dependencies(service: string | undefined): string[] {
  return [...block(service, 'depends_on').matchAll(/^ {6}([\w-]+):$/gm)].map(([, name = '']) => name);
}

function publishedPorts(service: string): string[] {
  return [...block(service, 'ports').matchAll(/^ {6}- '?([^'\n]*)'?$/gm)].map(([, port = '']) => port);
}

function environmentNames(service: string | undefined): string[] {
  return [...block(service, 'environment').matchAll(/^ {6}(\w+):/gm)].map(([, name = '']) => name);
}

/** Compose as it is installed here, the plugin or the older program; null without either. */
function composeCommand(): readonly string[] | null {
  const isThere = (form: readonly string[]) => {
    try {
      return run(form, ['version']) !== '';
    } catch {
      return false;
    }
  };
  return [['docker', 'compose'], ['docker-compose']].find(isThere) ?? null;
}

/** @throws with what the program said, when it fails */
function run([program = '', ...first]: readonly string[], args: readonly string[]): string {
  const options = { cwd: ROOT, env: { PATH: process.env['PATH'] }, stdio: 'pipe', timeout: 30_000 } as const;
  return execFileSync(program, [...first, ...args], { ...options, encoding: 'utf8' });
}
