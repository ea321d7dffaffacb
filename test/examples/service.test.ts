import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { freePort } from '../../src/temporal-server/free-port';
import { addFault } from '../support/ledger';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';
import { examples } from './run-example';
import { CALLBACK_SECRET as SECRET } from '../support/callback-receiver';

const [, example] = examples().find(([language]) => language === 'typescript') ?? [];
const command = example === undefined || 'why' in example ? null : example.command;
const test = command === null ? it.skip : it;

describe('the example of a service', () => {
  let rig: Rig;
  let service: ChildProcess;
  let url: string;
  beforeAll(async () => {
    if (command === null) return;
    const port = String(await freePort());
    url = `http://127.0.0.1:${port}`;
    const env = { DARKROOM_CALLBACK_SECRETS: SECRET, DARKROOM_CALLBACK_ORIGINS: url };
    rig = await createRig({ env });
    await rig.startWorker();
    const main = path.join(path.dirname(command.at(-1) ?? ''), 'service.mjs');
    service = spawn(process.execPath, [main, port], {
      env: { ...process.env, ...rig.env, CALLBACK_SECRET: SECRET },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (service.stdout !== null) await once(service.stdout, 'data');
  });
  afterAll(async () => {
    if (command === null) return;
    service.kill();
    await once(service, 'exit');
    await rig.close();
  });

  const post = async (where: string, body: unknown) => {
    const answer = await fetch(`${url}${where}`, { method: 'POST', body: JSON.stringify(body) });
    return { status: answer.status, text: await answer.text() };
  };
  const order = async (id: string) => {
    const answer = await fetch(`${url}/orders/${id}`);
    return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
  };

  test('trains an order that is sent twice once, and hears of its end', async () => {
    const id = `order-${String(Date.now())}`;
    const request = await rig.request();
    rig.remember(id);
    expect((await post(`/orders/${id}`, request)).status).toBe(202);
    expect(JSON.parse((await post(`/orders/${id}`, request)).text)).toEqual({ id, how: 'joined' });
    const result = await rig.darkroom.result(id);
    await until('the service knows it', async () => ('line' in (await order(id)).json ? null : true));
    expect((await order(id)).json).toEqual(result);
    expect((await rig.ledger()).submissions).toHaveLength(1);
    expect((await post(`/orders/${id}`, { ...request, subject: 's-2' })).status).toBe(409);
  });

  test('says what is wrong, and believes nobody without the secret', async () => {
    expect((await post('/orders/order-x', { subject: 's-1' })).status).toBe(400);
    expect((await order('nobody-ordered-this')).status).toBe(404);
    expect((await post('/trained', { type: 'training.succeeded' })).status).toBe(400);
  });

  test('shows that a person must decide', async () => {
    const id = `order-${String(Date.now())}-b`;
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'error-after' });
    rig.remember(id);
    await post(`/orders/${id}`, await rig.request());
    await rig.untilState(id, 'needs-decision');
    expect((await order(id)).json).toMatchObject({ state: 'needs-decision', charge: 'unknown' });
  });
});
