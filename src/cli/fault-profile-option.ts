import { readFile } from 'node:fs/promises';
import { prettifyError } from 'zod';
import { errorCode } from '../error-facts';
import { faultProfileSchema, readyProfile, type FaultProfile } from '../sandbox/fault-profile';
import { PROFILES } from '../sandbox/profiles';
import { InputError } from './input-error';

/** `--faults`: a ready profile by name, or else a file. */
export async function profileOption(name: string | undefined): Promise<FaultProfile | null> {
  if (name === undefined) return null;
  const ready = readyProfile(name);
  if (ready !== null) return ready;
  const text = await readFile(name, 'utf8').catch((error: unknown) => {
    throw new InputError(
      `--faults expects ${Object.keys(PROFILES).join(', ')} or a file, and "${name}" is neither (${String(errorCode(error))})`,
    );
  });
  const profile = faultProfileSchema.safeParse(parsedJson(name, text));
  if (profile.success) return profile.data;
  throw new InputError(`--faults ${name}: ${prettifyError(profile.error).replace(/\s*\n\s*/g, ' ')}`);
}

function parsedJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(`--faults ${name}: is not JSON`);
  }
}
