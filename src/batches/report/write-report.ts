import type { BatchReport } from './batch-report';
import { csvReport } from './csv-report';
import { htmlReport } from './html-report';
import type { ReportFormat } from './report-format';

export const REPORT_TYPES: Readonly<Record<ReportFormat, string>> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
};

export function writtenReport(report: BatchReport, format: ReportFormat): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    case 'csv':
      return csvReport(report);
    case 'html':
      return htmlReport(report);
  }
}
