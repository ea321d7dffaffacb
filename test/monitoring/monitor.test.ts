import { addFault } from '../support/ledger';
import { spawnGateway, type GatewayProcess } from '../support/gateway-process';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';
import { spawnWorker, type WorkerProcess } from '../support/worker-process';
import { freePort } from '../../src/temporal-server/free-port';
import { afreshAccess } from '../support/test-server';

const SECRET = 'a-secret-of-a-test-that-protects-nothing';
/** Nothing of these may be in what anybody scrapes or logs. */
const PLANTED = { subject: 's-planted-77', trigger: 'PlantedPerson', key: 'test-key' };

describe('what processes tell of themselves', () => {
  let rig: Rig;
  let worker: WorkerProcess;
  let gateway: GatewayProcess;
  let workerUrl: string;
  let gatewayUrl: string;
  const ask = async (url: string) => {
    const answer = await fetch(url);
    return { status: answer.status, text: await answer.text() };
  };
  const value = (text: string, name: string) =>
    Number(new RegExp(`^${name.replaceAll(/[{}]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1]);

  beforeAll(async () => {
    // What another test has left to be done would be counted too.
    rig = await createRig({ access: afreshAccess() });
    const [workerPort, gatewayPort] = [await freePort(), await freePort()];
    workerUrl = `http://127.0.0.1:${String(workerPort)}`;
    gatewayUrl = `http://127.0.0.1:${String(gatewayPort)}`;
    worker = spawnWorker({ ...rig.env, DARKROOM_MONITOR: `127.0.0.1:${String(workerPort)}` });
    gateway = await spawnGateway(SECRET, undefined, {
      DARKROOM_HOME: rig.home,
      DARKROOM_MONITOR: `127.0.0.1:${String(gatewayPort)}`,
    });
    await worker.untilSaid('Worker ready');
  });
  afterAll(async () => {
    await gateway.stop();
    await worker.stop();
    await rig.close();
  });

  it('are there, and ready to work', async () => {
    for (const url of [workerUrl, gatewayUrl]) {
      expect(await ask(`${url}/healthz`)).toEqual({ status: 200, text: 'ok\n' });
      expect(await ask(`${url}/readyz`)).toEqual({ status: 200, text: 'ready\n' });
      expect((await ask(`${url}/secrets`)).status).toBe(404);
    }
  });

  it("of a worker: trainings, credits, calls and photos, and the SDK's own behind it", async () => {
    const options = { gender: 'female', ethnicity: 'white', triggerWord: PLANTED.trigger } as const;
    const id = await rig.train(await rig.request({ subject: PLANTED.subject, options }));
    await rig.darkroom.result(id);
    const text = await until('all is counted', async () => {
      const { text: now } = await ask(`${workerUrl}/metrics`);
      return now.includes('state="succeeded"') ? now : null;
    });
    expect(value(text, 'darkroom_training_states_total{provider="apiframe",state="succeeded"}')).toBe(1);
    const submissions = text.split('\n').filter((line) => line.startsWith('darkroom_submissions_total'));
    expect(submissions).toEqual(['darkroom_submissions_total{provider="apiframe",outcome="accepted"} 1']);
    expect(value(text, 'darkroom_credits_reserved_total{provider="apiframe"}')).toBe(48);
    expect(value(text, 'darkroom_credits_spent_total{provider="apiframe"}')).toBe(48);
    expect(value(text, 'darkroom_photos_total{verdict="accepted"}')).toBe(12);
    expect(value(text, 'darkroom_polls_total{provider="apiframe",verdict="succeeded"}')).toBe(1);
    expect(
      value(
        text,
        'darkroom_provider_call_seconds_count{provider="apiframe",call="submit",outcome="accepted"}',
      ),
    ).toBe(1);
    expect(text).toContain('temporal_activity_execution_latency');
  });

  it('of a gateway: trainings by state, deliveries and requests', async () => {
    await fetch(`${gateway.url}/webhooks/apiframe/guess.guess`, { method: 'POST', body: '{}' });
    await fetch(`${gateway.url}/v1/trainings/nobody-started-this`);
    const { text } = await ask(`${gatewayUrl}/metrics`);
    expect(value(text, 'darkroom_deliveries_total{outcome="address not signed by us"}')).toBe(1);
    expect(text).toContain('route="/v1/trainings/:id",status="404"');
    expect(text).toMatch(/^darkroom_trainings\{provider="apiframe",state="needs-decision"\} \d+$/m);
    expect(text).not.toContain('nobody-started-this');
  });

  it('count each submission by how it went', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'error-after' });
    const id = await rig.train(await rig.request());
    await rig.untilState(id, 'needs-decision');
    const { text } = await ask(`${workerUrl}/metrics`);
    expect(value(text, 'darkroom_submissions_total{provider="apiframe",outcome="unknown"}')).toBe(1);
    expect(value(text, 'darkroom_training_states_total{provider="apiframe",state="needs-decision"}')).toBe(1);
  });

  it('name no request that names a provider that is none', async () => {
    const id = await rig.train({ provider: 'evil"} 1', subject: 's-1' });
    await rig.darkroom.result(id);
    const { text } = await ask(`${workerUrl}/metrics`);
    expect(text).not.toContain('evil');
    expect(value(text, 'darkroom_training_states_total{provider="other",state="failed"}')).toBe(1);
  });

  it('hold no key, no id and nothing of a person, and nor do their logs', async () => {
    const scraped = await Promise.all([workerUrl, gatewayUrl].map((url) => ask(`${url}/metrics`)));
    const all = scraped.map(({ text }) => text).join('');
    const logs = JSON.stringify(worker.lines) + gateway.log();
    for (const planted of Object.values(PLANTED)) {
      expect(all).not.toContain(planted);
      expect(logs).not.toContain(planted);
    }
    expect(all).not.toContain(SECRET);
    expect(logs).not.toContain(SECRET);
  });
});
