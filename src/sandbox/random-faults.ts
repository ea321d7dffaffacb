import { z } from 'zod';
import { FAULT_ENDPOINTS } from './fault-words';
import { parseFault, type Fault } from './faults';

/** A share of the calls of an endpoint goes wrong, the same calls in the same way for the same seed. */
export const randomFaultsSchema = z
  .strictObject({
    endpoint: z.enum(FAULT_ENDPOINTS),
    seed: z.int().min(0),
    /** 0 to 1. */
    share: z.number().min(0).max(1),
    /** As on the command line, without the endpoint: `reset-after` or `error-after:status=503`. */
    kinds: z.array(z.string()).min(1),
  })
  .superRefine(({ endpoint, kinds }, context) => {
    for (const kind of kinds) {
      if (parseFault(`${endpoint}:${kind}`) === null)
        context.addIssue({
          code: 'custom',
          path: ['kinds'],
          message: `"${kind}" is no fault at ${endpoint}`,
        });
    }
  });
export type RandomFaults = z.infer<typeof randomFaultsSchema>;

/** @param call number of the call of this endpoint, from 1 */
export function randomFault({ endpoint, seed, share, kinds }: RandomFaults, call: number): Fault | null {
  if (unit(seed, call, 1) >= share) return null;
  const kind = kinds[Math.floor(unit(seed, call, 2) * kinds.length)] ?? '';
  return parseFault(`${endpoint}:${kind}`);
}

/** 0 to 1, evenly: the finalizer of MurmurHash3, which spreads neighboring numbers well. */
function unit(seed: number, call: number, purpose: number): number {
  let h =
    Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(call, 0xc2b2ae35) ^ Math.imul(purpose, 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}
