import { parseFault, type Fault } from '../sandbox/faults';
import { startSandbox } from '../sandbox/server';
import { assertPortFree } from '../temporal-server';
import { profileOption } from './fault-profile-option';
import { InputError } from './input-error';
import { countOption, durationOption, portOption } from './read-option';
import { aborted, stopSignal } from './stop-signal';

interface SandboxCliOptions {
  host: string;
  port: string;
  key: string;
  trainTime: string;
  uploadTime: string;
  uploadTtl: string;
  credits: string;
  maxInFlight?: string;
  ledger?: string;
  fault: string[];
  faults?: string;
}

/** `darkroom sandbox`: stays up until it is stopped. */
export async function sandbox(options: SandboxCliOptions): Promise<void> {
  const port = portOption('--port', options.port);
  if (port !== 0) await assertPortFree(port, '--port');
  const server = await startSandbox({
    host: options.host,
    port,
    apiKey: options.key,
    pace: {
      trainMs: durationOption('--train-time', options.trainTime),
      uploadMs: durationOption('--upload-time', options.uploadTime),
      uploadTtlMs: durationOption('--upload-ttl', options.uploadTtl),
    },
    ...(options.maxInFlight !== undefined && {
      maxInFlight: countOption('--max-in-flight', options.maxInFlight, { min: 1, max: 100_000 }),
    }),
    credits: countOption('--credits', options.credits, { min: 0, max: 1_000_000_000 }),
    ledgerFile: options.ledger ?? null,
    faults: options.fault.map(faultOption),
    profile: await profileOption(options.faults),
  });
  process.stdout.write(
    `Sandbox ready: ${server.url} · ledger ${server.url}/sandbox/ledger · key ${options.key}\n`,
  );
  await aborted(stopSignal());
  await server.close();
}

function faultOption(text: string): Fault {
  const fault = parseFault(text);
  if (fault !== null) return fault;
  throw new InputError(
    `--fault expects ENDPOINT:KIND[:TIMES] or ENDPOINT:KIND:NAME=VALUE,…, as darkroom sandbox --help lists them, received "${text}"`,
  );
}
