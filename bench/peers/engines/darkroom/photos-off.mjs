import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../../../dist', import.meta.url));
const require = createRequire(import.meta.url);
const { NativeConnection, Runtime, Worker, DefaultLogger } = require('@temporalio/worker');
const { filesystemStorage } = require(path.join(DIST, 'storage/filesystem.js'));
const { smallPhotos } = require(path.join(DIST, 'bench/small-photos.js'));

/** @typedef {{ photos: string[] }} Order */

/**
 * Takes the place of the photo step: no other engine looks at pictures, so it is not what is compared. Every photo is
 * accepted, as one of ten that are in the store already.
 */
const [address = '', store = ''] = process.argv.slice(2);
Runtime.install({ logger: new DefaultLogger('ERROR') });
const storage = filesystemStorage(store);
const outputs = await Promise.all(
  (await smallPhotos()).map(async (/** @type {Buffer} */ bytes, /** @type {number} */ number) => {
    const key = `benchmark/${number}.jpg`;
    await storage.put(key, bytes);
    return key;
  }),
);
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address }),
  taskQueue: 'darkroom-photos',
  activities: {
    preparePhotos: async (/** @type {Order} */ { photos }) => ({
      photos: photos.map((photo, index) => ({
        photo,
        verdict: 'accepted',
        reasons: [],
        output: outputs[index % outputs.length],
      })),
      advice: '',
      creditsSaved: 0,
      notices: [],
      report: 'benchmark/report.html',
    }),
  },
});
process.stdout.write('photos are off\n');
await worker.run();
