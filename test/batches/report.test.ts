import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { batchReport } from '../../src/batches/report/batch-report';
import { csvReport } from '../../src/batches/report/csv-report';
import { OUTCOMES, outcomeOf, type ReportRow } from '../../src/batches/report/report-row';
import { reportRowOf } from '../../src/batches/report/report-row-of';
import { ROW_STATES } from '../../src/contract/batch';
import { FAILURE_CODES } from '../../src/contract/failure-code';
import { HOSTILE, ROW, sampleReport } from './sample-report';

const anyRow = fc.record({
  row: fc.integer({ min: 1 }),
  subject: fc.string({ unit: 'binary' }),
  customer: fc.option(fc.constantFrom('shop', 'studio', '=cmd|calc')),
  outcome: fc.constantFrom(...OUTCOMES),
  creditsPlanned: fc.nat(200),
  creditsReserved: fc.nat(200),
  creditsSpent: fc.nat(200),
  creditsSaved: fc.nat(200),
  tookMs: fc.option(fc.nat()),
});
const anyRows = fc.array(anyRow.map((changes): ReportRow => ({ ...ROW, ...changes })));

describe('the report of a batch', () => {
  const about = { id: 'b', at: '2026-05-01T00:00:00.000Z', line: '', notRight: [] };

  it('counts every row and credit once, as a whole and by customer', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const { outcomes, credits, customers, slowest } = batchReport(rows, about);
        expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(rows.length);
        expect(customers.reduce((sum, one) => sum + one.rows, 0)).toBe(rows.length);
        for (const kind of ['planned', 'reserved', 'spent', 'saved'] as const)
          expect(customers.reduce((sum, one) => sum + one.credits[kind], 0)).toBe(credits[kind]);
        const times = slowest.map(({ tookMs }) => tookMs ?? -1);
        expect(times).toEqual([...times].sort((a, b) => b - a));
      }),
    );
  });

  it('says of a charge that nobody knows that it is unknown, whatever else is known', () => {
    for (const state of ROW_STATES)
      for (const code of [undefined, ...FAILURE_CODES]) {
        expect(outcomeOf(state, 'unknown', code)).toBe('unknown');
        expect(OUTCOMES).toContain(outcomeOf(state, null, code));
      }
    expect(outcomeOf('failed', 'none', 'TooFewPhotos')).toBe('photos-rejected');
    expect(outcomeOf('failed', 'none', 'ProviderRefused')).toBe('refused');
    expect(outcomeOf('failed', 'charged', 'TrainingFailed')).toBe('failed');
  });

  it('plans with the good photos once they are known', () => {
    const photos = Array.from({ length: 14 }, (_, n) => `file:${String(n)}.jpg`);
    const row = { row: 2, id: 'train-s-1', fingerprint: 'f', summary: '' };
    const request = { ...row, request: { subject: 's-1', provider: 'apiframe', photos } };
    const seen = { state: 'training', creditsSpent: 0, startedAt: null, endedAt: null } as const;
    expect(reportRowOf(request, { ...seen, said: null }, null).creditsPlanned).toBe(58);
    const verdicts = photos.map((photo, n) => ({
      photo,
      verdict: n < 3 ? ('rejected' as const) : ('accepted' as const),
      reasons: n < 3 ? (['blurred'] as const).slice() : [],
      output: null,
    }));
    const credits = { reserved: 44, spent: 2 };
    const said = { charge: 'none', credits, photos: verdicts, photoSummary: null, failure: null } as const;
    expect(reportRowOf(request, { ...seen, said: { ...said, photos: verdicts } }, null)).toMatchObject({
      creditsPlanned: 46,
      creditsReserved: 44,
      creditsSpent: 2,
      photosGood: 11,
      photosRejected: 3,
      reasons: { blurred: 3 },
      outcome: 'under-way',
    });
  });
});

describe('the report as CSV', () => {
  it('comes back out of a reader as it went in, and no cell is a formula', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const read: string[][] = parse(csvReport({ rows, notRight: [{ row: 9, message: '=cmd' }] }), {
          relaxColumnCount: false,
        });
        expect(read).toHaveLength(rows.length + 2);
        expect(read.at(-1)?.filter((cell) => cell !== '')).toEqual(['9', 'not-right', "'=cmd"]);
        for (const [index, cells] of read.slice(1, -1).entries()) {
          const { subject = '' } = rows[index] ?? {};
          expect([subject, `'${subject}`]).toContain(cells[1]);
          for (const cell of cells) expect(cell).not.toMatch(/^\s*[=+\-@]/);
        }
      }),
    );
  });

  it('quotes what it must', () => {
    expect(csvReport(sampleReport())).toContain(HOSTILE.replaceAll('"', '""'));
  });
});
