import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';

const TYPES = { 'page.css': 'text/css; charset=utf-8', 'live.js': 'text/javascript; charset=utf-8' } as const;

/** The style sheet and the script, as they are. */
export function addAssets(app: FastifyInstance): void {
  for (const [name, type] of Object.entries(TYPES)) {
    const bytes = readFileSync(path.join(__dirname, 'assets', name));
    app.get(`/assets/${name}`, { config: { isForEverybody: true } }, (_request, reply) =>
      // A new release may have new ones, and they are small.
      reply
        .type(type)
        .headers({ 'cache-control': 'max-age=300', 'x-content-type-options': 'nosniff' })
        .send(bytes),
    );
  }
}
