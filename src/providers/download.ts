import { request, Agent } from 'undici';
import { errorMessage } from '../error-facts';
import { ProviderRefusedError, ProviderUnavailableError } from './errors';

/** A picture that a provider has made. */
export interface Download {
  bytes: Buffer;
  extension: string;
}

const MAX_BYTES = 25 * 1024 * 1024;
const TIMEOUT_MS = 60_000;
const EXTENSIONS: Partial<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'avif',
};

/**
 * Fetches one result picture, once, without following redirects. The key is not sent: the address may be on any host.
 *
 * @throws ProviderError
 */
export async function download(provider: string, url: string, signal: AbortSignal): Promise<Download> {
  const agent = new Agent({ maxResponseSize: MAX_BYTES, connect: { timeout: 10_000 } });
  try {
    const answer = await request(url, {
      dispatcher: agent,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const type =
      String(answer.headers['content-type'] ?? '')
        .split(';')[0]
        ?.trim() ?? '';
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    if (answer.statusCode !== 200)
      throw new ProviderUnavailableError(provider, `a result answers with HTTP ${answer.statusCode}`);
    const extension = EXTENSIONS[type];
    if (extension === undefined)
      throw new ProviderRefusedError(provider, `a result is "${type}", not a picture`);
    return { bytes, extension };
  } catch (error) {
    if (error instanceof ProviderUnavailableError || error instanceof ProviderRefusedError) throw error;
    throw new ProviderUnavailableError(provider, `a result cannot be fetched (${errorMessage(error)})`);
  } finally {
    await agent.destroy();
  }
}
