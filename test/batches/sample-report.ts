import { batchReport } from '../../src/batches/report/batch-report';
import type { ReportRow } from '../../src/batches/report/report-row';

export const ROW: ReportRow = {
  row: 2,
  id: 'train-s-1-0123456789ab',
  subject: 's-1',
  customer: 'shop',
  provider: 'apiframe',
  state: 'succeeded',
  outcome: 'done',
  photos: 12,
  photosGood: 12,
  photosRejected: 0,
  reasons: {},
  creditsPlanned: 50,
  creditsReserved: 0,
  creditsSpent: 50,
  creditsSaved: 0,
  charge: 'charged',
  startedAt: '2026-05-01T01:00:00.000Z',
  endedAt: '2026-05-01T01:20:00.000Z',
  tookMs: 1_200_000,
  failure: null,
  link: 'https://temporal.example.com/namespaces/default/workflows/train-s-1-0123456789ab',
};

export const HOSTILE = `<img src=x onerror="document.title='owned'"> "quoted" 'single' &amp; \u202egpj.exe\u0000`;

export function sampleReport() {
  const rows: ReportRow[] = [
    ROW,
    {
      ...ROW,
      row: 3,
      subject: 's-2',
      tookMs: 4_000_000,
      creditsSaved: 8,
      photosRejected: 2,
      reasons: { blurred: 2 },
    },
    {
      ...ROW,
      row: 4,
      subject: 's-3',
      customer: null,
      state: 'failed',
      outcome: 'photos-rejected',
      photosGood: 8,
      photosRejected: 4,
      reasons: { blurred: 1, 'no-face': 3 },
      creditsPlanned: 0,
      creditsSpent: 0,
      charge: 'none',
      failure: {
        code: 'TooFewPhotos',
        message: 'APIFRAME needs at least 10 good photos and 8 of 12 are good',
      },
    },
    {
      ...ROW,
      row: 5,
      subject: HOSTILE,
      customer: HOSTILE,
      id: `${'very-long-id-'.repeat(12)}x`,
      state: 'needs-decision',
      outcome: 'unknown',
      creditsReserved: 48,
      creditsSpent: 2,
      charge: 'unknown',
      endedAt: null,
      tookMs: null,
      failure: { code: 'TrainingFailed', message: HOSTILE },
      link: 'javascript:alert(1)',
    },
    {
      ...ROW,
      row: 812,
      subject: 's-5',
      state: 'waiting',
      outcome: 'waiting',
      photosGood: null,
      photosRejected: null,
      creditsSpent: 0,
      charge: null,
      startedAt: null,
      endedAt: null,
      tookMs: null,
      link: null,
    },
  ];
  return batchReport(rows, {
    notRight: [{ row: 812, message: 'photos: there is no folder <b>people/nope</b> beside the manifest' }],
    id: 'batch-1f2e3d4c5b6a',
    at: '2026-05-01T06:00:00.000Z',
    line: '5 rows · 1 waiting · 2 succeeded · 1 failed · 1 needs-decision · 102 credits spent',
  });
}
