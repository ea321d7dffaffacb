import type { ProviderName, TrainRequest } from '../contract/request';

/**
 * One hosted provider. Every verb makes at most one request and never repeats it: repeating is Temporal's work, and
 * for `submit` nobody's.
 *
 * `upload`, `checkUpload`, `check` and `balance` throw a `ProviderError`; `submit` throws nothing, because what is not
 * certain about money must be an answer that somebody handles.
 */
export interface Provider {
  readonly name: ProviderName;
  /** The provider's own spelling, for sentences. */
  readonly title: string;
  readonly facts: ProviderFacts;

  /** Hands the photo set over. Safe to redo: it costs `uploadCredits` again, and the older upload expires unused. */
  upload(
    images: readonly Buffer[],
    request: TrainRequest,
    signal: AbortSignal,
  ): Promise<{ uploadId: string }>;
  checkUpload(uploadId: string, signal: AbortSignal): Promise<UploadVerdict>;
  /** The one paid call. Must not be made twice for one attempt. */
  submit(order: SubmissionOrder): Promise<SubmissionOutcome>;
  check(trainingId: string, signal: AbortSignal): Promise<TrainingVerdict>;
  /** Credits left on the account. Proves at the same time that the key works; costs nothing. */
  balance(signal: AbortSignal): Promise<{ credits: number }>;
}

/** What a workflow must know of a provider. Plain JSON: it is written into the history when a training is planned. */
export interface ProviderFacts {
  readonly title: string;
  readonly minPhotos: number;
  readonly maxPhotos: number;
  readonly uploadCredits: number;
  readonly trainingCreditsPerPhoto: number;
  /** `none`: a started training runs on and is billed, whatever we do. */
  readonly cancel: 'none' | 'supported';
  /** Used where the request names none. */
  readonly defaultDeadlineMs: number;
}

export type UploadVerdict =
  | { verdict: 'running'; word: string }
  /** `expiresAtMs` is the provider's clock, Unix time; null where it did not say. */
  | { verdict: 'ready'; expiresAtMs: number | null }
  /** The provider knows no such upload (any more). */
  | { verdict: 'gone' }
  | { verdict: 'failed'; words: string };

export interface SubmissionOrder {
  uploadId: string;
  request: TrainRequest;
}

export type SubmissionOutcome =
  | { outcome: 'accepted'; trainingId: string }
  /** Certainly not started. `afterMs`: the provider, or the network, may take it later. */
  | { outcome: 'refused'; code: RefusalCode; words: string; again: { afterMs: number } | 'never' }
  /** May have started, may have been charged. Nothing may be sent again without proof. */
  | { outcome: 'unknown'; words: string };
export type RefusalCode =
  'ProviderKeyRejected' | 'ProviderNotConfigured' | 'ProviderRefused' | 'ProviderUnavailable';

export type TrainingVerdict =
  /** `percent` is 0 to 100, null where the provider gave none; `word` is its status, known to us or not. */
  | { verdict: 'running'; percent: number | null; word: string }
  | { verdict: 'succeeded'; triggerWord: string | null }
  | { verdict: 'failed'; words: string };
