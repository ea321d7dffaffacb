import type { FastifyReply } from 'fastify';
import type { TrainStatus } from '../client';
import { ProblemError } from './api/problem';

/** Of a storage key; null where there is none. */
export type ReadReport = (key: string) => Promise<Buffer | null>;

/** A report is whole in itself: pictures in data URLs, styles inside, no script. */
const REPORT_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox";

/** The page that shows each photo beside what became of it, out of the store. */
export async function sendReport(
  reply: FastifyReply,
  { id, photoSummary, state }: TrainStatus,
  readReport: ReadReport,
): Promise<FastifyReply> {
  if (photoSummary === null)
    throw new ProblemError(
      'not-found',
      `The photos of ${id} have no report: they are not looked at yet, or never were (${state})`,
    );
  const page = await readReport(photoSummary.report);
  if (page === null)
    throw new ProblemError(
      'not-found',
      `The report of ${id} is not in the store of this gateway; give it the store of the workers (DARKROOM_STORE_DIR)`,
    );
  return reply
    .type('text/html; charset=utf-8')
    .headers({
      'content-security-policy': REPORT_POLICY,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    .send(page.toString());
}
