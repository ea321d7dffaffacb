import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');

function pages(): string[] {
  const docs = readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  return [
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'examples/README.md',
    ...docs.map((name) => `docs/${name}`),
  ].filter((name) => name.endsWith('.md'));
}

describe('the documents', () => {
  it.each(pages())('%s links only to files that are there', (page) => {
    const text = readFileSync(path.join(ROOT, page), 'utf8');
    const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target]) => target ?? '');
    const local = targets.filter((target) => !/^https?:/.test(target));
    const missing = local.filter((target) => !existsSync(path.join(ROOT, path.dirname(page), target)));
    expect(missing).toEqual([]);
  });

  it.each(pages())('%s names only test files that are there', (page) => {
    const text = readFileSync(path.join(ROOT, page), 'utf8');
    const named = [...text.matchAll(/`(test\/[\w/.-]+)`/g)].map(([, file]) => file ?? '');
    expect(named.filter((file) => !file.includes('NAME') && !existsSync(path.join(ROOT, file)))).toEqual([]);
  });
});
