import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Proxies close connections on which nothing comes for a minute. */
const BREATH_MS = 15_000;
/** Of a client that does not read. */
const MOST_UNREAD_BYTES = 64 * 1024;

/** An open answer of server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface EventStream {
  /** Sends to nobody once it has ended. */
  send(event: string, data: unknown): void;
  end: () => void;
}

/**
 * Begins one. `begin` gives what ends with it.
 *
 * @param mostMs ends by itself then, and whoever still may opens it again; null: never
 * @throws whatever `begin` does, before anything is answered
 */
export async function eventStream(
  reply: FastifyReply,
  mostMs: number | null,
  begin: (stream: EventStream) => Promise<() => void>,
): Promise<void> {
  const body = new PassThrough({ highWaterMark: MOST_UNREAD_BYTES });
  const stop = await begin({
    send(event, data) {
      if (body.writableEnded) return;
      body.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      if (body.writableLength > MOST_UNREAD_BYTES) body.end();
    },
    end: () => void body.end(),
  });
  const breath = setInterval(() => body.write(': still here\n\n'), BREATH_MS).unref();
  const late = mostMs === null ? null : setTimeout(() => body.end(), mostMs).unref();
  const end = () => {
    clearInterval(breath);
    if (late !== null) clearTimeout(late);
    stop();
    body.end();
  };
  reply.raw.once('close', end);
  body.once('finish', end);
  // Whoever has left meanwhile is heard of no more.
  if (reply.raw.destroyed) end();
  void reply
    .type('text/event-stream')
    .header('cache-control', 'no-store')
    .header('x-accel-buffering', 'no')
    .send(body);
}
