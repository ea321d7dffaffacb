import { currentDetails } from '../../src/workflows/current-details';
import type { TrainingProgress } from '../../src/workflows/training-run';
import { PLAN, START_MS, waitingRun } from '../support/waiting-run';

const MINUTE_MS = 60_000;
const NOW_MS = START_MS + 10 * MINUTE_MS;
const details = (changes: Partial<TrainingProgress> = {}, id?: string, nowMs = NOW_MS) =>
  currentDetails(waitingRun(changes, id), nowMs)
    .replace(/\u00a0+ /g, ' ')
    .replace(/\u00a0/g, ' ');

describe('what the Temporal UI shows of a training', () => {
  it('the line, then what is known, with days and clock times of UTC', () => {
    const text = details({
      percent: 40,
      percentTrack: { percent: 40, changedAtMs: NOW_MS, from: { percent: 0, atMs: START_MS } },
      providerWord: 'processing',
      lastAnswerAtMs: NOW_MS,
      nextPollAtMs: NOW_MS + 2 * MINUTE_MS,
      photos: [
        { photo: 'file:1.jpg', verdict: 'accepted', reasons: [], output: 'n/1' },
        { photo: 'file:2.jpg', verdict: 'rejected', reasons: ['damaged'], output: null },
      ],
      photoSummary: { advice: '', creditsSaved: 4, notices: [], report: 'reports/r.html' },
    });
    expect(text.split('\n')).toEqual([
      '**Training at APIFRAME · 40 % · it says "processing" · next look 14:12:00 UTC · 50 credits spent**',
      '',
      '| State | training |',
      '| :-- | :-- |',
      '| Subject | s-1017 |',
      '| Provider | APIFRAME |',
      '| Percent | 40 % |',
      '| Expected end | about 2026-10-02 14:25:00 UTC |',
      '| Next look | 2026-10-02 14:12:00 UTC |',
      '| Deadline | 2026-10-02 20:00:00 UTC |',
      '| Credits | 50 spent, 0 reserved |',
      '| Last answer | 2026-10-02 14:10:00 UTC, it said `processing` |',
      '| Training | `tr-1` |',
      '| Photos | 12 given, 1 good, 1 rejected |',
      '| Report | `reports/r.html` in the store |',
    ]);
  });

  it('of a request that nobody has checked yet, what it says', () => {
    const text = details({ state: 'normalizing', plan: null, deadlineAtMs: null, trainingId: null });
    expect(text).toContain('| Subject | s-1017 |');
    expect(text).toContain('| Photos | 12 given |');
  });

  it('every command and every JSON that decides, where a person must', () => {
    const note = 'type darkroom decide train-1 retry --accept-second-charge';
    const text = details({ state: 'needs-decision', charge: 'unknown', trainingId: null, note });
    // The UI would make one dash of two, were it not code.
    expect(text.split('\n')[0]).toBe(
      '**A person must decide · type darkroom decide train-1 retry `--accept-second-charge`**',
    );
    expect(text).toContain('### What to do');
    for (const words of [
      '`darkroom decide train-1 adopt TRAINING`',
      '`darkroom decide train-1 retry --accept-second-charge`',
      '`darkroom decide train-1 abandon`',
      '`{"decision": "adopt", "trainingId": "TRAINING"}`',
      '`{"decision": "retry", "acceptSecondCharge": true}`',
      '`{"decision": "abandon"}`',
    ])
      expect(text).toContain(words);
  });

  it('a provider that has not answered three looks in a row, and what to look at', () => {
    expect(details({ failedPollsInARow: 2, note: 'HTTP 503' })).not.toContain('What to do');
    const text = details({ failedPollsInARow: 3, note: 'HTTP 503' });
    expect(text).toContain('APIFRAME has not answered 3 looks in a row (HTTP 503).');
    expect(text).toContain('`darkroom doctor`');
  });

  it('a deadline that is near, or that comes before the expected end', () => {
    const near = details({}, undefined, START_MS + 0.95 * PLAN.deadlineMs);
    expect(near).toContain(
      'Its deadline is near, 2026-10-02 20:00:00 UTC. What is paid need not be lost then: `darkroom adopt train-1 tr-1` waits for it again.',
    );
    const percentTrack = { percent: 1, changedAtMs: NOW_MS, from: { percent: 0, atMs: START_MS } };
    expect(details({ percentTrack })).toContain('It will probably not end before its deadline');
    const unpaid = details(
      { state: 'uploading', charge: 'none', trainingId: null },
      undefined,
      START_MS + 0.95 * PLAN.deadlineMs,
    );
    expect(unpaid).toContain('Nothing is bought after that.');
  });

  it('after its end: what it was, and how what is paid is not lost', () => {
    const late = details({
      state: 'timed-out',
      failure: { code: 'DeadlinePassed', message: 'Late.' },
    });
    expect(late).toContain('| Failure | `DeadlinePassed`, see docs/failures.md |');
    expect(late).toContain('`darkroom adopt train-1 tr-1` waits for it again and submits nothing.');
    const done = details({ state: 'succeeded', triggerWord: 'tok' });
    expect(done).toContain('| Trigger word | `tok` |');
    expect(done).not.toContain('Deadline');
    expect(done).not.toContain('What to do');
  });

  it('whatever a provider or a caller says stays text, short, and in its cell', () => {
    const hostile =
      '</main><script>alert(1)</script> | x `code` **b** [a](http://evil) www.evil.example\n# h';
    const text = details({ providerWord: hostile, failedPollsInARow: 3, note: hostile.repeat(100) });
    expect(text).not.toMatch(/(?<!\\)<|(?<!\\)\*\*b|^# h/m);
    expect(text.replace(/`[^`]*`/g, '')).not.toMatch(/http:\/\/|www\.|(?<!\\)\[a/);
    const cells = text.split('\n').filter((line) => line.startsWith('|'));
    for (const line of cells) expect(line.match(/(?<!\\)\|/g)).toHaveLength(3);
    expect(text.length).toBeLessThan(5000);
  });

  it('a command is safe to copy into a shell, whatever id the caller has chosen', () => {
    const text = details({ state: 'needs-decision', trainingId: null }, "a'; rm -rf ~");
    expect(text).toContain(`\`darkroom decide 'a'\\''; rm -rf ~' abandon\``);
  });
});
