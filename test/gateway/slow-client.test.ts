import { connect, type Socket } from 'node:net';
import type { Gateway } from '../../src/gateway/server';
import { startDeliveriesOnly } from '../support/deliveries-only';
import { testAccess } from '../support/test-server';
import { attemptToken, deliverySecret } from '../../src/webhooks/attempt-address';
import { deliver, SECRET } from './deliver';

describe('a client that never finishes what it says', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startDeliveriesOnly({ access: testAccess() });
  });
  afterAll(() => gateway.close());

  /** Says something, and then a character every half second, until it is cut off. */
  function drip(start: string): Promise<{ answer: string; afterMs: number }> {
    const startedMs = Date.now();
    const socket: Socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    let answer = '';
    socket.write(start);
    const timer = setInterval(() => socket.write('x'), 500);
    return new Promise((resolve) => {
      socket.on('data', (chunk) => (answer += chunk.toString()));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(timer);
        resolve({ answer, afterMs: Date.now() - startedMs });
      });
    });
  }

  it('is cut off after ten seconds, in the head or in the body, and holds up nobody', async () => {
    const token = attemptToken({ provider: 'apiframe', id: 'order-1', attempt: 1 }, SECRET);
    const head = `POST /webhooks/apiframe/${token} HTTP/1.1\r\nhost: gateway\r\n`;
    const signed = `${head}x-webhook-secret: ${deliverySecret(token, SECRET)}\r\ncontent-length: 1000\r\n\r\n{`;
    const slow = Promise.all([...Array.from({ length: 50 }, () => drip(`${head}x-slow: `)), drip(signed)]);
    const startedMs = Date.now();
    expect((await deliver(gateway.url, { id: 'no-such-training', attempt: 1 })).status).toBe(410);
    expect(Date.now() - startedMs).toBeLessThan(2000);
    for (const { answer, afterMs } of await slow) {
      expect(afterMs).toBeLessThan(13_000);
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d/);
    }
  });

  it('is cut off at once where it comes to no address of ours, whatever it promises to send', async () => {
    for (const path of ['/', '/webhooks/apiframe', '/webhooks/self-check/x', '/nope']) {
      const { answer, afterMs } = await drip(
        `POST ${path} HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\ncontent-length: 900000\r\n\r\n{`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 404/);
      expect(afterMs).toBeLessThan(3000);
    }
  });

  it('is cut off at once without the secret, whatever it promises to send', async () => {
    const token = attemptToken({ provider: 'apiframe', id: 'order-1', attempt: 1 }, SECRET);
    const { answer, afterMs } = await drip(
      `POST /webhooks/apiframe/${token} HTTP/1.1\r\nhost: gateway\r\ncontent-length: 60000\r\n\r\n{`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 401/);
    expect(afterMs).toBeLessThan(3000);
  });
});
