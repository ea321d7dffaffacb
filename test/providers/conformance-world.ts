import type { TrainRequest } from '../../src/contract/request';
import type { Provider, SubmissionOutcome, UnsettledAttempt } from '../../src/providers/port';

/** What goes wrong at the provider's side. What each one charges is the suite's business, not the adapter's. */
export type Trouble =
  /** Answers: a refusal with a reason, a rejected key, "come later". Nothing is recorded. */
  | 'refuses'
  | 'rejects-key'
  | 'is-busy'
  /** A server error before, or after, the call has taken effect. */
  | 'fails-before'
  | 'fails-after'
  /** The call takes effect and is answered as usual, seconds late. */
  | 'is-slow'
  /** The connection is reset before, or after, the call has taken effect. */
  | 'resets-before'
  | 'resets-after'
  /** The call takes effect and is never answered, or answered with something unreadable. */
  | 'hangs-after'
  | 'answers-garbage-after'
  /** A submission is accepted and fails later; a poll shows a word that nobody knows. */
  | 'fails-later'
  | 'says-odd-word';
export type Verb = 'upload' | 'submit' | 'check' | 'balance' | 'results';

/** What differs between providers by their own documents, so that the suite asks each for what it can. */
export interface Traits {
  /** The reads that reach the provider, and the endpoint where trouble for each is arranged. */
  reads: readonly ('upload' | 'checkUpload' | 'admit' | 'lookUp' | 'check' | 'results' | 'balance')[];
  /** Whether the provider itself refuses too few and too many photos. */
  limits: 'enforced' | 'not documented';
  /** An upload is a task that is waited for, or ready when it was made. */
  upload: 'task' | 'at once';
  /** Whether a training tells its state in words, and a failure. */
  words: 'open' | 'none';
  failure: 'told' | 'never told';
  /** The same request may be trained again and again, or uses something up. */
  repeats: 'new training' | 'used up';
  balance: 'read' | 'none';
  /** What proves afterwards that an unknown submission has started. */
  proof: 'balance' | 'model';
}

/** How long the provider takes: done at the next look, or never. */
export interface Pace {
  upload: 'instant' | 'endless';
  training: 'instant' | 'endless';
}

/** One provider with its sandbox, for one test. */
export interface World {
  readonly provider: Provider;
  /** The same provider as seen with a key that it does not know. */
  readonly stranger: Provider;
  /** The same provider where nobody listens. */
  readonly unreachable: Provider;
  readonly apiKey: string;
  readonly request: TrainRequest;
  /** An upload id of the right form that the provider does not know. */
  readonly unknownUpload: string;
  /** An id of the right form of a training that was never started. */
  readonly unknownTraining: string;
  /** As many good pictures as asked for, in the form in which photo sets are stored. */
  images(count: number): Promise<Buffer[]>;
  arrange(verb: Verb, trouble: Trouble): Promise<void>;
  /** What the provider's own books say. */
  charges(): Promise<{ uploads: number; submissions: number; credits: number }>;
  /** The provider's process dies with everything that it has not answered; another takes over its books. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

export type Setup = (pace: Pace) => Promise<World>;
export type Open = (pace?: Partial<Pace>) => Promise<World>;

export const notAborted: AbortSignal = new AbortController().signal;

/** Uploads the smallest photo set that the provider takes. */
export async function uploaded(world: World): Promise<string> {
  const { provider, request } = world;
  const images = await world.images(provider.facts.minPhotos);
  const { uploadId } = await provider.upload(images, request, notAborted);
  return uploadId;
}

export async function submitted(world: World): Promise<SubmissionOutcome> {
  return world.provider.submit({
    uploadId: await uploaded(world),
    request: world.request,
    webhook: null,
  });
}

/** An attempt as the record has it, of which nothing else is known. */
export async function unsettled(world: World): Promise<UnsettledAttempt> {
  const { provider, request } = world;
  return {
    request,
    sentAtMs: Date.now(),
    expectedCredits: provider.facts.trainingCreditsPerPhoto * provider.facts.minPhotos,
    creditsBefore: (await provider.balance(notAborted))?.credits ?? null,
  };
}

/** The id of a training that was accepted. */
export async function accepted(world: World): Promise<string> {
  const outcome = await submitted(world);
  if (outcome.outcome !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(outcome)}`);
  return outcome.trainingId;
}
