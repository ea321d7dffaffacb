import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sharp } from '../../src/photos/decoder';
import { examine } from '../../src/photos/examine';
import { photoPool, type PhotoPool } from '../../src/photos/process/photo-pool';
import { childrenOf } from '../support/children-of';
import { PHOTO_PROCESS_FILE } from '../support/photo-process-file';
import { until } from '../support/until';
import { isRunning } from '../temporal-server/is-running';
import { examined, located, look, realPool, WITHOUT_FACES } from './support/pool';
import { plainJpeg, unlikeCorners, fromPixels } from './support/pictures';

describe('a photo process', () => {
  let folder: string;
  let pool: PhotoPool;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'darkroom-process-'));
    pool = realPool();
  });
  afterAll(async () => {
    await pool.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const write = (name: string, bytes: Buffer | string) => {
    const file = path.join(folder, name);
    writeFileSync(file, bytes);
    return file;
  };

  it('gives the same bytes as another process, another start, and this one', async () => {
    const bytes = await fromPixels(unlikeCorners(900, 600)).jpeg().toBuffer();
    const file = write('same.jpg', bytes);
    const other = realPool();
    try {
      const outputs = [await examined(pool, file), await examined(pool, file), await examined(other, file)];
      const here = await examine(bytes, { crop: 'whole', faces: null });
      for (const output of outputs) expect(output).toEqual(here);
      expect(await other.recipe()).toBe(await pool.recipe());
    } finally {
      await other.close();
    }
  });

  it('says the SHA-256 of the file', async () => {
    const file = write('hash.jpg', await plainJpeg(600, 600));
    const [expected] = execFileSync('sha256sum', [file], { encoding: 'utf8' }).split(' ');
    expect(await look(pool, file)).toMatchObject({ kind: 'examined', contentHash: expected });
  });

  it('has nothing of the environment of the one that started it', () => {
    const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', `${process.pid}`], {
      encoding: 'utf8',
    });
    const pids = children
      .split('\n')
      .filter((line) => line.includes('child.js'))
      .map((line) => line.trim().split(' ')[0]);
    expect(pids.length).toBeGreaterThan(0);
    for (const pid of pids) {
      const names = readFileSync(`/proc/${pid}/environ`, 'utf8')
        .split('\0')
        .filter(Boolean)
        .map((pair) => pair.split('=')[0]);
      expect(names.filter((name) => !name?.startsWith('NODE_CHANNEL_'))).toEqual(['MALLOC_ARENA_MAX']);
    }
  });

  describe('a file that changes between the look at it and the reading', () => {
    const changes: [string, (file: string) => void][] = [
      ['is longer', (file) => appendFileSync(file, 'x')],
      ['was written again', (file) => utimesSync(file, new Date(0), new Date(0))],
      [
        'is another file',
        (file) => {
          writeFileSync(`${file}.new`, readFileSync(file));
          renameSync(`${file}.new`, file);
        },
      ],
      [
        'is a link to a secret',
        (file) => {
          rmSync(file);
          symlinkSync('/etc/passwd', file);
        },
      ],
      ['is gone', (file) => rmSync(file)],
      [
        'is a pipe, which would hold the reader',
        (file) => {
          rmSync(file);
          execFileSync('mkfifo', [file]);
        },
      ],
    ];
    it.each(changes)('%s', async (_what, change) => {
      const file = write('changing.jpg', await plainJpeg(600, 600));
      const seen = await located(file);
      change(file);
      const signal = new AbortController().signal;
      const answer = await pool.look(seen, WITHOUT_FACES, () => Promise.resolve(null), signal);
      expect(answer).toEqual({ kind: 'not-opened', reason: 'changed' });
      rmSync(file, { force: true });
    });
  });

  it('a fault that is not the file’s is no verdict on it: nothing is recorded, and the next process may do better', async () => {
    const broken = photoPool({
      childFile: path.join(__dirname, 'support/broken-heic-child.js'),
      processes: 1,
      limits: { timeMs: 10_000, memoryBytes: 1024 ** 3 },
    });
    try {
      const heic = path.join(__dirname, 'support/heic/plain.heic');
      expect(await look(broken, heic)).toMatchObject({
        kind: 'deadly',
        reason: 'crashes-decoder',
        words: 'too many open files',
      });
    } finally {
      await broken.close();
    }
  });

  it('does not hear Ctrl-C: it goes to all processes of a terminal, and the worker finishes what is in hand', async () => {
    const large = sharp({ create: { width: 7000, height: 7000, channels: 3, background: '#888' } });
    const file = write('interrupted.jpg', await large.jpeg({ progressive: true }).toBuffer());
    const own = realPool();
    try {
      const before = new Set(childrenOf(process.pid));
      await own.recipe();
      const started = childrenOf(process.pid).filter((pid) => !before.has(pid) && isRunning(pid));
      const looking = look(own, file);
      const signaled = started.filter((pid) => isPhotoProcess(pid));
      for (const pid of signaled)
        for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(pid, signal);
      expect(signaled).toHaveLength(1);
      expect(await looking).toMatchObject({ kind: 'examined', examined: { readable: true } });
      expect(signaled.filter(isRunning)).toEqual(signaled);
    } finally {
      await own.close();
    }
  });

  it('ends with the one that started it, also in the middle of a decode', async () => {
    const large = sharp({ create: { width: 7000, height: 7000, channels: 3, background: '#888' } });
    const file = write('endless.jpg', await large.jpeg({ progressive: true }).toBuffer());
    const module = (name: string) => JSON.stringify(path.join(__dirname, '../../dist/photos/process', name));
    const parent = spawn(
      process.execPath,
      [
        '-e',
        `const { photoPool } = require(${module('photo-pool.js')});
         const { PHOTO_PROCESS_FILE } = require(${module('child-file.js')});
         const limits = { timeMs: 60000, memoryBytes: ${1024 ** 3} };
         const pool = photoPool({ childFile: PHOTO_PROCESS_FILE, processes: 1, limits });
         const look = { crop: 'whole', isLookingForFaces: false };
         const file = ${JSON.stringify(await located(file))};
         const again = () => pool.look(file, look, async () => (console.log('open'), null), new AbortController().signal).then(again);
         again();`,
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    await once(parent.stdout, 'data');
    const children = childrenOf(parent.pid);
    expect(children).toHaveLength(1);
    parent.kill('SIGKILL');
    await until('it is gone', () => (children.some(isRunning) ? null : true), 5000);
  });

  it('is killed at its limits in the middle of a real decode, and the next photo is fine', async () => {
    // 49 megapixels in several scans are held whole: about 150 MB beside the 70 of the process itself.
    const large = sharp({ create: { width: 7000, height: 7000, channels: 3, background: '#888' } });
    const file = write('large.jpg', await large.jpeg({ progressive: true }).toBuffer());
    const modest = write('modest.jpg', await plainJpeg(600, 600));
    const [hasty, small] = [realPool({ timeMs: 100 }), realPool({ memoryBytes: 150 * 1024 ** 2 })];
    try {
      expect(await look(hasty, file)).toMatchObject({ kind: 'deadly', reason: 'too-slow' });
      expect(await look(small, file)).toMatchObject({ kind: 'deadly', reason: 'too-much-memory' });
      expect(await look(small, modest)).toMatchObject({ kind: 'examined' });
    } finally {
      await Promise.all([hasty.close(), small.close()]);
    }
    expect(await examined(pool, file)).toMatchObject({ readable: true });
  });
});

function isPhotoProcess(pid: number): boolean {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(PHOTO_PROCESS_FILE);
}
