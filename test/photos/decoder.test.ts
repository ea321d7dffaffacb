import { createHash } from 'node:crypto';
import { sharp } from '../../src/photos/decoder';
import { examine } from '../../src/photos/examine';
import { recipeId } from '../../src/photos/recipe-id';
import { fromPixels, unlikeCorners } from './support/pictures';

test('the decoder keeps nothing of earlier calls and uses one thread', () => {
  expect(sharp.cache()).toMatchObject({ memory: { max: 0 }, files: { max: 0 }, items: { max: 0 } });
  expect(sharp.concurrency()).toBe(1);
});

/**
 * The store keeps pictures under the recipe's name, so other bytes need another name. When this fails: raise
 * `RECIPE.revision`, unless the name has changed already, and write down what comes out now.
 */
test('the same recipe makes the same bytes, from release to release', async () => {
  const whole = await fromPixels(unlikeCorners(900, 600)).png().toBuffer();
  const turned = await fromPixels(unlikeCorners(500, 800)).withMetadata({ orientation: 6 }).webp().toBuffer();
  const hashes = [];
  for (const bytes of [whole, turned]) {
    const photo = await examine(bytes, { crop: 'whole', faces: null });
    if (!photo.readable) throw new Error(photo.reason);
    const { findings, jpeg } = photo;
    hashes.push(
      createHash('sha256').update(jpeg).update(JSON.stringify(findings)).digest('hex').slice(0, 16),
    );
  }
  expect([recipeId(), ...hashes]).toEqual([
    'r4-vips8.18.7-heif1.23.2-faces0.4.1657300184-2.5.3',
    '884b5b9d377103d6',
    '6fdfb9228ed16095',
  ]);
});
