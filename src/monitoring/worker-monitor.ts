import { workerMetrics, type WorkerMetrics } from './metrics';
import { startMonitorServer, type MonitorAddress, type MonitorServer } from './monitor-server';

export interface WorkerMonitor {
  readonly metrics: WorkerMetrics;
  /** To be said as soon as the worker takes work: whether it reaches Temporal. Not ready before. */
  readyBy(isReady: () => Promise<boolean>): void;
  close(): void;
}

/**
 * What a worker tells of itself: what it counts and, behind that, what the SDK counts.
 *
 * @param sdkAddress where the SDK's own metrics are, on this machine
 */
export async function startWorkerMonitor(
  address: MonitorAddress,
  sdkAddress: string,
): Promise<WorkerMonitor> {
  const metrics = workerMetrics();
  let isReady = () => Promise.resolve(false);
  const server: MonitorServer = await startMonitorServer(address, {
    metrics: async () => `${await metrics.registry.metrics()}\n${await sdkMetrics(sdkAddress)}`,
    isReady: () => isReady(),
  });
  return {
    metrics,
    readyBy: (given) => void (isReady = given),
    close: () => server.close(),
  };
}

/** Empty while the SDK has none yet, or its exporter could not begin. */
async function sdkMetrics(address: string): Promise<string> {
  try {
    return await (await fetch(`http://${address}/metrics`, { signal: AbortSignal.timeout(2000) })).text();
  } catch {
    return '';
  }
}
