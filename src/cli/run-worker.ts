import type { NativeConnection } from '@temporalio/worker';
import type { Config } from '../config';
import type { WorkerTracing } from '../monitoring/tracing';
import type { WorkerMonitor } from '../monitoring/worker-monitor';
import { connectPatiently, createWorker } from '../worker';
import { downloadsFolder, removeLeftDownloads } from '../storage/left-downloads';
import { portsFrom } from '../worker-ports';
import type { TemporalAccess } from '../temporal-connection';
import { assertNamespacePrepared } from './prepared-namespace';
import { provenStore } from './proven-store';
import { aborted } from './stop-signal';

export interface RunHooks {
  say: (line: string) => void;
  /** Called when it takes work. */
  onReady: () => void;
  signal: AbortSignal;
  monitor?: WorkerMonitor | null;
  tracing?: WorkerTracing | null;
}

const READY_LIMIT_MS = 2000;

/** Runs a worker until the signal, then lets it finish what is in hand. */
export async function runWorker(
  config: Config,
  access: TemporalAccess,
  { say, onReady, signal, monitor = null, tracing = null }: RunHooks,
): Promise<void> {
  const connection = await connectPatiently(access, say, signal);
  // The SDK's runtime ends with its last connection; one that never had any would keep the process alive.
  if (connection === null) process.exit(0);
  await removeLeftDownloads(downloadsFolder(config.home));
  const ports = portsFrom(config, monitor?.metrics);
  try {
    // A folder says so itself, at the first thing that is written to it.
    if (config.storePlace !== null && !(await provenStore(ports.storage, say, signal))) return;
    await assertNamespacePrepared(connection, access.namespace, say);
    const worker = await createWorker(
      { access, config: config.worker, ports, metrics: monitor?.metrics ?? null, tracing },
      connection,
    );
    const running = worker.run();
    monitor?.readyBy(() => reaches(connection));
    onReady();
    await Promise.race([running, aborted(signal)]);
    worker.shutdown();
    await running;
  } finally {
    await ports.photoPool.close();
    await connection.close();
  }
}

function reaches(connection: NativeConnection): Promise<boolean> {
  return connection
    .withDeadline(Date.now() + READY_LIMIT_MS, () => connection.workflowService.getSystemInfo({}))
    .then(
      () => true,
      () => false,
    );
}
