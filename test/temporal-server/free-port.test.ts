import { once } from 'node:events';
import { createServer } from 'node:net';
import { choosePorts } from '../../src/temporal-server/choose-ports';
import { PortInUseError, assertPortFree, freePort, freePorts } from '../../src/temporal-server/free-port';

test('free ports differ and can be bound', async () => {
  const ports = await freePorts(8);
  expect(new Set(ports).size).toBe(8);
  for (const port of ports) await assertPortFree(port, '--port');
  // From 32768 up, Linux gives them to outgoing connections, and a server could not be started again on its port.
  expect(Math.max(...ports)).toBeLessThan(32_768);
});

test('a taken port is named, with the flag that changes it', async () => {
  const port = await freePort();
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  try {
    const attempt = assertPortFree(port, '--port');
    await expect(attempt).rejects.toThrow(PortInUseError);
    await expect(attempt).rejects.toThrow(new RegExp(`Port ${port} is in use.*--port 0 takes any free one`));
    await expect(choosePorts({ port: 0, uiPort: port, headless: false })).rejects.toThrow('--ui-port 0');
    expect((await choosePorts({ port: 0, uiPort: port, headless: true })).ui).toBeNull();
    await expect(choosePorts({ port: 0, uiPort: 0, httpPort: port, headless: true })).rejects.toThrow(
      '--http-port 0',
    );
  } finally {
    server.close();
  }
});

test('what was asked for is kept, and the rest is different from it', async () => {
  const [port = 0, uiPort = 0, httpPort = 0] = await freePorts(3);
  const ports = await choosePorts({ port, uiPort, httpPort, headless: false });
  expect(ports).toMatchObject({ frontend: port, ui: uiPort, http: httpPort });
  expect(new Set(Object.values(ports)).size).toBe(4);
});
