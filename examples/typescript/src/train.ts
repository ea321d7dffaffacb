/** Trains a person with Darkroom and waits for the end: `train [--decide DECISION] ID REQUEST.json` */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connect, NoWorkerError, type Darkroom, type Decision, type TrainResult } from 'darkroom';
import { trainRequestSchema } from 'darkroom/contract';

const LOOK_EVERY_MS = 2000;

class NeedsDecision extends Error {}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { decide: { type: 'string' } },
    allowPositionals: true,
  });
  const [id, requestFile] = positionals;
  if (id === undefined || requestFile === undefined || positionals.length > 2) {
    console.error('usage: train [--decide DECISION] ID REQUEST.json');
    return 2;
  }
  // The client refuses what is no request before anything is started.
  const request = trainRequestSchema.safeParse(JSON.parse(readFileSync(requestFile, 'utf8')));
  if (!request.success) {
    const problems = request.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    console.error(`InvalidRequest: ${problems.join('; ')}`);
    return 1;
  }
  // TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS_* and the profile file.
  const darkroom = await connect();
  try {
    // The id is the idempotency key. The client joins a training that runs or has ended, starts one over only if it
    // certainly was not charged, and throws IdTakenError if the id belongs to another request.
    await darkroom.train(request.data, { id });
    const decision = values.decide === undefined ? null : (JSON.parse(values.decide) as Decision);
    const result = await follow(darkroom, id, decision);
    console.log(JSON.stringify(result));
    if (result.failure !== null) console.error(`${result.failure.code}: ${result.failure.message}`);
    return result.state === 'succeeded' ? 0 : 1;
  } catch (error) {
    if (!(error instanceof NeedsDecision)) throw error;
    console.error('a person must decide: run it again with --decide');
    return 4;
  } finally {
    await darkroom.close();
  }
}

/** Shows the status line until the end, and answers needs-decision. */
async function follow(darkroom: Darkroom, id: string, decision: Decision | null): Promise<TrainResult> {
  const result = darkroom.result(id);
  result.catch(() => undefined); // it is awaited below, or given up
  let line = '';
  for (;;) {
    const ended = await Promise.race([result, delay(LOOK_EVERY_MS, null)]);
    if (ended !== null) return ended;
    const status = await darkroom.status(id).catch((error: unknown) => {
      if (error instanceof NoWorkerError) return null; // just now; the training is safe
      throw error;
    });
    if (status === null) continue;
    if (status.line !== line) console.error(`${status.state}: ${status.line}`);
    ({ line } = status);
    if (status.state !== 'needs-decision') continue;
    if (decision === null) throw new NeedsDecision();
    await darkroom.decide(id, decision);
    decision = null; // good for one submission: another one whose outcome is unknown is another question
  }
}

// Not by process.exitCode: where a person must decide, the call that waits for the end would keep the process for 20 s.
main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(String(error));
    process.exit(1);
  },
);
