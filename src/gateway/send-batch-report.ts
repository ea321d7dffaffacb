import type { FastifyReply } from 'fastify';
import type { ReportFormat } from '../batches/report/report-format';
import { REPORT_TYPES, writtenReport } from '../batches/report/write-report';
import type { Darkroom } from '../client';
import type { TemporalUi } from '../temporal-ui';
import { fewAtOnce } from './few-at-once';
import { safeName } from './safe-name';

/** Each looks at every training of a batch. */
const twoAtOnce = fewAtOnce(2, 'reports are being made');

/** The report is whole in itself: a style inside, no script, nothing from elsewhere. */
const REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

export function sendBatchReport(
  reply: FastifyReply,
  {
    darkroom,
    temporalUi,
    id,
    format,
  }: { darkroom: Darkroom; temporalUi: TemporalUi | null; id: string; format: ReportFormat },
): Promise<FastifyReply> {
  return twoAtOnce(async () => {
    const report = await darkroom.batchReport(id, { temporalUi });
    return reply
      .type(REPORT_TYPES[format])
      .headers({
        'content-security-policy': REPORT_POLICY,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        ...(format === 'csv' && { 'content-disposition': `attachment; filename="${safeName(id)}.csv"` }),
      })
      .send(writtenReport(report, format));
  });
}
