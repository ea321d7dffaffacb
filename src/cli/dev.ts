import { removeDevFile } from './dev-file';
import { EXIT } from './exit-code';
import { startLocalStack } from './local-stack';
import { profileOption } from './fault-profile-option';
import type { HomeOption } from './reach';
import { durationOption, portOption } from './read-option';
import { aborted, stopSignal } from './stop-signal';

interface DevOptions extends HomeOption {
  port: string;
  uiPort?: string;
  httpPort: string;
  gatewayPort?: string;
  trainTime: string;
  faults?: string;
}

/** Where Temporal's own tools look for it; any free one where that would be no port. */
function uiPortBeside(port: number): number {
  return port === 0 || port + 1000 > 65_535 ? 0 : port + 1000;
}

const GATEWAY_PORT = 4020;

/** `darkroom dev`: everything on this machine, until it is stopped. Progress goes to stderr, the ready line to stdout. */
export async function dev(options: DevOptions): Promise<void> {
  const port = portOption('--port', options.port);
  const uiPort = options.uiPort === undefined ? uiPortBeside(port) : portOption('--ui-port', options.uiPort);
  const httpPort = portOption('--http-port', options.httpPort);
  const gatewayPort =
    options.gatewayPort === undefined
      ? port === 0
        ? 0
        : GATEWAY_PORT
      : portOption('--gateway-port', options.gatewayPort);
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const signal = stopSignal();
  const trainMs = durationOption('--train-time', options.trainTime);
  const profile = await profileOption(options.faults);
  const { home: chosenHome } = options;
  const stack = await startLocalStack({
    home: chosenHome,
    port,
    uiPort,
    httpPort,
    gatewayPort,
    trainMs,
    profile,
    say,
    signal,
  });
  if (profile !== null && stack.dev.sandbox === null)
    say('--faults changes nothing: the provider is a configured one, not the sandbox');
  if (stack.dev.sandbox === null && stack.hasNoKey)
    say('APIFRAME_API_KEY is not set: trainings will fail until dev is restarted with it');
  const { temporal, http, ui, sandbox, home } = stack.dev;
  const provider = sandbox === null ? 'APIFRAME as configured' : `sandbox ${sandbox}`;
  process.stdout.write(
    `Darkroom ready: Temporal ${temporal} · HTTP ${http} · UI ${ui} · ${provider} · gateway ${stack.gatewayUrl} · home ${home}\n`,
  );
  const end = await Promise.race([
    aborted(signal).then(() => 'stopped' as const),
    stack.worker.then(() => 'worker gone' as const),
    stack.serverGone.then(() => 'server gone' as const),
  ]);
  if (end === 'server gone') {
    // A worker without its server does not drain; trainings lose nothing by it, they are in the database.
    removeDevFile(home);
    say(`darkroom: the Temporal server ended by itself; its last words are in ${home}/temporal.log`);
    process.exit(EXIT.noTemporal);
  }
  if (end === 'stopped') say('Finishing what is in hand (Ctrl-C again stops at once)');
  await stack.worker.finally(() => stack.stop());
}
