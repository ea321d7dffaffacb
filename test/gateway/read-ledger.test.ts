import { ProblemError } from '../../src/gateway/api/problem';
import { readLedger } from '../../src/gateway/read-ledger';
import { StorageError, type Storage } from '../../src/storage/port';

const name = { provider: 'apiframe', account: 'default' } as const;

/** A store whose lists are answered when somebody says so. */
function slowStore() {
  const answers: (() => void)[] = [];
  const list = () => new Promise<string[]>((resolve) => answers.push(() => resolve([])));
  return { store: { list } as unknown as Storage, answer: () => answers.splice(0).forEach((one) => one()) };
}

describe('ledgers are read two at a time', () => {
  it('and who comes third is told to come again', async () => {
    const { store, answer } = slowStore();
    const read = () => readLedger(store, name, ['2026-11-25']);
    const two = [read(), read()];
    await expect(read()).rejects.toThrow(ProblemError);
    await expect(read()).rejects.toMatchObject({ code: 'too-many' });
    answer();
    expect(await Promise.all(two)).toEqual([[], []]);
    const later = read();
    answer();
    expect(await later).toEqual([]);
  });

  it('also after one could not be read', async () => {
    const broken = { list: () => Promise.reject(new StorageError('gone', 'wait')) } as unknown as Storage;
    for (let n = 0; n < 3; n += 1)
      await expect(readLedger(broken, name, ['2026-11-25'])).rejects.toThrow(StorageError);
  });
});
