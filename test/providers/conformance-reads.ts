import type { ProviderError } from '../../src/providers/errors';
import { until } from '../support/until';
import {
  accepted,
  notAborted,
  uploaded,
  type Open,
  type Traits,
  type Trouble,
  type Verb,
  type World,
} from './conformance-world';
import { anyNumber, anyText } from './matching';

type Call = (world: World, signal: AbortSignal) => Promise<unknown>;

/** Every verb that throws, with the endpoint where its trouble is arranged. */
const VERBS: Record<Traits['reads'][number], [Verb, Call]> = {
  upload: ['upload', (world, signal) => upload(world, world.provider.facts.minPhotos, signal)],
  checkUpload: ['check', ({ provider }, signal) => provider.checkUpload('u-1', signal)],
  admit: ['check', ({ provider, request }, signal) => provider.admit(request, signal)],
  lookUp: ['check', async (world, signal) => world.provider.lookUp(ATTEMPT(world), signal)],
  check: ['check', ({ provider }, signal) => provider.check('1', signal)],
  results: ['results', ({ provider }, signal) => provider.results('1', signal)],
  balance: ['balance', ({ provider }, signal) => provider.balance(signal)],
};

const ATTEMPT = ({ request }: World) => ({
  request,
  sentAtMs: 0,
  expectedCredits: 40,
  creditsBefore: null,
});

const TROUBLES: [Trouble, ProviderError['name'], object][] = [
  ['refuses', 'ProviderRefusedError', { words: anyText }],
  ['rejects-key', 'ProviderKeyRejectedError', {}],
  ['is-busy', 'ProviderUnavailableError', { words: anyText, retryAfterMs: anyNumber }],
  ['fails-before', 'ProviderUnavailableError', { words: anyText, retryAfterMs: null }],
  ['resets-before', 'ProviderUnavailableError', { words: anyText, retryAfterMs: null }],
];

async function upload(world: World, count: number, signal = notAborted) {
  return world.provider.upload(await world.images(count), world.request, signal);
}

