import { createRig, type Rig } from '../support/rig';
import { spawnGateway, type GatewayProcess } from '../support/gateway-process';
import { spanReceiver, type SpanReceiver } from '../support/span-receiver';
import { until } from '../support/until';
import { spawnWorker, type WorkerProcess } from '../support/worker-process';

const SECRET = 'a-secret-of-a-test-that-protects-nothing';
/** What a caller's own span is called in its header, https://www.w3.org/TR/trace-context/ */
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

describe('a trace', () => {
  let rig: Rig;
  let receiver: SpanReceiver;
  let worker: WorkerProcess;
  let gateway: GatewayProcess;
  beforeAll(async () => {
    rig = await createRig();
    receiver = await spanReceiver();
    const traced = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: '100' };
    worker = spawnWorker({ ...rig.env, ...traced });
    gateway = await spawnGateway(SECRET, undefined, { DARKROOM_HOME: rig.home, ...traced });
    await worker.untilSaid('Worker ready');
  });
  afterAll(async () => {
    await gateway.stop();
    await worker.stop();
    receiver.close();
    await rig.close();
  });

  it('goes from the caller through the gateway and the workflow to the calls at the provider', async () => {
    const id = `traced-${String(Date.now())}`;
    rig.remember(id);
    const options = { gender: 'female', ethnicity: 'white', triggerWord: 'PlantedPerson' } as const;
    const answer = await fetch(`${gateway.url}/v1/trainings`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': id,
        traceparent: `00-${TRACE}-${CALLER}-01`,
      },
      body: JSON.stringify(await rig.request({ subject: 's-planted-77', options })),
    });
    expect(answer.status).toBe(201);
    await rig.darkroom.result(id);

    const inTrace = () => receiver.spans.filter(({ traceId }) => traceId === TRACE);
    const named = (name: string) => inTrace().find((span) => span.name === name);
    await until('all spans are there', () =>
      [
        'POST /v1/trainings',
        'StartWorkflow:trainPerson',
        'RunWorkflow:trainPerson',
        'apiframe submit',
        'RunActivity:checkTraining',
      ].every((name) => named(name) !== undefined)
        ? true
        : null,
    );
    // From each to what it is part of, up to the caller.
    const bySpan = new Map(inTrace().map((span) => [span.spanId, span]));
    const chain: string[] = [];
    for (let span = named('apiframe submit'); span; span = bySpan.get(span.parentSpanId ?? ''))
      chain.push(`${span.service} ${span.name}`);
    expect(chain).toEqual([
      'darkroom-worker apiframe submit',
      'darkroom-worker RunActivity:submitOnRecord',
      'darkroom-worker StartActivity:submitOnRecord',
      'darkroom-worker RunWorkflow:trainPerson',
      'darkroom-gateway StartWorkflow:trainPerson',
      'darkroom-gateway POST /v1/trainings',
    ]);
    expect(named('POST /v1/trainings')?.parentSpanId).toBe(CALLER);
    // The SDK tells of a workflow what Temporal's lists have, the pseudonym among it; no request, no secret.
    for (const word of ['PlantedPerson', 'test-key', 'file:', SECRET])
      expect(receiver.bodies.join('\n')).not.toContain(word);
  });

  it('is none where an endpoint is there and traces are switched off', async () => {
    const before = receiver.spans.length;
    const quiet = await spawnGateway(SECRET, undefined, {
      DARKROOM_HOME: rig.home,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_SDK_DISABLED: 'true',
    });
    await fetch(`${quiet.url}/v1/trainings/nobody`);
    await quiet.stop();
    expect(receiver.spans.slice(before).filter(({ name }) => name.includes('/v1/trainings/:id'))).toEqual([]);
  });
});
