import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FAILURE_CODES } from '../../src/contract/failure-code';
import { BAD_INPUT, NO_TEMPORAL } from '../../src/cli/report-failure';
import * as clientErrors from '../../src/client/errors';
import { ACTIVE_STATES, END_STATES } from '../../src/contract/state';

const doc = (name: string) => readFileSync(path.join(__dirname, '../../docs', name), 'utf8');

describe('docs/failures.md', () => {
  it('has a row for each failure code, and none for a code that is gone', () => {
    const section = doc('failures.md').split('## Not failures')[0] ?? '';
    const rows = [...section.matchAll(/^\| `(\w+)` +\|/gm)].map(([, code]) => code);
    expect(rows.sort()).toEqual([...FAILURE_CODES].sort());
  });

  it('names every error that the command line has an exit code for', () => {
    const text = doc('failures.md');
    for (const name of [...BAD_INPUT, ...NO_TEMPORAL]) expect(text).toContain(`\`${name}\``);
  });

  it('names every error class of the client library', () => {
    const text = doc('failures.md');
    for (const name of Object.keys(clientErrors)) expect(text).toContain(`\`${name}\``);
  });
});

describe('docs/design.md', () => {
  it('knows every state that this release uses', () => {
    const table = doc('design.md');
    for (const state of [...ACTIVE_STATES, ...END_STATES]) expect(table).toContain(`\`${state}\``);
  });
});