export function describeReads(open: Open, traits: Traits): void {
  describe.each(traits.reads)('%s', (name) => {
    const [verb, call] = VERBS[name];
    it.each(TROUBLES)('throws what is right if the provider %s', async (trouble, name, fields) => {
      const world = await open();
      await world.arrange(verb, trouble);

      const error: unknown = await call(world, notAborted).catch((thrown: unknown) => thrown);

      expect(error).toMatchObject({ name, message: anyText, ...fields });
      expect(String(error) + JSON.stringify(error)).not.toContain(world.apiKey);
      expect((await world.charges()).credits).toBe(0);
    });

    it('throws that the key was rejected where the provider does not know it', async () => {
      const world = await open();

      await expect(call({ ...world, provider: world.stranger }, notAborted)).rejects.toMatchObject({
        name: 'ProviderKeyRejectedError',
      });
    });

    it('throws that the provider is unavailable where nobody listens', async () => {
      const world = await open();

      await expect(call({ ...world, provider: world.unreachable }, notAborted)).rejects.toMatchObject({
        name: 'ProviderUnavailableError',
      });
    });

    it('is given up at once when its signal says so', async () => {
      const world = await open();

      await expect(call(world, AbortSignal.abort())).rejects.toMatchObject({
        name: 'ProviderUnavailableError',
      });
      expect((await world.charges()).credits).toBe(0);
    });
  });

  describe('an upload', () => {
    const enforced = traits.limits === 'enforced' ? it : it.skip;
    it('is taken with as few and as many photos as the facts name, for their price', async () => {
      const world = await open();
      const { minPhotos, maxPhotos, uploadCredits } = world.provider.facts;
      expect(minPhotos).toBeGreaterThan(0);
      expect(maxPhotos).toBeGreaterThanOrEqual(minPhotos);

      await upload(world, minPhotos);
      await upload(world, maxPhotos);

      const { uploads, ...rest } = await world.charges();
      expect(rest).toEqual({ submissions: 0, credits: 2 * uploadCredits });
      expect(uploads).toBe(traits.upload === 'task' ? 2 : minPhotos + maxPhotos);
    });

    enforced.each([
      ['fewer', ({ minPhotos }: World['provider']['facts']) => minPhotos - 1],
      ['more', ({ maxPhotos }: World['provider']['facts']) => maxPhotos + 1],
    ])('is refused with %s photos than the facts name, at no cost', async (_what, countOf) => {
      const world = await open();

      await expect(upload(world, countOf(world.provider.facts))).rejects.toMatchObject({
        name: 'ProviderRefusedError',
      });
      expect((await world.charges()).credits).toBe(0);
    });

    const task = traits.upload === 'task' ? it : it.skip;
    task('runs at first', async () => {
      const world = await open({ upload: 'endless' });

      expect(await world.provider.checkUpload(await uploaded(world), notAborted)).toEqual({
        verdict: 'running',
        word: anyText,
      });
    });

    task('is ready in the end, and says until when or that it does not know', async () => {
      const world = await open();
      const uploadId = await uploaded(world);

      const ready = await until('the upload is ready', async () => {
        const verdict = await world.provider.checkUpload(uploadId, notAborted);
        return verdict.verdict === 'ready' ? verdict : null;
      });

      expect(ready.expiresAtMs === null || ready.expiresAtMs > Date.now()).toBe(true);
    });
  });

  describe('an upload that is ready at once', () => {
    const atOnce = traits.upload === 'at once' ? it : it.skip;
    atOnce('says until when', async () => {
      const world = await open();
      const made = await world.provider.upload(await world.images(1), world.request, notAborted);

      expect(made.ready?.expiresAtMs).toBeGreaterThan(Date.now());
      expect(made.uploadId.length).toBeLessThan(20_000);
    });
  });

  describe('a training', () => {
    it('runs at first, with a percent from 0 to 100 or none', async () => {
      const world = await open({ training: 'endless' });

      const verdict = await world.provider.check(await accepted(world), notAborted);

      expect(verdict).toMatchObject({ verdict: 'running', word: anyText });
      const percent = verdict.verdict === 'running' ? verdict.percent : Number.NaN;
      expect(percent === null || (percent >= 0 && percent <= 100)).toBe(true);
    });

    const ends = [
      ['succeeds', null, 'succeeded'],
      ['fails, in words', 'fails-later', 'failed'],
    ] as const;
    it.each(ends.filter(([, , end]) => end === 'succeeded' || traits.failure === 'told'))(
      '%s in the end',
      async (_what, trouble, end) => {
        const world = await open();
        if (trouble !== null) await world.arrange('submit', trouble);
        const trainingId = await accepted(world);

        const verdict = await until('the training ends', async () => {
          const now = await world.provider.check(trainingId, notAborted);
          return now.verdict === 'running' ? null : now;
        });

        expect(verdict).toMatchObject({ verdict: end });
        if (verdict.verdict === 'failed') expect(verdict.words).toEqual(anyText);
        const made = end === 'succeeded' ? await world.provider.results(trainingId, notAborted) : [];
        expect(made.length > 0).toBe(end === 'succeeded' && world.provider.facts.result === 'images');
      },
    );

    it('that the provider does not know is gone, which ends no wait, or was never used', async () => {
      const world = await open();
      const verdict = await world.provider.check(world.unknownTraining, notAborted);

      expect(verdict).toMatchObject({ verdict: 'gone', words: anyText });
    });

    const worded = traits.words === 'open' ? it : it.skip;
    worded('runs on as long as its word is not known', async () => {
      const world = await open();
      const trainingId = await accepted(world);
      await world.arrange('check', 'says-odd-word');

      expect(await world.provider.check(trainingId, notAborted)).toMatchObject({ verdict: 'running' });
    });

    it('costs nothing to look at, whatever goes wrong then', async () => {
      const world = await open();
      const trainingId = await accepted(world);
      const before = await world.charges();
      for (const trouble of ['fails-after', 'resets-after', 'answers-garbage-after'] as const) {
        await world.arrange('check', trouble);
        await expect(world.provider.check(trainingId, notAborted)).rejects.toMatchObject({
          name: 'ProviderUnavailableError',
        });
      }

      expect(await world.charges()).toEqual(before);
    });
  });

  it('says honestly that it cannot cancel, where it has no call for it', async () => {
    const world = await open();

    expect(world.provider.facts.cancel).toBe('none');
    expect(world.provider).not.toHaveProperty('cancel');
  });

  it('probes the key at no cost, in words without the key', async () => {
    const world = await open();
    const { words } = await world.provider.probe(notAborted);

    expect(words).toEqual(anyText);
    expect(words).not.toContain(world.apiKey);
    await expect(world.stranger.probe(notAborted)).rejects.toMatchObject({
      name: 'ProviderKeyRejectedError',
    });
    expect((await world.charges()).credits).toBe(0);
  });

  const balanced = traits.balance === 'read' ? it : it.skip;
  balanced('the balance falls by what was charged', async () => {
    const world = await open();
    const creditsNow = async () => (await world.provider.balance(notAborted))?.credits ?? Number.NaN;
    const before = await creditsNow();
    await accepted(world);

    const after = await creditsNow();

    expect(before - after).toBe((await world.charges()).credits);
    expect(after).toBeLessThan(before);
  });
}
