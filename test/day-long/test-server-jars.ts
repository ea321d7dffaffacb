import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readConfig } from '../../src/config';

const LIST = path.join(__dirname, '../../scripts/test-server-jars.sha256');

/** Where `scripts/fetch-test-server.js` puts them, after a check. Named one by one: nothing else that lies there is run. */
export function testServerJars(): string[] {
  const names = [...readFileSync(LIST, 'utf8').matchAll(/^[0-9a-f]{64} {2}(\S+)$/gm)].map(
    ([, name = '']) => name,
  );
  const version = names.flatMap((name) => /^temporal-test-server-(.+)\.jar$/.exec(name)?.[1] ?? [])[0] ?? '?';
  return names.map((name) => path.join(readConfig().cacheDir, `temporal-test-server-${version}`, name));
}

export function missingJar(): string | null {
  return testServerJars().find((jar) => !existsSync(jar)) ?? null;
}
