import { photoReport, summaryReport, trainingReport } from '../../src/cli/training-report';
import type { TrainStatus } from '../../src/contract/status';

const SUMMARY = {
  advice: 'Advice.',
  creditsSaved: 8,
  notices: ['Faces were not looked for.'],
  report: 'r.html',
};
const HOSTILE = 'a\u001b]0;owned\u0007\u202egpj.jpg';

test('a notice, what was saved and the advice stand above the report', () => {
  expect(summaryReport(SUMMARY)).toEqual([
    '  notice        Faces were not looked for.',
    '  saved         8 credits, for photos that a gate rejected',
    '  photo set     Advice.',
    '  report        r.html',
  ]);
});

test.each(['failed', 'needs-decision'] as const)(
  'what a file is called, or a provider says, does not drive the terminal: %s',
  (state) => {
    const status = {
      state,
      trainingId: null,
      triggerWord: null,
      results: [],
      credits: { reserved: 0, spent: 0 },
      line: HOSTILE,
      failure: state === 'failed' ? { code: 'TooFewPhotos', message: HOSTILE } : null,
      photoSummary: null,
    } as unknown as TrainStatus;
    const [, words] = trainingReport(status);
    expect(words).toBe('  a·]0;owned··gpj.jpg');
    const [line] = photoReport([
      { photo: HOSTILE, verdict: 'rejected', reasons: ['duplicate'], output: null, twin: HOSTILE },
    ]);
    expect(line).not.toMatch(/[\u0007\u202e]|\u001b\]/);
  },
);
