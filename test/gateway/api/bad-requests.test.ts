import { connect } from 'node:net';
import { newApiKey } from '../../../src/gateway/api/api-key';
import type { Gateway } from '../../../src/gateway/server';
import { accessTo } from '../../../src/temporal-connection';
import { freePort } from '../../../src/temporal-server';
import { createRig, type Rig } from '../../support/rig';
import { ask, startApi } from './api-rig';

const starter = newApiKey('shop', ['start']);
const reader = newApiKey('dashboard', ['read']);

describe('requests that are not right', () => {
  let rig: Rig;
  let gateway: Gateway;
  let url: string;
  beforeAll(async () => {
    rig = await createRig();
    gateway = await startApi(rig, { access: { ask: 'keys', keys: [starter.kept, reader.kept] } });
    url = `${gateway.url}/v1/trainings`;
  });
  afterAll(async () => {
    await gateway.close();
    await rig.close();
  });
  const as = ({ key }: { key: string }) => ({ authorization: `Bearer ${key}` });

  it.each([
    ['no key', {}, 401, 'key-missing'],
    ['a key that nobody has', { authorization: `Bearer dk_${'a'.repeat(43)}` }, 401, 'key-missing'],
    ['another kind of proof', { authorization: `Basic ${starter.key}` }, 401, 'key-missing'],
    ['a key that may not', { authorization: `Bearer ${starter.key}` }, 403, 'scope-missing'],
  ])('%s', async (_what, headers, status, code) => {
    const answer = await ask(url, { headers });
    expect(answer).toMatchObject({ status, body: { code } });
    expect(JSON.stringify(answer.body)).not.toContain(starter.key);
  });

  it.each([
    ['PUT', '', 'GET, HEAD, POST'],
    ['POST', '/order-1', 'DELETE, GET, HEAD'],
    ['QUERY', '/order-1', 'DELETE, GET, HEAD'],
    ['GET', '/order-1/decision', 'POST'],
  ])('%s %s means nothing, and says what does', async (method, path, allow) => {
    const answer = await ask(`${url}${path}`, { method, headers: as(reader) });
    expect(answer).toMatchObject({ status: 405, body: { code: 'wrong-method' } });
    expect(answer.headers.get('allow')?.split(', ').sort().join(', ')).toBe(allow);
  });

  it('with a key that may, the same is answered', async () => {
    expect((await ask(url, { headers: as(reader) })).status).toBe(200);
  });

  it.each([
    ['an empty body', '', '/'],
    ['half a body', '{"subject":', '/'],
    ['no object', '[]', '/'],
    [
      'an unknown provider',
      { subject: 's-1', provider: 'nobody', photos: ['file:a.jpg'], options: {} },
      '/provider',
    ],
    [
      'a name instead of a pseudonym',
      {
        subject: 'a b@c',
        provider: 'apiframe',
        photos: ['file:a.jpg'],
        options: { gender: 'female', ethnicity: 'white' },
      },
      '/subject',
    ],
    [
      'a photo at an address of the inside',
      {
        subject: 's-1',
        provider: 'apiframe',
        photos: ['http://169.254.169.254/latest/meta-data'],
        options: { gender: 'female', ethnicity: 'white' },
      },
      '/photos/0',
    ],
    [
      'more than is asked',
      {
        subject: 's-1',
        provider: 'apiframe',
        photos: ['file:a.jpg'],
        options: { gender: 'female', ethnicity: 'white' },
        price: 0,
      },
      '/',
    ],
  ])('%s is said to be wrong, and where', async (_what, body, path) => {
    const answer = await ask(url, { body, headers: as(starter), method: 'POST' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(String(answer.body['detail'])).not.toBe('');
    if (path !== '/') expect(answer.body['at']).toMatchObject([{ path }]);
  });

  it.each([
    ['a slash', 'a/b'],
    ['a blank', 'a b'],
    ['2,000 characters', 'a'.repeat(2000)],
  ])('an id with %s is refused', async (_what, id) => {
    const answer = await ask(url, {
      body: await rig.request(),
      headers: { ...as(starter), 'idempotency-key': id },
    });
    expect(answer).toMatchObject({ status: 400, body: { at: [{ path: '/idempotency-key' }] } });
    const { status } = await ask(`${url}/${encodeURIComponent(id)}`, { headers: as(reader) });
    expect([400, 404, 414]).toContain(status);
  });

  it('a body of another type, or of a megabyte, is not read', async () => {
    const headers = as(starter);
    const form = await fetch(url, { method: 'POST', headers, body: new URLSearchParams({ a: 'b' }) });
    expect(form.status).toBe(415);
    const large = await ask(url, { body: `"${'a'.repeat(1_000_000)}"`, headers });
    expect(large).toMatchObject({ status: 413, body: { code: 'too-large' } });
  });

  it('an address that there is not, a cursor of nobody', async () => {
    expect(await ask(`${gateway.url}/v1/nothing`, { headers: as(reader) })).toMatchObject({ status: 404 });
    for (const cursor of ['AAAA', 'not+one', 'NV', 'W10', 'bnVsbA'])
      expect(await ask(`${url}?cursor=${cursor}`, { headers: as(reader) })).toMatchObject({
        status: 400,
        body: { code: 'invalid-request' },
      });
  });

  it.each([
    ['two lengths', 'content-length: 2\r\ncontent-length: 200\r\n'],
    ['a length and chunks', 'content-length: 5\r\ntransfer-encoding: chunked\r\n'],
    ['a folded header', 'x-a: b\r\n c: d\r\n'],
    ['a header with a bare line feed', 'x-a: b\nx-c: d\r\n'],
  ])('a head that could be read in two ways: %s', async (_what, lines) => {
    const port = Number(new URL(gateway.url).port);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
      socket.on('error', () => undefined);
      socket.write(
        `POST /v1/trainings HTTP/1.1\r\nhost: a\r\n${lines}content-type: application/json\r\nconnection: close\r\n\r\n0\r\n\r\n`,
      );
    });
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d/);
  });

  it('too many of one key are refused, and those of another go on', async () => {
    const limited = await startApi(rig, {
      access: { ask: 'keys', keys: [starter.kept, reader.kept] },
      requestsAMinute: 3,
    });
    try {
      const list = `${limited.url}/v1/trainings`;
      for (let n = 0; n < 3; n += 1) expect((await ask(list, { headers: as(reader) })).status).toBe(200);
      const refused = await ask(list, { headers: as(reader) });
      expect(refused).toMatchObject({ status: 429, body: { code: 'too-many' } });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await ask(list, { body: {}, headers: as(starter) })).status).toBe(400);
    } finally {
      await limited.close();
    }
  });

  it('while Temporal is away a start is answered with 503, and when to ask again', async () => {
    const away = await startApi({
      config: rig.config,
      access: accessTo(`127.0.0.1:${String(await freePort())}`),
    });
    try {
      const answer = await ask(`${away.url}/v1/trainings`, { body: await rig.request() });
      expect(answer).toMatchObject({ status: 503, body: { code: 'temporal-away' } });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await away.close();
    }
  }, 30_000);
});
