import { randomUUID } from 'node:crypto';
import { StorageError, type Storage } from '../storage/port';

const KEY = 'identity/store.json';

/** The store's own id, made when it is first used. Two folders of the same name on two machines have two ids. */
export async function storeId(storage: Storage): Promise<string> {
  const known = await storage.get(KEY);
  if (known !== null) return known.toString();
  await storage.create(KEY, Buffer.from(randomUUID()));
  const created = await storage.get(KEY);
  if (created === null) throw new StorageError('The store forgets what was just written to it', 'mend');
  return created.toString();
}

/** Whether this is the store of that id. One without an id is another one: nobody has trained with it. */
export async function isStore(storage: Storage, id: string): Promise<boolean> {
  return (await storage.get(KEY))?.toString() === id;
}
