import type { Crop } from '../contract/gates';
import type { Storage } from '../storage/port';
import { recordOf, recordSchema, type PhotoLibrary, type PhotoRecord } from '../photos/set/photo-library';

/** How the id of a recipe ends where no face detector is installed: looking again would find as little. */
const WITHOUT_FACES = '-facesnone';

/** The normalized picture's key. Its last part identifies the photo and its crop in the hash of a photo set. */
export function pictureKey(recipe: string, contentHash: string, crop: Crop): string {
  return `normalized/${recipe}/${contentHash}${crop === 'subject' ? '-subject' : ''}.jpg`;
}

/**
 * Photos in the store, under keys of content and recipe: findings, the normalized picture, a thumbnail. The findings
 * are written last, so that they promise the pictures.
 */
export function storedPhotos(
  storage: Storage,
  { recipe, crop, isLookingForFaces }: { recipe: string; crop: Crop; isLookingForFaces: boolean },
): PhotoLibrary {
  const canFindFaces = isLookingForFaces && !recipe.endsWith(WITHOUT_FACES);
  const findingsKey = (hash: string) => `findings/${recipe}/${hash}.json`;
  const thumbnailKey = (hash: string) => `thumbnails/${recipe}/${hash}.jpg`;
  return {
    async find(contentHash) {
      const record = await readRecord(storage, findingsKey(contentHash));
      if (record === null || !record.readable) return record;
      if (canFindFaces && record.findings.faces === null) return null;
      // A picture may have been deleted since, or another crop was made: the record alone promises nothing.
      return (await storage.has(pictureKey(recipe, contentHash, crop))) ? record : null;
    },
    async keep(contentHash, examined) {
      if (examined.readable) await storage.put(pictureKey(recipe, contentHash, crop), examined.jpeg);
      if (examined.thumbnail !== null) await storage.put(thumbnailKey(contentHash), examined.thumbnail);
      await storage.put(findingsKey(contentHash), Buffer.from(JSON.stringify(recordOf(examined))));
    },
    async pictures(contentHash) {
      const [jpeg, thumbnail] = await Promise.all([
        storage.get(pictureKey(recipe, contentHash, crop)),
        storage.get(thumbnailKey(contentHash)),
      ]);
      return { jpeg, thumbnail };
    },
  };
}

async function readRecord(storage: Storage, key: string): Promise<PhotoRecord | null> {
  const bytes = await storage.get(key);
  if (bytes === null) return null;
  try {
    return recordSchema.parse(JSON.parse(bytes.toString()));
  } catch {
    return null;
  }
}
