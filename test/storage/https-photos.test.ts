import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseHostRules } from '../../src/net/host-rules';
import { INTERNET, type Network } from '../../src/net/network';
import { httpsPhotos } from '../../src/storage/https-photos';
import { photoDownloads } from '../../src/storage/photo-downloads';
import type { LocatedPhoto } from '../../src/storage/photo-source';
import { bytes, HERE, redirect, startPhotoHost, type PhotoHost } from '../support/photo-host';

const MAX_BYTES = 100_000;
const PICTURE = Buffer.from('picture');
const SIGNATURE = 'X-Amz-Signature=0123456789abcdef';

describe('photos from https: links', () => {
  let host: PhotoHost;
  let folder: string;
  beforeEach(async () => {
    host = await startPhotoHost();
    folder = mkdtempSync(path.join(tmpdir(), 'darkroom-https-'));
    host.answers.set('/1.jpg', bytes(PICTURE));
  });
  afterEach(async () => {
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Changes {
    network?: Network;
    hosts?: string;
    timeoutMs?: number;
    signal?: AbortSignal;
  }
  const locate = (target: string, { network, hosts, timeoutMs = 10_000, signal }: Changes = {}) => {
    const rules = parseHostRules(hosts ?? `photos.example:${host.port},*.photos.example:${host.port}`) ?? [];
    const source = httpsPhotos(
      { hosts: rules, network: network ?? host.network(), timeoutMs },
      photoDownloads(folder),
    );
    const url = target.startsWith('/') ? `https://photos.example:${host.port}${target}` : target;
    return source.locate(url, MAX_BYTES, signal ?? new AbortController().signal);
  };
  const files = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const read = async (located: LocatedPhoto): Promise<string> => {
    if (!('file' in located)) throw new Error(`rejected: ${located.rejected}`);
    const text = readFileSync(located.file.path, 'utf8');
    await located.release?.();
    return text;
  };

  it('are read, and nothing of them is left when they were', async () => {
    const located = await locate('/1.jpg');
    expect(files()).toHaveLength(1);
    expect(await read(located)).toBe('picture');
    expect(files()).toEqual([]);
    expect(host.requests).toEqual(['photos.example /1.jpg']);
  });

  it('are asked for with their query, as bytes and without anything about us', async () => {
    let seen: NodeJS.Dict<string | string[]> = {};
    host.answers.set(`/1.jpg?${SIGNATURE}`, (response, request) => {
      seen = request.headers;
      response.end(PICTURE);
    });
    expect(await read(await locate(`/1.jpg?${SIGNATURE}`))).toBe('picture');
    expect(Object.keys(seen).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
    expect(seen['accept-encoding']).toBe('identity');
  });

  it.each([1, 2, 3])('may be %i redirects away', async (count) => {
    for (let n = 1; n <= count; n += 1)
      host.answers.set(
        `/r${n}`,
        redirect(n === 1 ? '/1.jpg' : `https://a.photos.example:${host.port}/r${n - 1}`),
      );
    expect(await read(await locate(`/r${count}`))).toBe('picture');
    expect(host.requests).toHaveLength(count + 1);
  });

  it('are not four redirects away, nor at the end of a circle', async () => {
    host.answers.set('/circle', redirect('/circle', 307));
    expect(await locate('/circle')).toEqual({ rejected: 'too-many-redirects' });
    expect(host.requests).toHaveLength(4);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[fd00:ec2::254]/',
    'https://evil.example/1.jpg',
    'http://photos.example/1.jpg',
    'https://user:word@photos.example/1.jpg',
    'file:///etc/passwd',
    'https://photos.example:22/',
    'https://',
  ])('are not read where a redirect leads to %s', async (location) => {
    host.answers.set('/away', redirect(location));
    expect(await locate('/away')).toEqual({ rejected: 'not-allowed' });
    expect(host.requests).toHaveLength(1);
    expect(host.connections()).toBe(1);
  });

  it('are read from no host at all where none is named', async () => {
    const source = httpsPhotos({ hosts: [], network: host.network() }, photoDownloads(folder));
    const located = await source.locate(
      `https://photos.example/1.jpg`,
      MAX_BYTES,
      new AbortController().signal,
    );
    expect(located).toEqual({ rejected: 'not-allowed' });
    expect(host.connections()).toBe(0);
  });

  it.each([
    ['127.0.0.1'],
    ['10.1.2.3', '192.168.1.1'],
    ['169.254.169.254'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['fd00:ec2::254'],
    ['0.0.0.0'],
    [],
  ])('are not asked of %s, to which an allowed name leads', async (...addresses) => {
    const network = {
      ...host.network(),
      resolve: () => Promise.resolve(addresses),
      isPermitted: INTERNET.isPermitted,
    };
    expect(await locate('/1.jpg', { network })).toEqual({ rejected: 'forbidden-address' });
    expect(host.connections()).toBe(0);
  });

  it('are asked of the addresses that may be, where a name has others too', async () => {
    const network = host.network(() => Promise.resolve(['127.0.0.2', HERE]));
    expect(await read(await locate('/1.jpg', { network }))).toBe('picture');
  });

  it('are connected to at the very address that was checked: a name that changes its mind is not asked again', async () => {
    const answers = [HERE, '127.0.0.9', '127.0.0.9'];
    const asked: string[] = [];
    const network = host.network((name) => {
      asked.push(name);
      return Promise.resolve([answers[asked.length - 1] ?? '127.0.0.9']);
    });
    expect(await read(await locate('/1.jpg', { network }))).toBe('picture');
    expect(asked).toEqual(['photos.example']);
  });

  it('are not read where a name changes to an inner address before a redirect to itself', async () => {
    const answers = [HERE, '10.0.0.1'];
    host.answers.set('/again', redirect('/1.jpg'));
    const network = host.network(() => Promise.resolve([answers.shift() ?? '']));
    expect(await locate('/again', { network })).toEqual({ rejected: 'forbidden-address' });
    expect(host.requests).toEqual(['photos.example /again']);
  });

  it.each<[string, string, Parameters<PhotoHost['answers']['set']>[1]]>([
    ['not-found', '404', (response) => response.writeHead(404).end()],
    ['not-found', '410', (response) => response.writeHead(410).end()],
    ['not-served', '401', (response) => response.writeHead(401).end()],
    ['not-served', '403, as of an expired link', (response) => response.writeHead(403).end('<Error/>')],
    ['not-served', 'an empty success', (response) => response.writeHead(204).end()],
    ['not-served', 'a redirect to nowhere', (response) => response.writeHead(302).end()],
    ['too-many-bytes', 'one that says it is too large', bytes(Buffer.alloc(MAX_BYTES + 1))],
    [
      'too-many-bytes',
      'one that is too large without saying so',
      (response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write(Buffer.alloc(30_000)), 1);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ])('are judged %s by %s', async (reason, _what, answer) => {
    host.answers.set('/2.jpg', answer);
    expect(await locate('/2.jpg')).toEqual({ rejected: reason });
    expect(files()).toEqual([]);
  });

  it('may have as many bytes as allowed', async () => {
    host.answers.set('/full.jpg', bytes(Buffer.alloc(MAX_BYTES, 'a')));
    expect(await read(await locate('/full.jpg'))).toHaveLength(MAX_BYTES);
  });

  it('are not read under a name that the certificate does not know', async () => {
    expect(
      await locate(`https://other.example:${host.port}/1.jpg`, { hosts: `other.example:${host.port}` }),
    ).toEqual({
      rejected: 'not-served',
    });
    expect(await locate('/1.jpg', { network: { ...host.network(), authority: null } })).toEqual({
      rejected: 'not-served',
    });
    expect(host.requests).toEqual([]);
  });

  const dns = (code: string) => () =>
    Promise.reject(Object.assign(new Error(`${code} of a resolver`), { code }));

  it('are not found where there is no such host', async () => {
    expect(await locate('/1.jpg', { network: host.network(dns('ENOTFOUND')) })).toEqual({
      rejected: 'not-found',
    });
  });

  it.each<[string, () => Promise<LocatedPhoto>, string]>([
    [
      'the resolver is in trouble',
      () => locate('/1.jpg', { network: host.network(dns('EAI_AGAIN')) }),
      'EAI_AGAIN',
    ],
    ['the host is', () => answered((response) => response.writeHead(503).end()), 'HTTP 503'],
    ['the host has had enough', () => answered((response) => response.writeHead(429).end()), 'HTTP 429'],
    ['the host hangs up', () => answered((response) => response.socket?.destroy()), 'UND_ERR_SOCKET'],
    [
      'it breaks off in the middle',
      () =>
        answered(
          (response) =>
            void response
              .writeHead(200, { 'content-length': '100' })
              .write('x', () => response.socket?.destroy()),
        ),
      'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
    ],
    ['there is no answer', () => answered(() => undefined), 'not whole within 0.3 s'],
    [
      'the bytes come one by one',
      () =>
        answered((response) => {
          const timer = setInterval(() => response.write('x'), 20);
          response.on('close', () => clearInterval(timer));
        }),
      'not whole within 0.3 s',
    ],
    [
      'a name is never resolved',
      () => locate('/1.jpg', { timeoutMs: 300, network: host.network(() => new Promise(() => undefined)) }),
      'not whole within 0.3 s',
    ],
  ])('may be tried again where %s', async (_what, work, words) => {
    const error: unknown = await work().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'StorageError', remedy: 'wait' });
    expect(String(error)).toBe(
      `StorageError: A photo at photos.example:${host.port} cannot be fetched (${words})`,
    );
    expect(files()).toEqual([]);
  });

  function answered(answer: Parameters<PhotoHost['answers']['set']>[1]): Promise<LocatedPhoto> {
    host.answers.set(`/3.jpg?${SIGNATURE}`, answer);
    return locate(`/3.jpg?${SIGNATURE}`, { timeoutMs: 300 });
  }

  it('end with a cancel, and leave nothing', async () => {
    host.answers.set('/slow.jpg', (response) => void response.writeHead(200).write('x'));
    const cancel = new AbortController();
    const located = locate('/slow.jpg', { signal: cancel.signal });
    const reason = new Error('canceled by the user');
    void delay(200).then(() => cancel.abort(reason));
    await expect(located).rejects.toBe(reason);
    await expect(locate('/1.jpg', { signal: cancel.signal })).rejects.toBe(reason);
    expect(files()).toEqual([]);
  });
});
