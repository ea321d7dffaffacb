import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import {
  preparePhotos,
  type NormalizeProgress,
  type PhotosOrder,
  type PreparedPhotos,
} from '../../src/activities/prepare-photos';
import type { ActivityPorts } from '../../src/activities/ports';
import { DEFAULT_GATES, gateChanges, withGates } from '../../src/contract/gates';
import { readConfig } from '../../src/config';
import { photoPool, type PhotoPool } from '../../src/photos/process/photo-pool';
import { fileSource, type PhotoSource } from '../../src/storage/photo-source';
import { portsFrom } from '../../src/worker-ports';
import { writePhotos } from '../support/photos';

/** The activity alone, over processes that misbehave as the photos' names say; the store and the files are real. */
describe('preparing photos', () => {
  let home: string;
  let pool: PhotoPool;
  const start = (timeMs = 2000, program = 'odd-child.js') => {
    const limits = { timeMs, memoryBytes: 1024 ** 3 };
    pool = photoPool({ childFile: path.join(__dirname, 'support', program), processes: 2, limits });
  };
  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), 'darkroom-prepare-'));
    mkdirSync(path.join(home, 'photos'));
    start();
  });
  afterEach(async () => {
    await pool.close();
    rmSync(home, { recursive: true, force: true });
  });

  const write = (names: string[]) => {
    for (const name of names) writeFileSync(path.join(home, 'photos', name), name);
    return names.map((name) => `file:${name}`);
  };
  const numbered = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${name}-${index}`);
  const tries = (name: string) => {
    const file = path.join(home, 'photos', `${name}.tries`);
    return existsSync(file) ? readFileSync(file, 'utf8').length : 0;
  };
  const quiet = () => new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
  const run = (
    photos: string[],
    environment = quiet(),
    gates = DEFAULT_GATES,
    others: Partial<ActivityPorts> = {},
  ): Promise<PreparedPhotos> => {
    const ports = { ...portsFrom(readConfig({ DARKROOM_HOME: home })), photoPool: pool, ...others };
    const policy = { gates, crop: 'whole' } as const;
    const order: PhotosOrder = { photos, storeId: null, policy, maxPhotos: null, creditsPerPhoto: 4 };
    return environment.run(preparePhotos(ports), order);
  };
  const beatsOf = (environment: MockActivityEnvironment) => {
    const beats: NormalizeProgress[] = [];
    environment.on('heartbeat', (details: NormalizeProgress) => beats.push(details));
    return beats;
  };

  it('beats with done and total', async () => {
    const environment = quiet();
    const beats = beatsOf(environment);
    await run(write(numbered('good', 5)), environment);
    expect(beats[0]).toEqual({ done: 1, total: 5, deadly: {}, fetched: {} });
    expect(beats.at(-1)).toEqual({ done: 5, total: 5, deadly: {}, fetched: {} });
  });

  it('goes on beating while a photo hangs, and the others are done meanwhile', async () => {
    await pool.close();
    start(3500);
    const environment = quiet();
    const beats = beatsOf(environment);
    const { photos } = await run(write(['hang-1', ...numbered('good', 4)]), environment);
    expect(photos[0]).toMatchObject({ verdict: 'rejected', reasons: ['too-slow'] });
    // Two tries of 3.5 s and a beat every 3 s, beside the one when the last of the others was done.
    expect(beats.filter(({ done }) => done === 4).length).toBeGreaterThanOrEqual(3);
  });

  it('stopped in the middle of 20, while a photo has just killed its process: what was finished is not decoded again, what was not is', async () => {
    const names = numbered('good', 20).map((name, index) => (index === 6 ? 'unlucky-6' : name));
    const photos = write(names);
    const environment = quiet();
    environment.on('heartbeat', ({ done }: NormalizeProgress) => {
      if (done === 9) environment.cancel('WORKER_SHUTDOWN');
    });
    await expect(run(photos, environment)).rejects.toThrow();
    await pool.close(); // as its processes end with their worker

    const finished = names.filter((name) => tries(name) > 0);
    expect(finished.length).toBeGreaterThanOrEqual(9);
    expect(finished.length).toBeLessThan(20);
    start();
    const { photos: verdicts } = await run(photos);
    expect(verdicts.map(({ reasons }) => reasons)).toEqual(Array(20).fill(['damaged'])); // as these processes say of all
    const again = names.filter((name) => tries(name) > (name === 'unlucky-6' ? 2 : 1));
    // At most those that were in the hands of the two processes.
    expect(again.length).toBeLessThanOrEqual(2);
    expect(names.every((name) => tries(name) > 0)).toBe(true);

    const before = names.map(tries);
    await run(photos);
    expect(names.map(tries)).toEqual(before);
  });

  it('a photo that ended its process twice is not tried again by a repeated activity', async () => {
    const photos = write(['crash-1', ...numbered('good', 3)]);
    const environment = quiet();
    const beats = beatsOf(environment);
    await run(photos, environment);
    expect(beats.at(-1)).toEqual({ done: 4, total: 4, deadly: { 0: 'crashes-decoder' }, fetched: {} });
    expect(tries('crash-1')).toBe(2);

    const again = new MockActivityEnvironment(
      { attempt: 2, heartbeatDetails: beats.at(-1) },
      { logger: new DefaultLogger('ERROR') },
    );
    const { photos: verdicts } = await run(photos, again);
    expect(verdicts[0]).toMatchObject({ verdict: 'rejected', reasons: ['crashes-decoder'] });
    expect(tries('crash-1')).toBe(2);

    await run(photos); // another training may have a machine with more time or memory
    expect(tries('crash-1')).toBe(4);
  });

  it('cancelled while a photo hangs: ends at once and leaves no process at work', async () => {
    const environment = quiet();
    const running = run(write(['sleep-1']), environment);
    const ended = expect(running).rejects.toThrow();
    while (tries('sleep-1') === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const startedMs = performance.now();
    environment.cancel();
    await ended;
    expect(performance.now() - startedMs).toBeLessThan(1000);
  });

  it('a photo that is not there, leads out or is a folder is a verdict, whatever else is in the set', async () => {
    mkdirSync(path.join(home, 'photos/folder.jpg'));
    const { photos } = await run([
      'file:gone.jpg',
      'file:../out.jpg',
      'file:folder.jpg',
      ...write(['good-1']),
    ]);
    expect(photos.map(({ reasons }) => reasons.join())).toEqual([
      'not-found',
      'outside-root',
      'unreadable',
      'damaged',
    ]);
  });

  it('a photo that changes, or may not be read any more, when it was found a moment ago is a verdict, and the others go on', async () => {
    await pool.close();
    start(30_000, 'unprivileged-child.js');
    const root = path.join(home, 'photos');
    const photos = await writePhotos(root, 's-1', 6);
    for (const place of [home, root, path.join(root, 's-1')]) chmodSync(place, 0o755);
    const files = fileSource(root);
    const photoSource: PhotoSource = {
      async locate(ref, maxBytes, signal) {
        const found = await files.locate(ref, maxBytes, signal);
        const file = path.join(root, ref.replace('file:', ''));
        if (ref === photos[1]) appendFileSync(file, 'x');
        if (ref === photos[2]) chmodSync(file, 0o000);
        if (ref === photos[3]) rmSync(file);
        return found;
      },
    };
    const off = withGates(DEFAULT_GATES, gateChanges([['all', 'off']]));
    const { photos: verdicts } = await run(photos, quiet(), off, { photoSource });
    expect(verdicts.map(({ verdict, reasons }) => [verdict, ...reasons].join(' '))).toEqual([
      'accepted',
      'rejected changed',
      'rejected unreadable',
      'rejected changed',
      'accepted',
      'accepted',
    ]);
    expect(verdicts.map(({ output }) => output === null)).toEqual([false, true, true, true, false, false]);
  });
});
