import { readFileSync } from 'node:fs';
import path from 'node:path';
import { API_SCOPES } from '../../src/gateway/api/api-key';
import { PROBLEMS } from '../../src/gateway/api/problem';

const text = readFileSync(path.join(__dirname, '../../docs/api.md'), 'utf8');

test('docs/api.md has a row for each problem, with its status', () => {
  const rows = [...text.matchAll(/^\| `([a-z-]+)` +\| (\d{3}) /gm)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  const known = Object.entries(PROBLEMS).map(([code, { status }]) => [code, status]);
  expect(rows.sort()).toEqual(known.sort());
});

test('and names each scope', () => {
  for (const scope of API_SCOPES) expect(text).toContain(`\`${scope}\``);
});
