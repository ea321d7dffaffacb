import { runBounded } from './run-bounded';

/**
 * Server 1.29, in CLI 1.5, is the oldest that has everything the workflows use. An older one starts well, and then
 * fails in the middle of a training with an error about an unknown request.
 */
const OLDEST = { major: 1, minor: 5 };

/** What `temporal --version` says, or why this file is not a Temporal CLI that we can use. */
export async function cliVersion(
  file: string,
  signal?: AbortSignal,
): Promise<{ version: string } | { reason: string }> {
  // It answers in 40 ms; 10 s are for a cold disk. Another program called `temporal` may wait for input for ever.
  const run = await runBounded(file, ['--version'], { timeoutMs: 10_000, signal });
  const found = /^temporal version ((\d+)\.(\d+)\S*)/m.exec(run.output);
  if (!found) return { reason: `${file} does not answer --version as the Temporal CLI does` };
  const [, version = '', major, minor] = found;
  const isTooOld =
    Number(major) < OLDEST.major || (Number(major) === OLDEST.major && Number(minor) < OLDEST.minor);
  if (isTooOld) {
    return {
      reason: `${file} is version ${version}, and ${OLDEST.major}.${OLDEST.minor} is the oldest that works`,
    };
  }
  return { version };
}
