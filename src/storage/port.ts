/**
 * Where photos and results lie. Keys are made of hashes and recipe names, with `/` between parts, so the same
 * content is the same key and writing it twice changes nothing. Every verb throws a `StorageError`.
 */
export interface Storage {
  /** Whole or not at all: a reader never sees half an object, whatever dies in between. */
  put(key: string, bytes: Buffer): Promise<void>;
  /**
   * Writes an object that must not exist yet, whole or not at all. Of many that try at once, exactly one gets `created`;
   * on stable storage when it returns. Where it throws, nobody knows: it may be there, or appear later.
   */
  create(key: string, bytes: Buffer): Promise<'created' | 'exists'>;
  /** Keys right below `prefix/`, in no order. */
  list(prefix: string): Promise<string[]>;
  has(key: string): Promise<boolean>;
  /** Null where there is no such object. */
  get(key: string): Promise<Buffer | null>;
  /** Tries out that what is written comes back, and that one of two creators is told so; throws where it cannot be relied on. */
  prove(): Promise<void>;
}

/**
 * What is wrong with the store, in words that name the place. It carries no cause: the system's own error names the
 * file, and errors of activities stand in Temporal's history.
 */
export class StorageError extends Error {
  override name = 'StorageError' as const;

  constructor(
    message: string,
    /** `mend`: a person must do something (rights, path). `wait`: it may pass (disk full, network). */
    readonly remedy: 'mend' | 'wait',
  ) {
    super(message);
  }
}
