import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
  exports: Record<string, { types: string; default: string }>;
};

const run = (code: string) =>
  execFileSync(process.execPath, ['-e', code], { cwd: ROOT, encoding: 'utf8' }).trim();

describe('the package', () => {
  it('is imported by its name, by the client library and the contract', () => {
    expect(run("console.log(Object.keys(require('darkroom')).sort().join())")).toContain('connect');
    expect(run("console.log(require('darkroom/contract').TRAIN_PERSON_WORKFLOW)")).toBe('trainPerson');
    expect(run("import('darkroom').then(({ connect }) => console.log(typeof connect))")).toBe('function');
  });

  it('has types for both', () => {
    for (const entry of ['.', './contract']) {
      const { types, default: code } = manifest.exports[entry] ?? { types: '', default: '' };
      expect([types, code].map((file) => existsSync(path.join(ROOT, file)))).toEqual([true, true]);
    }
  });

  it('ships the JSON Schemas of the contract for other languages', () => {
    const schema = run("console.log(JSON.stringify(require('darkroom/schema/train-request.json')))");
    expect(JSON.parse(schema)).toMatchObject({ $schema: expect.stringContaining('2020-12') as string });
  });

  it('pins all of Temporal to one exact version, with one copy of what failures are made of', () => {
    const temporal = Object.entries(manifest.dependencies).filter(([name]) =>
      name.startsWith('@temporalio/'),
    );
    expect(new Set(temporal.map(([, version]) => version))).toEqual(new Set(['1.24.0']));
    expect(() =>
      execFileSync(process.execPath, ['scripts/check-dependencies.js'], { cwd: ROOT }),
    ).not.toThrow();
  });
});
