import { z } from 'zod';
import { faultSchema } from './faults';
import { PROFILES, type ReadyProfile } from './profiles';
import { randomFaultsSchema } from './random-faults';

/** What a file for `--faults` holds. */
export const faultProfileSchema = z.strictObject({
  faults: z.array(faultSchema).default([]),
  random: z.array(randomFaultsSchema).default([]),
});
export type FaultProfile = z.infer<typeof faultProfileSchema>;

/** A ready profile by its name; null if there is none of that name. */
export function readyProfile(name: string): FaultProfile | null {
  const entry = Object.entries<ReadyProfile>(PROFILES).find(([one]) => one === name);
  if (entry === undefined) return null;
  const [, { faults = [], random = [] }] = entry;
  return faultProfileSchema.parse({ faults, random });
}
