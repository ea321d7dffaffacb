import { createServer } from 'node:http';
import { providerRoutes } from './routes.mjs';

/** The fake provider, a process of its own: `main.mjs PORT TRAIN_MS SPREAD_MS`. */
const [port, trainMs = 180_000, spreadMs = 0] = process.argv.slice(2).map(Number);
const routes = providerRoutes({ trainMs, spreadMs });

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://provider');
  const body = await jsonOf(request);
  const answer = routes.answer({
    method: request.method ?? 'GET',
    path: pathname,
    query: searchParams,
    body,
  });
  if (answer === 'hang') return;
  if (answer === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  response.writeHead(answer.status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer.json));
});

// Longer than the time between two looks, or clients would meet sockets that are just being closed.
server.keepAliveTimeout = 65_000;
server.listen({ port, host: '127.0.0.1', backlog: 4096 }, () => process.stdout.write('provider ready\n'));

/**
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<Record<string, any>>}
 */
async function jsonOf(request) {
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    return JSON.parse(Buffer.concat(chunks).toString() || '{}');
  } catch {
    return {}; // Not JSON, or its sender was killed.
  }
}
