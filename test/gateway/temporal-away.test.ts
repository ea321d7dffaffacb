import { startDeliveriesOnly } from '../support/deliveries-only';
import { accessTo, addressOf } from '../../src/temporal-connection';
import { breakableLink, type BreakableLink } from '../support/breakable-link';
import { spawnGateway, type GatewayProcess } from '../support/gateway-process';
import { createRig, type Rig } from '../support/rig';
import { testAccess } from '../support/test-server';
import { until } from '../support/until';
import { deliver, SECRET } from './deliver';

const FINISHED = { task_id: 'task', status: 'finished', percentage: 100 };

describe('a delivery while Temporal is away', () => {
  let rig: Rig;
  let link: BreakableLink;
  /** Waits for its training, and nothing but a delivery makes it look. */
  let id: string;
  const gateways: { close(): Promise<unknown> }[] = [];
  const polls = async () => (await rig.darkroom.status(id)).polls;

  beforeAll(async () => {
    link = await breakableLink(addressOf(testAccess()));
    rig = await createRig({
      sandbox: { pace: { uploadMs: 20, trainMs: 600_000, uploadTtlMs: 3_600_000 } },
      env: { DARKROOM_POLL_FIRST: '10m', DARKROOM_POLL_MAX: '10m' },
    });
    await rig.startWorker();
    id = await rig.train(await rig.request());
    await rig.untilState(id, 'training');
  });
  afterEach(async () => {
    for (const gateway of gateways.splice(0)) await gateway.close();
    await link.mend();
  });
  afterAll(async () => {
    await rig.close();
    await link.close();
  });

  const spawned = async (): Promise<GatewayProcess> => {
    const gateway = await spawnGateway(SECRET, link.address);
    gateways.push({ close: () => gateway.stop() });
    return gateway;
  };
  const send = (url: string) => deliver(url, { id, attempt: 1 }, { body: FINISHED });
  /** Sent, and on its way to a Temporal that does not answer. */
  const inHand = async (url: string) => {
    link.stall();
    const answer = send(url).then(
      ({ status }) => status,
      () => 'cut off' as const,
    );
    await until('it is in hand', () => (link.hasSwallowed() ? true : null));
    return { answer };
  };
  const heardOnce = (before: number) =>
    until('it has looked', async () => ((await polls()) > before ? true : null));

  it('is to be sent again, and is heard when Temporal is back', async () => {
    const access = accessTo(link.address, testAccess().namespace);
    const gateway = await startDeliveriesOnly({ access });
    gateways.push(gateway);
    const before = await polls();
    await link.cut();
    expect((await send(gateway.url)).status).toBe(503);
    expect(await polls()).toBe(before);

    await link.mend();
    await until('it is taken', async () => ((await send(gateway.url)).status === 200 ? true : null));
    await heardOnce(before);
  });

  it('is not taken by a gateway that is killed meanwhile, and the next one takes it', async () => {
    const before = await polls();
    const first = await spawned();
    const { answer } = await inHand(first.url);
    await first.kill();
    expect(await answer).toBe('cut off');
    expect(await polls()).toBe(before);

    await link.cut(); // what the stalled link holds never arrives
    await link.mend();
    const second = await spawned();
    expect((await send(second.url)).status).toBe(200);
    await heardOnce(before);
  });

  it('is answered by a gateway that is told to stop, or cut off, but never taken', async () => {
    const before = await polls();
    const gateway = await spawned();
    const { answer } = await inHand(gateway.url);
    expect(await gateway.stop()).toBe(0);
    expect([503, 'cut off']).toContain(await answer);
    expect(await polls()).toBe(before);
  });
});
