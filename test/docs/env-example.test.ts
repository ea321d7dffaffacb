import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readConfig } from '../../src/config';

const ROOT = path.join(__dirname, '../..');
const EXAMPLE = readText('.env.example');

/** Read by `src/config.ts`, and set by the system rather than by a person. */
const OF_THE_SYSTEM = ['PATH', 'XDG_CACHE_HOME'];

describe('.env.example', () => {
  const listed = entries(EXAMPLE);

  it('lists exactly the variables that are read', () => {
    const config = [
      'src/config.ts',
      ...readdirSync(path.join(ROOT, 'src/config')).map((file) => `src/config/${file}`),
    ]
      .flatMap((file) => quotedNames(readText(file)))
      .filter((name) => !OF_THE_SYSTEM.includes(name));
    const temporal = quotedNames(readText('node_modules/@temporalio/envconfig/lib/envconfig-toml.js'))
      .concat(quotedNames(readText('node_modules/@temporalio/envconfig/lib/envconfig.js')))
      .filter((name) => name.startsWith('TEMPORAL_') && !name.endsWith('_'));
    const compose = interpolatedNames(readText('docker-compose.yml'));

    expect(config).toEqual(expect.arrayContaining(['DARKROOM_HOME', 'APIFRAME_API_KEY']));
    expect(temporal).toEqual(expect.arrayContaining(['TEMPORAL_ADDRESS', 'TEMPORAL_TLS']));
    const read = new Set([...config, ...temporal, ...compose]);
    expect(listed.map(({ name }) => name).sort()).toEqual([...read].sort());
  });

  it('shows the defaults that apply', () => {
    const shown = Object.fromEntries(listed.map(({ name, value }) => [name, value]));
    const { apiframe, temporal, ...config } = readWithNothingElse(shown);
    const { apiframe: bareApiframe, temporal: bareTemporal, ...bareConfig } = readWithNothingElse({});

    expect(config).toEqual(bareConfig);
    expect(temporal.cliPath).toBe(bareTemporal.cliPath);
    expect(apiframe).toEqual({ ...bareApiframe, baseUrl: apiframe.baseUrl });
  });

  it('shows the documented host of APIFRAME', () => {
    const { value } = listed.find(({ name }) => name === 'APIFRAME_BASE_URL') ?? {};
    expect(readText('src/config.ts')).toContain(`APIFRAME_DOCUMENTED_URL = '${value ?? ''}'`);
  });

  it('changes nothing as it is, so that a copy of it is safe', () => {
    expect(EXAMPLE.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });

  it('says of each variable what it is', () => {
    const lines = EXAMPLE.split('\n');
    const bare = lines.filter((line, index) => {
      const above = lines[index - 1] ?? '';
      return isEntry(line) && !/^# \S/.test(above) && !isPair(above, line);
    });
    expect(bare).toEqual([]);
  });
});

function readText(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

function isEntry(line: string): boolean {
  return /^#[A-Z]/.test(line);
}

/** `…_PATH` and `…_DATA`, one below the other, share one line of words. */
function isPair(above: string, line: string): boolean {
  const stem = (entry: string) => entry.replace(/_[A-Z]+=.*/, '');
  return isEntry(above) && stem(above) === stem(line);
}

function entries(text: string): { name: string; value: string }[] {
  return [...text.matchAll(/^#([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name = '', value = '']) => ({
    name,
    value,
  }));
}

/** String literals that can only be names of variables: capitals with an underscore in them, and PATH. */
function quotedNames(source: string): string[] {
  return [...source.matchAll(/['"]([A-Z][A-Z0-9]*_[A-Z0-9_]*|PATH)['"]/g)].map(([, name = '']) => name);
}

/** The names in `${NAME:-default}`. */
function interpolatedNames(yaml: string): string[] {
  return [...yaml.matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, name = '']) => name);
}

function readWithNothingElse(env: Record<string, string>): ReturnType<typeof readConfig> {
  const real = process.env;
  process.env = {};
  try {
    return readConfig(env);
  } finally {
    process.env = real;
  }
}
