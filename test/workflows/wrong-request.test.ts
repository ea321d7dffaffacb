import { ApplicationFailure } from '@temporalio/common';
import { WorkflowFailedError } from '@temporalio/client';
import { createRig, type Rig } from '../support/rig';

/** What other services, in any language, may send by mistake. */
const WRONG: [string, (good: Record<string, unknown>) => unknown, RegExp][] = [
  ['nothing', () => undefined, /expected object|Invalid input/],
  ['null', () => null, /Invalid input/],
  ['a text', () => 's-1017', /Invalid input/],
  ['a list', (good) => [good], /Invalid input/],
  ['no photos', (good) => ({ ...good, photos: undefined }), /photos/],
  ['an empty list of photos', (good) => ({ ...good, photos: [] }), /photos/],
  ['101 photos', (good) => ({ ...good, photos: Array.from({ length: 101 }, () => 'file:a.jpg') }), /photos/],
  [
    'a photo by another scheme',
    (good) => ({ ...good, photos: ['ftp://example.invalid/a.jpg'] }),
    /photos\[0\]/,
  ],
  ['a person as subject', (good) => ({ ...good, subject: 'ann@example.invalid' }), /pseudonymous/],
  ['an unknown provider', (good) => ({ ...good, provider: 'elsewhere' }), /provider/],
  [
    'an unknown gender',
    (good) => ({ ...good, options: { gender: 'x', ethnicity: 'white' } }),
    /options\.gender/,
  ],
  ['a field too many', (good) => ({ ...good, color: 'red' }), /color/],
  ['a deadline in words', (good) => ({ ...good, deadlineMs: '6h' }), /deadlineMs/],
];

describe('a request of the wrong shape', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig();
    await rig.startWorker();
  });
  afterAll(() => rig.close());

  it.each(WRONG)(
    '%s: fails the workflow with one clear failure instead of hanging',
    async (_name, spoil, problem) => {
      const id = await rig.train(spoil({ ...(await rig.request()) }));
      const error: unknown = await rig.client.workflow
        .getHandle(id)
        .result()
        .catch((thrown: unknown) => thrown);
      const cause = error instanceof WorkflowFailedError ? error.cause : null;
      expect(cause).toBeInstanceOf(ApplicationFailure);
      expect(cause).toMatchObject({ type: 'InvalidRequest', nonRetryable: true });
      expect(cause?.message).toMatch(/^The request is not a training request: /);
      expect(cause?.message).toMatch(problem);
      expect((await rig.darkroom.status(id)).state).toBe('failed');
    },
  );
});
