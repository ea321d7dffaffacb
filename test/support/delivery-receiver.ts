import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface DeliveryReceiver {
  readonly url: string;
  readonly deliveries: readonly { path: string; secret: string | undefined; body: Record<string, unknown> }[];
  close(): void;
}

/** In the place of a gateway: takes what a provider delivers, and tells nobody. */
export async function receiveDeliveries(): Promise<DeliveryReceiver> {
  const deliveries: DeliveryReceiver['deliveries'][number][] = [];
  const server = http.createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const body = JSON.parse(text) as Record<string, unknown>;
      const secret = request.headers['x-webhook-secret'] as string | undefined;
      deliveries.push({ path: request.url ?? '', secret, body });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    deliveries,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
