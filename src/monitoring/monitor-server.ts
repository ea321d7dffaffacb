import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface MonitorAddress {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

export interface Monitored {
  /** In Prometheus' text format. */
  metrics: () => Promise<string>;
  /** Whether work can be taken right now. */
  isReady: () => Promise<boolean>;
}

export interface MonitorServer {
  readonly url: string;
  close(): void;
}

/** https://prometheus.io/docs/instrumenting/exposition_formats/ */
const TEXT_FORMAT = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * `/metrics`, `/healthz` (this process answers) and `/readyz` (it has work to offer to nobody in vain), on an address of its own: none
 * of it is for the internet.
 */
export async function startMonitorServer(
  { host, port }: MonitorAddress,
  { metrics, isReady }: Monitored,
): Promise<MonitorServer> {
  const answers: Partial<Record<string, () => Promise<[number, string]>>> = {
    '/metrics': async () => [200, await metrics()],
    '/healthz': () => Promise.resolve([200, 'ok\n']),
    '/readyz': async () => ((await isReady()) ? [200, 'ready\n'] : [503, 'not ready\n']),
  };
  const server = createServer((request, response) => {
    const answer = request.method === 'GET' ? answers[request.url?.split('?')[0] ?? ''] : undefined;
    (answer?.() ?? Promise.resolve<[number, string]>([404, 'not found\n'])).then(
      ([status, text]) => response.writeHead(status, { 'content-type': TEXT_FORMAT }).end(text),
      () => response.writeHead(500, { 'content-type': TEXT_FORMAT }).end('not to be had right now\n'),
    );
  });
  server.requestTimeout = 10_000;
  server.maxConnections = 50;
  server.listen(port, host);
  await once(server, 'listening');
  const shownHost = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shownHost}:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
