import { provenStore } from '../../src/cli/proven-store';
import { StorageError, type Storage } from '../../src/storage/port';
import { filesystemStorage } from '../../src/storage/filesystem';

const storeThat = (prove: Storage['prove']): Storage => ({ ...filesystemStorage('/nowhere'), prove });
const never = new AbortController().signal;

describe('a worker that starts on a store', () => {
  it('begins where the store proves itself', async () => {
    const said: string[] = [];
    const storage = storeThat(() => Promise.resolve());
    expect(await provenStore(storage, (line) => said.push(line), never)).toBe(true);
    expect(said).toEqual([]);
  });

  it('refuses one that a person must mend', async () => {
    const wrong = new StorageError('The store s3://b cannot be used (it creates an object twice)', 'mend');
    await expect(
      provenStore(
        storeThat(() => Promise.reject(wrong)),
        () => undefined,
        never,
      ),
    ).rejects.toBe(wrong);
  });

  it('waits for one that does not answer, says so once, and begins when it does', async () => {
    const said: string[] = [];
    const away = new StorageError('The store s3://b cannot be used (ECONNREFUSED)', 'wait');
    let tries = 0;
    const storage = storeThat(() => ((tries += 1) < 3 ? Promise.reject(away) : Promise.resolve()));
    expect(await provenStore(storage, (line) => said.push(line), never, 1)).toBe(true);
    expect(said).toEqual(['Waiting for the store: The store s3://b cannot be used (ECONNREFUSED)']);
  });

  it('ends with a signal, also while the store answers nothing at all', async () => {
    const away = new StorageError('away', 'wait');
    for (const prove of [() => Promise.reject(away), () => new Promise<void>(() => undefined)]) {
      const stop = new AbortController();
      const proven = provenStore(storeThat(prove), () => undefined, stop.signal);
      stop.abort();
      expect(await proven).toBe(false);
    }
  });
});
