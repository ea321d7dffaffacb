import type { FailureCode } from '../contract/failure-code';
import type { ProviderName, TrainRequest } from '../contract/request';

/**
 * One hosted provider. Every verb makes at most one request and never repeats it: repeating is Temporal's work, and
 * for `submit` nobody's. (`upload` and `lookUp` may need several, one after the other, each made once; a `glance` that is lost with
 * a kept connection is asked once more.)
 *
 * All verbs but `submit` throw a `ProviderError`; `submit` throws nothing, because what is not certain about money
 * must be an answer that somebody handles.
 */
export interface Provider {
  readonly name: ProviderName;
  /** The provider's own spelling, for sentences. */
  readonly title: string;
  readonly facts: ProviderFacts;

  /**
   * What this request would use up at the provider, such as a model that was bought and trains once: no two requests
   * may have the same. Null where every submission makes something new.
   */
  resource(request: TrainRequest): string | null;
  /** Why this request could not be trained, before anything is uploaded or paid; null where nothing is against it. */
  admit(request: TrainRequest, signal: AbortSignal): Promise<Inadmissible | null>;
  /** Hands the photo set over. Safe to redo: it costs `uploadCredits` again, and the older upload expires unused. */
  upload(images: readonly Buffer[], request: TrainRequest, signal: AbortSignal): Promise<Upload>;
  checkUpload(uploadId: string, signal: AbortSignal): Promise<UploadVerdict>;
  /** The one paid call. Must not be made twice for one attempt. */
  submit(order: SubmissionOrder): Promise<SubmissionOutcome>;
  /** What the provider can say of an attempt whose outcome is unknown. Asked again and again until its window ends. */
  lookUp(attempt: UnsettledAttempt, signal: AbortSignal): Promise<LookUpVerdict>;
  check(trainingId: string, signal: AbortSignal): Promise<TrainingVerdict>;
  /**
   * A glance at up to `glanceSize` trainings with one request, by training id. What it says is a hint: it ends no wait. Those that the
   * answer leaves out are absent. `unsupported`: the provider does not do this for several trainings at a time.
   */
  glance(trainingIds: readonly string[], signal: AbortSignal): Promise<Map<string, Glimpse> | 'unsupported'>;
  readonly glanceSize: number;
  /** URLs of what a training has made, in the provider's order; empty where the training itself is the result. */
  results(trainingId: string, signal: AbortSignal): Promise<string[]>;
  /** Credits left on the account; null where the provider has no such call. */
  balance(signal: AbortSignal): Promise<{ credits: number } | null>;
  /** Proves that the key works, at no cost, and says in a few words what it opens. */
  probe(signal: AbortSignal): Promise<{ words: string }>;
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
  /** `images`: they are copied into the store when the training is done. `model`: the training id is the result. */
  readonly result: 'model' | 'images';
  /** For so long after a submission the provider may still come to know of it. */
  readonly lookUpWindowMs: number;
  /** Used where the request names none. */
  readonly defaultDeadlineMs: number;
}

export interface Inadmissible {
  code: Extract<FailureCode, 'ModelTaken' | 'StyleExpired' | 'ProviderRefused'>;
  words: string;
}

export interface Upload {
  /** Opaque to all but the provider; stands in Temporal's history, so it is some kB at most. */
  uploadId: string;
  /** Given where the upload is ready at once, so that nobody has to ask `checkUpload`. Null: it does not expire. */
  ready?: { expiresAtMs: number | null };
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
  /** Where the provider may report this attempt, and nothing else. Null where no such address is configured. */
  webhook: { url: string; secret: string } | null;
  /** Told when the whole request has been written. */
  onWritten?: () => void;
}

export type SubmissionOutcome =
  | { outcome: 'accepted'; trainingId: string }
  /** Certainly not started. `afterMs`: the provider, or the network, may take it later. */
  | { outcome: 'refused'; code: RefusalCode; words: string; again: Again | 'never' }
  /** May have started, may have been charged. Nothing may be sent again without proof. */
  | { outcome: 'unknown'; words: string };
/** `full`: so many trainings are in flight that it takes no more, which clears when one ends. */
export interface Again {
  afterMs: number;
  because?: 'full';
}
export type RefusalCode = Extract<
  FailureCode,
  | 'ProviderKeyRejected'
  | 'ProviderNotConfigured'
  | 'ProviderRefused'
  | 'ProviderUnavailable'
  | 'DuplicateTraining'
  | 'ModelTaken'
  | 'IdTaken'
  | 'StoreUnavailable'
  | 'OtherStore'
>;

export type TrainingVerdict =
  /** `percent` is 0 to 100, null where the provider gave none; `word` is its status, known to us or not. */
  | { verdict: 'running'; percent: number | null; word: string }
  | { verdict: 'succeeded'; triggerWord: string | null }
  /** The provider knows no such training (any more). While waiting, that proves nothing. */
  | { verdict: 'gone'; words: string }
  | { verdict: 'failed'; words: string };

export type Glimpse = { glimpse: 'running'; percent: number | null; word: string } | { glimpse: 'ended' };

/** An attempt whose outcome is unknown, with what was written down before it was sent. */
export interface UnsettledAttempt {
  request: TrainRequest;
  sentAtMs: number;
  expectedCredits: number;
  /** Balance right before the call. Null where it was not read, or where something else has moved it since. */
  creditsBefore: number | null;
}

export type LookUpVerdict =
  /** It has started. `trainingId` is null where the evidence does not name it. */
  | { verdict: 'started'; trainingId: string | null; words: string }
  /** Nothing is seen of it. Still so when the window ends, this proves that it has not started. */
  | { verdict: 'not-seen'; words: string }
  /** The provider cannot tell. */
  | { verdict: 'no-proof'; words: string };
