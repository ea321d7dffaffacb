import type { ReportFormat } from '../../batches/report/report-format';

const TYPES = { json: 'application/json', csv: 'text/csv', html: 'text/html' } as const;

/** The first that `Accept` names and the route has, else JSON. Browsers name HTML first. */
export function acceptedFormat<F extends ReportFormat>(formats: readonly F[], accept = ''): F | 'json' {
  const named = accept.split(',').map((one) => one.split(';')[0]?.trim() ?? '');
  const first = named.find((type) => formats.some((format) => TYPES[format] === type));
  return formats.find((format) => TYPES[format] === first) ?? 'json';
}
