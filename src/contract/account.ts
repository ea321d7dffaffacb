import { PROVIDERS } from './names';
import type { ProviderName } from './request';
import type { Charge } from './result';

/** What one account may do at a time and a day, as `accounts.yaml` has it. Null: as much as anybody wants. */
export interface AccountLimits {
  /** Trainings in flight at the provider. */
  slots: number | null;
  submissionsPerMinute: number | null;
  /** A day is one of UTC. */
  creditsPerDay: number | null;
  /** One paid call at a time, so that the balance is evidence of what became of it. */
  isExclusive: boolean;
  /** Nothing new is let in; what is in goes on. */
  isPaused: boolean;
  /** Of each customer that `customers` does not name. */
  eachCustomer: CustomerLimits;
  customers: Readonly<Record<string, CustomerLimits>>;
}

export interface CustomerLimits {
  slots: number | null;
  creditsPerDay: number | null;
}

/** Something that a training has paid for. */
export interface Payment {
  /** Of this training, so that what is told twice counts once. */
  key: string;
  /** `unknown`: an attempt that a person had repeated; it may have been charged. */
  what: 'upload' | 'training' | 'unknown';
  credits: number;
  /** Its account has it in its ledger, and need not be told. */
  isBooked?: boolean;
}

/** The key of a training that was paid: there is one for each attempt on record. */
export function trainingPayment(attempt: number): string {
  return `training-${attempt}`;
}

/** The key of an attempt that a person had repeated: it may have been charged. */
export function unknownPayment(attempt: number): string {
  return `unknown-${attempt}`;
}

export interface AccountAsk {
  customer: string | null;
  /** Whose turn it is goes by this: the customer, or the batch. */
  share: string;
  /** 1 goes first. */
  priority: number;
  /** What it will cost in all. */
  credits: number;
  /** What one more attempt to submit costs. */
  attemptCredits: number;
}

/**
 * What a training tells the account that it trains on. What it asked for and all that it has paid so far go along with each word,
 * so that an account that has forgotten it knows it again.
 */
export type AccountWord = { id: string; ask: AccountAsk; payments: readonly Payment[] } &
  /** It would like to have a slot, its credits, and its turn. */
  (
    | { word: 'ask' }
    /** It would make another paid call. */
    | { word: 'turn' }
    /** Its paid call was made, and nobody knows what became of it yet. */
    | { word: 'sent' }
    /** The outcome of its paid call is known, or a person has to find it out. */
    | { word: 'called'; isTraining: boolean }
    /** The provider has too many trainings in flight to take this one. */
    | { word: 'full'; afterMs: number }
    | { word: 'ended'; charge: Charge }
  );

/** Why a training waits. */
export type WaitReason =
  | 'limits-unknown'
  | 'crowded'
  | 'turn'
  | 'paused'
  | 'slots'
  | 'provider-full'
  | 'credits-of-day'
  | 'balance'
  | 'customer-slots'
  | 'customer-credits-of-day';

/** What the account answers. */
export type AccountAnswer =
  /** It has its slot, and its credits are set aside. */
  | { answer: 'in'; turn: 'free' | 'now' | 'later' }
  | { answer: 'waits'; place: number; why: WaitReason; words: string }
  /** It can never fit. */
  | { answer: 'refused'; words: string };

/** A line of the ledger: append-only, in the store. */
export interface LedgerLine {
  /** Counts from 1 without a gap, for each account. */
  n: number;
  atMs: number;
  /**
   * `reserved`: set aside · `charged`: paid, out of what was set aside · `refunded`: set aside no more ·
   * `unknown`: it may have been charged · `ended`: its slot is free · `balance`: what the provider says is left.
   */
  kind: 'reserved' | 'charged' | 'refunded' | 'unknown' | 'ended' | 'balance';
  /** Id of the training; null for a balance. */
  training: string | null;
  customer: string | null;
  /** For what was charged, and the key of that payment. */
  what: Payment['what'] | null;
  key: string | null;
  credits: number;
}

export interface AccountOrder {
  provider: string;
  account: string;
}

export function accountWorkflowId(provider: string, account: string): string {
  return `darkroom-account-${provider}-${account}`;
}

/** The account whose gate has this id; null where it is no gate of ours. Anybody can start a workflow of its type. */
export function accountOfWorkflow(id: string): { provider: ProviderName; account: string } | null {
  for (const provider of PROVIDERS) {
    const start = accountWorkflowId(provider, '');
    if (id.startsWith(start) && id !== start) return { provider, account: id.slice(start.length) };
  }
  return null;
}
