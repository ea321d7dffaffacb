import type { Config } from '../config';
import { connectPatiently, createWorker } from '../worker';
import { removeLeftDownloads } from '../storage/left-downloads';
import { downloadsFolder, portsFrom } from '../worker-ports';
import type { TemporalAccess } from '../temporal-connection';
import { assertNamespacePrepared } from './prepared-namespace';
import { provenStore } from './proven-store';
import { aborted } from './stop-signal';

/** Runs a worker until the signal, then lets it finish what is in hand. `onReady` is called when it takes work. */
export async function runWorker(
  config: Config,
  access: TemporalAccess,
  { say, onReady, signal }: { say: (line: string) => void; onReady: () => void; signal: AbortSignal },
): Promise<void> {
  const connection = await connectPatiently(access, say, signal);
  // The SDK's runtime ends with its last connection; one that never had any would keep the process alive.
  if (connection === null) process.exit(0);
  await removeLeftDownloads(downloadsFolder(config.home));
  const ports = portsFrom(config);
  try {
    // A folder says so itself, at the first thing that is written to it.
    if (config.storePlace !== null && !(await provenStore(ports.storage, say, signal))) return;
    await assertNamespacePrepared(connection, access.namespace, say);
    const worker = await createWorker({ access, config: config.worker, ports }, connection);
    const running = worker.run();
    onReady();
    await Promise.race([running, aborted(signal)]);
    worker.shutdown();
    await running;
  } finally {
    await ports.photoPool.close();
    await connection.close();
  }
}
