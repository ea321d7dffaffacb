import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileFolders } from '../../src/storage/file-folders';
import type { PhotoFolder, PhotoFolders } from '../../src/storage/photo-folders';
import { s3Clients } from '../../src/storage/s3-clients';
import { s3Folders } from '../../src/storage/s3-folders';
import { describeWithS3, startS3Server, type S3Server } from '../support/s3-server';

async function listed(folders: PhotoFolders, under: string): Promise<PhotoFolder[]> {
  const found: PhotoFolder[] = [];
  for await (const folder of folders.below(under, new AbortController().signal)) found.push(folder);
  return found;
}

function write(root: string, name: string): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), 'picture');
}

const FILES = ['people/s-10/2.jpg', 'people/s-10/10.jpg', 'people/s-10/.DS_Store', 'people/s-10/raw/1.jpg'];
const MORE = ['people/s-2/1.jpg', 'people/notes.txt', 'imported/abc'];

describe('folders of the photos folder', () => {
  let root: string;
  beforeAll(() => {
    const home = mkdtempSync(path.join(tmpdir(), 'darkroom-folders-'));
    root = path.join(home, 'photos');
    for (const name of [...FILES, ...MORE, '../outside/x/1.jpg']) write(root, name);
    symlinkSync(path.join(home, 'outside/x'), path.join(root, 'people/link'));
    symlinkSync('s-2', path.join(root, 'people/s-3'));
    symlinkSync('nowhere', path.join(root, 'people/broken'));
  });
  afterAll(() => rmSync(path.dirname(root), { recursive: true }));

  it('are found in the order of their names, with their photos; what leads elsewhere is none', async () => {
    const expected = [
      { name: 's-2', photos: ['file:people/s-2/1.jpg'] },
      { name: 's-3', photos: ['file:people/s-3/1.jpg'] },
      { name: 's-10', photos: ['file:people/s-10/2.jpg', 'file:people/s-10/10.jpg'] },
    ];
    for (const under of ['file:people', 'file:people/', 'file:./people'])
      expect(await listed(fileFolders(root), under)).toEqual(expected);
  });

  it('right below the photos folder, those that were handed in are no person', async () => {
    const names = (await listed(fileFolders(root), 'file:')).map(({ name }) => name);
    expect(names).toEqual(['people']);
  });

  it.each(['file:..', 'file:../outside', 'file:people/link'])('%s leads out', async (under) => {
    await expect(listed(fileFolders(root), under)).rejects.toThrow('leads out of the photos folder');
  });
});

describeWithS3('folders of a bucket', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
    for (const bucket of ['photos', 'private']) server.makeBucket(bucket);
    for (const name of FILES) write(server.folder, `photos/in/${name}`);
    write(server.folder, 'photos/in/people/s-2/1.jpg');
    write(server.folder, 'photos/inner/s-9/1.jpg');
  });
  afterAll(() => server.stop());
  const folders = () =>
    s3Folders(
      [{ bucket: 'photos', prefix: 'in' }],
      s3Clients({ endpoint: server.endpoint, region: 'us-east-1', isPathStyle: true }),
    );

  it('are what stands before the next slash', async () => {
    expect(await listed(folders(), 's3://photos/in/people')).toEqual([
      { name: 's-2', photos: ['s3://photos/in/people/s-2/1.jpg'] },
      { name: 's-10', photos: ['s3://photos/in/people/s-10/2.jpg', 's3://photos/in/people/s-10/10.jpg'] },
    ]);
    expect((await listed(folders(), 's3://photos/in/')).map(({ name }) => name)).toEqual(['people']);
    expect(await listed(folders(), 's3://photos/in/nobody')).toEqual([]);
  });

  it.each(['s3://photos', 's3://photos/inner', 's3://private/in', 's3://photos/in/../inner'])(
    '%s is not allowed',
    async (under) => {
      await expect(listed(folders(), under)).rejects.toThrow('name it in DARKROOM_PHOTOS_S3');
    },
  );
});
