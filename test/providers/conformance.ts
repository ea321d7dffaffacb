import { describeReads } from './conformance-reads';
import { describeSubmission } from './conformance-submission';
import { describeProof } from './conformance-proof';
import type { Open, Setup, Traits, World } from './conformance-world';

/** What every adapter of a provider must hold to, whatever its wire format: the promises of `Provider`. */
export function describeProvider(name: string, setup: Setup, traits: Traits): void {
  describe(`the provider ${name}`, () => {
    const worlds: World[] = [];
    const open: Open = async (pace = {}) => {
      const world = await setup({ upload: 'instant', training: 'instant', ...pace });
      worlds.push(world);
      return world;
    };
    afterEach(async () => {
      for (const world of worlds.splice(0)) await world.close();
    });

    describeSubmission(open, traits);
    describeReads(open, traits);
    describeProof(open, traits);
  });
}
