import type { ActivityPorts } from '../../src/activities/ports';
import type { Config } from '../../src/config';
import { storageFrom } from '../../src/storage-from';

/** Passes when it is opened. */
export interface Door {
  open: () => void;
  readonly opened: Promise<void>;
}

export function door(): Door {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

/** A store that asks before it reads a page of a manifest, and may say that it is not there. */
export function asksForPages(onPage: () => Promise<'there' | 'absent'>) {
  return (config: Config): Pick<ActivityPorts, 'storage'> => {
    const storage = storageFrom(config);
    const get = async (key: string) =>
      key.startsWith('batches/') && (await onPage()) === 'absent' ? null : storage.get(key);
    return { storage: { ...storage, get } };
  };
}
