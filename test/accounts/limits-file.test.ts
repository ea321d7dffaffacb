import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AccountsFileError, limitsFile } from '../../src/accounts/limits-file';

describe('accounts.yaml', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'darkroom-accounts-'));
    file = path.join(folder, 'accounts.yaml');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const problemOf = (yaml: string): string => {
    writeFileSync(file, yaml);
    try {
      limitsFile(file);
    } catch (error) {
      if (error instanceof AccountsFileError) return error.message;
      throw error;
    }
    return 'none';
  };

  it('need not be there: no account has limits then', () => {
    expect(limitsFile(file).of('apiframe', 'default')).toEqual({ limits: null, problem: null });
  });

  it('says what each account, and each of its customers, may', () => {
    writeFileSync(
      file,
      `accounts:
  - provider: apiframe
    slots: 10
    submissionsPerMinute: 20
    creditsPerDay: 4000
    eachCustomer: { slots: 5 }
    customers:
      - { customer: c-7, slots: 3, creditsPerDay: 500 }
  - { provider: tryiton, account: second, paused: true }
`,
    );
    const limits = limitsFile(file);
    expect(limits.of('apiframe', 'default').limits).toEqual({
      slots: 10,
      submissionsPerMinute: 20,
      creditsPerDay: 4000,
      isPaused: false,
      eachCustomer: { slots: 5, creditsPerDay: null },
      customers: { 'c-7': { slots: 3, creditsPerDay: 500 } },
    });
    expect(limits.of('tryiton', 'second').limits).toMatchObject({ slots: null, isPaused: true });
    expect(limits.of('tryiton', 'default').limits).toBeNull();
  });

  it.each([
    [
      'zero',
      'accounts: [{ provider: apiframe, creditsPerDay: 0 }]',
      'accounts[0].creditsPerDay: must be at least 1; to let nothing in, say "paused: true"',
    ],
    ['negative', 'accounts: [{ provider: apiframe, slots: -3 }]', 'accounts[0].slots: must be at least 1'],
    [
      'a fraction',
      'accounts: [{ provider: apiframe, slots: 1.5 }]',
      'accounts[0].slots: must be a whole number',
    ],
    ['another provider', 'accounts: [{ provider: nobody }]', 'accounts[0].provider'],
    ['a word too many', 'accounts: [{ provider: apiframe, slot: 3 }]', '"slot"'],
    [
      'an account twice',
      'accounts: [{ provider: apiframe }, { provider: apiframe }]',
      'accounts[1]: apiframe (default) is there twice',
    ],
    [
      'a customer twice',
      'accounts: [{ provider: apiframe, customers: [{ customer: a }, { customer: a }] }]',
      'accounts[0].customers[1]: the customer a is there twice',
    ],
    [
      'a name for a pseudonym',
      'accounts: [{ provider: apiframe, customers: [{ customer: "a b" }] }]',
      'pseudonymous',
    ],
    ['no YAML', 'accounts: [', 'is not YAML'],
    ['nothing', '', 'the file:'],
  ])('that is wrong (%s) says where and what to do', (_what, yaml, words) => {
    expect(problemOf(yaml)).toContain(words);
    expect(problemOf(yaml)).toContain(file);
  });

  it('names all that is wrong at once', () => {
    const problem = problemOf('accounts: [{ provider: apiframe, slots: 0, creditsPerDay: -1 }]');
    expect(problem).toContain('slots');
    expect(problem).toContain('creditsPerDay');
  });

  it('is read again when it changes; one that is wrong changes nothing, and says so', () => {
    writeFileSync(file, 'accounts: [{ provider: apiframe, slots: 3 }]');
    const limits = limitsFile(file);
    writeFileSync(file, 'accounts: [{ provider: apiframe, slots: 44 }]');
    expect(limits.of('apiframe', 'default').limits?.slots).toBe(44);
    writeFileSync(file, 'accounts: [{ provider: apiframe, slots: -444 }]');
    const wrong = limits.of('apiframe', 'default');
    expect(wrong.limits?.slots).toBe(44);
    expect(wrong.problem).toContain('slots: must be at least 1');
    writeFileSync(file, 'accounts: [{ provider: apiframe, slots: 5 }]');
    expect(limits.of('apiframe', 'default')).toMatchObject({ limits: { slots: 5 }, problem: null });
    // As in the moment in which it is replaced.
    rmSync(file);
    const gone = limits.of('apiframe', 'default');
    expect(gone.limits?.slots).toBe(5);
    expect(gone.problem).toContain('does not name the account');
    expect(limits.of('tryiton', 'default')).toEqual({ limits: null, problem: null });
    writeFileSync(file, 'accounts: [{ provider: tryiton, slots: 7 }]');
    expect(limits.of('tryiton', 'default')).toMatchObject({ limits: { slots: 7 }, problem: null });
    expect(limits.of('apiframe', 'default').limits?.slots).toBe(5);
    writeFileSync(file, 'accounts: [{ provider: apiframe }]');
    expect(limits.of('apiframe', 'default')).toMatchObject({ limits: { slots: null }, problem: null });
    // Named without any, to be rid of them.
    rmSync(file);
    expect(limits.of('apiframe', 'default')).toEqual({ limits: null, problem: null });
    expect(limits.of('tryiton', 'default').limits?.slots).toBe(7);
  });
});
