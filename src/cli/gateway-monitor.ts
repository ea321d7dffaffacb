import { Client, Connection } from '@temporalio/client';
import { darkroomOver } from '../client';
import { gatewayMetrics, type GatewayMetrics } from '../monitoring/metrics';
import { startMonitorServer, type MonitorAddress } from '../monitoring/monitor-server';
import { assertPortFree } from '../temporal-server';
import type { TemporalAccess } from '../temporal-connection';

/** To count and to look whether Temporal is there; a scrape waits no longer. */
const CALL_LIMIT_MS = 5000;

export interface GatewayMonitor {
  readonly metrics: GatewayMetrics;
  close(): Promise<void>;
}

/** With a connection of its own: what is counted must not stand in line behind deliveries, nor they behind it. */
export async function startGatewayMonitor(
  address: MonitorAddress,
  { connectionOptions, namespace }: TemporalAccess,
): Promise<GatewayMonitor> {
  if (address.port !== 0) await assertPortFree(address.port, 'DARKROOM_MONITOR');
  const connection = Connection.lazy(connectionOptions);
  const client = new Client({ connection, namespace });
  const darkroom = darkroomOver(client);
  const within = <T>(call: () => Promise<T>) => connection.withDeadline(Date.now() + CALL_LIMIT_MS, call);
  const metrics = gatewayMetrics(() => within(() => darkroom.counts()));
  const server = await startMonitorServer(address, {
    metrics: () => metrics.registry.metrics(),
    isReady: () =>
      within(() => client.workflowService.describeNamespace({ namespace })).then(
        () => true,
        () => false,
      ),
  });
  return {
    metrics,
    async close() {
      server.close();
      await connection.close();
    },
  };
}
