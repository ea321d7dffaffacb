import { recordOf, type PhotoLibrary, type PhotoRecord, type Pictures } from './photo-library';

/** For one look at one set, after which it is forgotten. */
export function memoryLibrary(): PhotoLibrary {
  const records = new Map<string, PhotoRecord>();
  const kept = new Map<string, Pictures>();
  return {
    find: (contentHash) => Promise.resolve(records.get(contentHash) ?? null),
    keep(contentHash, examined) {
      records.set(contentHash, recordOf(examined));
      kept.set(contentHash, {
        jpeg: examined.readable ? examined.jpeg : null,
        thumbnail: examined.thumbnail,
      });
      return Promise.resolve();
    },
    pictures: (contentHash) => Promise.resolve(kept.get(contentHash) ?? { jpeg: null, thumbnail: null }),
  };
}
