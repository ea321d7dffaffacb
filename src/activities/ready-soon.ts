import { setTimeout as delay } from 'node:timers/promises';
import { isProviderError } from '../providers/errors';
import type { Provider, Upload } from '../providers/port';

/** A few MB are prepared within seconds, and asking here costs 11 events less than a timer and another activity. */
const LOOKS_AFTER_MS = [400, 600, 1000, 1500];

/**
 * The upload, with until when it can be used where that is known within the first seconds. Otherwise, and whatever goes wrong
 * with asking, the workflow waits for it with timers.
 */
export async function readySoon(
  provider: Provider,
  upload: Upload,
  { firstPollMs, signal }: { firstPollMs: number; signal: AbortSignal },
): Promise<Upload> {
  if (upload.ready !== undefined) return upload;
  for (const afterMs of LOOKS_AFTER_MS) {
    await delay(Math.min(afterMs, firstPollMs), undefined, { signal });
    try {
      const seen = await provider.checkUpload(upload.uploadId, signal);
      if (seen.verdict === 'ready') return { ...upload, ready: { expiresAtMs: seen.expiresAtMs } };
      if (seen.verdict !== 'running') return upload;
    } catch (error) {
      if (!isProviderError(error)) throw error;
      return upload;
    }
  }
  return upload;
}
