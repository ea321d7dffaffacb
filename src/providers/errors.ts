/** The provider said no, and would say no again. `words` are its own. */
export class ProviderRefusedError extends Error {
  override name = 'ProviderRefusedError' as const;

  constructor(
    readonly provider: string,
    readonly words: string,
  ) {
    super(`${provider} refused: ${words}`);
  }
}

/** The key is wrong or withdrawn. Asking again cannot help and may lock the account. */
export class ProviderKeyRejectedError extends Error {
  override name = 'ProviderKeyRejectedError' as const;

  constructor(readonly provider: string) {
    super(`${provider} rejected the key`);
  }
}

/** No usable answer, for now. `retryAfterMs` is the provider's own wish, null where it has none. */
export class ProviderUnavailableError extends Error {
  override name = 'ProviderUnavailableError' as const;

  constructor(
    readonly provider: string,
    readonly words: string,
    readonly retryAfterMs: number | null = null,
  ) {
    super(`${provider} did not answer usefully: ${words}`);
  }
}

export type ProviderError = ProviderRefusedError | ProviderKeyRejectedError | ProviderUnavailableError;

export function isProviderError(error: unknown): error is ProviderError {
  return (
    error instanceof ProviderRefusedError ||
    error instanceof ProviderKeyRejectedError ||
    error instanceof ProviderUnavailableError
  );
}
