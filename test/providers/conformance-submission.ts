import type { SubmissionOutcome } from '../../src/providers/port';
import { until } from '../support/until';
import { accepted, submitted, uploaded, type Open, type Traits, type Trouble } from './conformance-world';
import { anyNumber, anyText } from './matching';

const SURE_NOT: { again: unknown; outcome: 'refused' } = { outcome: 'refused', again: 'never' };
const LATER: { again: unknown; outcome: 'refused' } = { outcome: 'refused', again: { afterMs: anyNumber } };

/** Trouble at the paid call → the outcome that is right, and what was charged for it. */
const TROUBLES: [Trouble, object, number][] = [
  ['refuses', { ...SURE_NOT, code: 'ProviderRefused', words: anyText }, 0],
  ['rejects-key', { ...SURE_NOT, code: 'ProviderKeyRejected', words: anyText }, 0],
  ['is-busy', { ...LATER, code: 'ProviderUnavailable', words: anyText }, 0],
  ['fails-before', { outcome: 'unknown', words: anyText }, 0],
  ['fails-after', { outcome: 'unknown', words: anyText }, 1],
  ['resets-before', { outcome: 'unknown', words: anyText }, 0],
  ['resets-after', { outcome: 'unknown', words: anyText }, 1],
  ['answers-garbage-after', { outcome: 'unknown', words: anyText }, 1],
  ['is-slow', { outcome: 'accepted', trainingId: anyText }, 1],
  ['fails-later', { outcome: 'accepted', trainingId: anyText }, 1],
];

export function describeSubmission(open: Open, { failure, repeats }: Traits): void {
  const troubles = TROUBLES.filter(([trouble]) => trouble !== 'fails-later' || failure === 'told');
  describe('submits', () => {
    it('a training once, for the price that its facts name', async () => {
      const world = await open();
      const { minPhotos, uploadCredits, trainingCreditsPerPhoto } = world.provider.facts;

      expect(await submitted(world)).toEqual({ outcome: 'accepted', trainingId: anyText });

      expect(await world.charges()).toEqual({
        uploads: 1,
        submissions: 1,
        credits: uploadCredits + trainingCreditsPerPhoto * minPhotos,
      });
    });

    it(`the same request twice: ${repeats}`, async () => {
      const world = await open();
      const first = await accepted(world);
      const second = await submitted(world);

      if (repeats === 'used up') {
        expect(second).toEqual({ ...SURE_NOT, code: 'ProviderRefused', words: anyText });
        expect((await world.charges()).submissions).toBe(1);
      } else {
        expect(second).toEqual({ outcome: 'accepted', trainingId: anyText });
        expect(second).not.toMatchObject({ trainingId: first });
      }
    });

    it.each(troubles)('with the right outcome if the provider %s', async (trouble, outcome, charged) => {
      const world = await open();
      const uploadId = await uploaded(world);
      await world.arrange('submit', trouble);

      const came: SubmissionOutcome = await world.provider.submit({
        uploadId,
        request: world.request,
        webhook: null,
      });

      expect(came).toEqual(outcome);
      expect(JSON.stringify(came)).not.toContain(world.apiKey);
      expect((await world.charges()).submissions).toBe(charged);
    });

    it('with an unknown outcome if the provider dies before it has answered', async () => {
      const world = await open();
      const uploadId = await uploaded(world);
      await world.arrange('submit', 'hangs-after');

      const outcome = world.provider.submit({ uploadId, request: world.request, webhook: null });
      await until('it is charged', async () => ((await world.charges()).submissions === 1 ? true : null));
      await world.crash();

      expect(await outcome).toEqual({ outcome: 'unknown', words: anyText });
      expect((await world.charges()).submissions).toBe(1);
    });

    it('nothing if nobody listens, and says when to come again', async () => {
      const world = await open();
      const { unreachable, request } = world;

      const outcome = await unreachable.submit({ uploadId: await uploaded(world), request, webhook: null });

      expect(outcome).toEqual({ ...LATER, code: 'ProviderUnavailable', words: anyText });
      const again = outcome.outcome === 'refused' ? outcome.again : 'never';
      expect(again === 'never' ? 0 : again.afterMs).toBeGreaterThanOrEqual(1000);
    });

    it('nothing with a key that the provider does not know', async () => {
      const world = await open();
      const { stranger, request } = world;

      const outcome = await stranger.submit({ uploadId: await uploaded(world), request, webhook: null });

      expect(outcome).toEqual({ ...SURE_NOT, code: 'ProviderKeyRejected', words: anyText });
      expect((await world.charges()).submissions).toBe(0);
    });

    it('nothing for an upload that the provider does not know', async () => {
      const world = await open();
      const { provider, request } = world;

      const outcome = await provider.submit({ uploadId: world.unknownUpload, request, webhook: null });

      expect(outcome).toEqual({ ...SURE_NOT, code: 'ProviderRefused', words: anyText });
      expect((await world.charges()).credits).toBe(0);
    });
  });
}
