import path from 'node:path';
import { REPORT_FORMATS, type ReportFormat } from '../batches/report/report-format';
import { writtenReport } from '../batches/report/write-report';
import { temporalUiAt } from '../temporal-ui';
import { withDarkroom, type HomeOption } from './reach';
import { rowCounter } from './row-counter';
import { writeWhole } from './write-whole';

interface ReportOptions extends HomeOption {
  format?: ReportFormat;
  out?: string;
}

/** `darkroom batch report ID` */
export async function batchReport(id: string, { format, out, ...options }: ReportOptions): Promise<void> {
  await withDarkroom(options, async (darkroom, { access, ui }) => {
    let counter: ReturnType<typeof rowCounter> | null = null;
    const report = await darkroom
      .batchReport(id, {
        temporalUi: temporalUiAt(ui, access),
        onRow: (done, total) => (counter ??= rowCounter(process.stderr, total, 'read')).show(done),
      })
      .finally(() => counter?.clear());
    const written = writtenReport(report, format ?? formatOf(out));
    if (out === undefined) process.stdout.write(written);
    else {
      await writeWhole(out, written);
      process.stdout.write(`${report.line}\nreport  ${out}\n`);
    }
  });
}

function formatOf(out = ''): ReportFormat {
  const ending = path.extname(out).slice(1).toLowerCase();
  return REPORT_FORMATS.find((format) => format === ending) ?? 'json';
}
