import { anyText } from './matching';
import { accepted, notAborted, unsettled, uploaded, type Open, type Traits } from './conformance-world';

/** What a provider can prove of a submission whose outcome is unknown. */
export function describeProof(open: Open, { proof, repeats }: Traits): void {
  describe('looked up after an unknown outcome', () => {
    it('nothing is seen of what did not start', async () => {
      const world = await open();
      const attempt = await unsettled({ ...world, provider: world.provider });
      expect(await world.provider.lookUp(attempt, notAborted)).toMatchObject({
        verdict: 'not-seen',
        words: anyText,
      });
    });

    it('what started is found', async () => {
      const world = await open();
      const uploadId = await uploaded(world);
      const attempt = await unsettled(world);
      await world.arrange('submit', 'resets-after');
      const { request } = world;
      expect(await world.provider.submit({ uploadId, request, webhook: null })).toMatchObject({
        outcome: 'unknown',
      });

      const found = await world.provider.lookUp(attempt, notAborted);

      expect(found).toMatchObject({ verdict: 'started', words: anyText });
      const trainingId = found.verdict === 'started' ? found.trainingId : null;
      expect(trainingId === null).toBe(proof === 'balance'); // a balance names no training
    });

    it('what cannot be told is not told', async () => {
      const world = await open();
      if (proof === 'model') return; // it can always be told
      const attempt = { ...(await unsettled(world)), creditsBefore: null };
      expect(await world.provider.lookUp(attempt, notAborted)).toMatchObject({ verdict: 'no-proof' });
    });
  });

  describe('before anything is paid', () => {
    it('a request that can be trained is admitted, and names what it uses up', async () => {
      const world = await open();
      expect(await world.provider.admit(world.request, notAborted)).toBeNull();
      expect(world.provider.resource(world.request) === null).toBe(repeats === 'new training');
    });

    it(`after its training, the same request is ${repeats === 'used up' ? 'not admitted' : 'admitted again'}`, async () => {
      const world = await open({ training: 'endless' });
      await accepted(world);
      const against = await world.provider.admit(world.request, notAborted);
      if (repeats === 'used up') expect(against).toMatchObject({ code: 'ModelTaken', words: anyText });
      else expect(against).toBeNull();
    });
  });
}
