import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startProvider } from '../provider/start-provider.mjs';

describe('the fake provider', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'darkroom-peers-test-'));
  /** @type {import('../provider/start-provider.mjs').Provider} */
  let provider;

  before(async () => {
    provider = await startProvider({ folder, trainS: 1, spreadS: 0 });
  });
  after(async () => {
    await provider.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /**
   * @param {string} way
   * @param {unknown} body
   * @returns {Promise<any>}
   */
  const post = async (way, body = {}) =>
    (await fetch(provider.url + way, { method: 'POST', body: JSON.stringify(body) })).json();
  /** @param {string} id @returns {Promise<any>} */
  const get = async (id) => (await fetch(`${provider.url}/fetch?id=${id}`)).json();

  it('counts looks, gaps, calls and how late an end was seen', async () => {
    const fromMs = Date.now();
    const { id } = await post('/submit');
    assert.equal((await get(id)).status, 'processing');
    await delay(1200);
    assert.equal((await get(id)).status, 'finished');
    await get(id);
    const { calls, gaps } = await provider.window(fromMs, Date.now() + 1);
    assert.deepEqual(calls, { 'POST /submit': 1, 'GET /fetch': 3 });
    assert.equal(gaps.count, 2);
    assert.ok(gaps.longestMs >= 1150, `${gaps.longestMs}`);
    const { seen, longestMs } = await provider.lateness();
    assert.equal(seen, 1);
    assert.ok(longestMs >= 150 && longestMs < 1000, `${longestMs}`);
  });

  it('speaks the documented calls over the same ledger, up to 20 at once, with a webhook at the end', async () => {
    /** @type {{ secret: unknown, body: any }[]} */
    const deliveries = [];
    const receiver = createServer(async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = JSON.parse(Buffer.concat(chunks).toString());
      deliveries.push({ secret: request.headers['x-webhook-secret'], body });
      response.end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => receiver.once('listening', resolve));
    const address = /** @type {import('node:net').AddressInfo} */ (receiver.address());
    /** @returns {Promise<any>} */
    const account = async () => (await fetch(`${provider.url}/account`)).json();
    const { credits } = await account();

    const { task_id: upload } = await post('/ai-photo-upload', { images: ['a', 'b'] });
    assert.equal((await post('/fetch', { task_id: upload })).status, 'finished');
    const training = { training_images_id: upload, webhook_secret: 's' };
    const { task_id: id } = await post('/ai-photo-train', {
      ...training,
      webhook_url: `http://127.0.0.1:${address.port}/hook`,
    });
    const { task_id: other } = await post('/ai-photo-train', training);
    assert.equal((await account()).credits, credits - 2 - 8 - 8);

    const { tasks } = await post('/fetch-many', { task_ids: [id, other, 'unknown'] });
    assert.deepEqual(
      tasks.map((/** @type {any} */ task) => [task.task_id, task.status]),
      [
        [id, 'processing'],
        [other, 'processing'],
      ],
    );
    assert.ok('errors' in (await post('/fetch-many', { task_ids: [id] })));
    await delay(1200);
    assert.deepEqual(
      deliveries.map(({ secret, body }) => [secret, body.task_id, body.status]),
      [
        ['s', id, 'processing'],
        ['s', id, 'finished'],
      ],
    );
    assert.equal((await provider.lateness()).webhooks.delivered, 2);
    receiver.close();
  });

  it('records a submission that it never answers, and one whose socket it cuts', async () => {
    const before = (await provider.submissions()).length;
    await provider.setMode('hang');
    await assert.rejects(
      fetch(`${provider.url}/submit`, { method: 'POST', signal: AbortSignal.timeout(300) }),
    );
    await provider.setMode('reset');
    await assert.rejects(fetch(`${provider.url}/submit`, { method: 'POST' }));
    await provider.setMode('ok');
    assert.equal((await provider.submissions()).length, before + 2);
  });
});
