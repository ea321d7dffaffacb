import type { LimitsFile } from '../accounts/limits-file';
import type { CallbackSettings } from '../callbacks/post';
import type { GatePolicy } from '../contract/gates';
import type { ProviderName } from '../contract/request';
import type { PhotoPool } from '../photos/process/photo-pool';
import type { Provider } from '../providers/port';
import type { PhotoFolders } from '../storage/photo-folders';
import type { PhotoSource } from '../storage/photo-source';
import type { Storage } from '../storage/port';
import type { WatchReport } from '../watching/watch';

/** Everything that activities reach of the world. `worker.ts` builds them from the configuration. */
export interface ActivityPorts {
  storage: Storage;
  photoSource: PhotoSource;
  photoFolders: PhotoFolders;
  providers: ProviderDirectory;
  /** What each account may do at a time and a day. */
  accounts: LimitsFile;
  pacing: { firstPollMs: number; maxPollMs: number };
  submission: SubmissionSettings;
  webhooks: WebhookSettings;
  watch: WatchSettings;
  callbacks: CallbackSettings;
  watchObserver: WatchObserver;
  photoPool: PhotoPool;
  /** What gates do where a request says nothing else; absent ones as `DEFAULT_GATES` has them. */
  photoGates: Partial<GatePolicy>;
}

export interface SubmissionSettings {
  /** How long the paid call may take. */
  readonly timeoutMs: number;
  /** Lookups of an unknown outcome come 0, 1, 2, 5, 10 of these after it. */
  readonly lookUpUnitMs: number;
  /** Instead of the provider's own: for so long proof may come. Null: as the provider's facts say. */
  readonly lookUpWindowMs: number | null;
}

export interface WebhookSettings {
  /** Deliveries of the provider arrive below this address; null where none can. */
  readonly publicUrl: string | null;
  /** The first signs the addresses of attempts. */
  readonly secrets: readonly string[];
}

/** Hears what a watcher does, which has no result before its turn is over. */
export interface WatchObserver {
  onReport(provider: ProviderName, report: WatchReport): void;
  /** Somebody else may watch now. */
  onTurnOver(provider: ProviderName): void;
  /** @param lateAtMostMs since it was last seen running */
  onEndSeen(provider: ProviderName, lateAtMostMs: number): void;
}

/** How the waiting trainings of an account are watched. */
export interface WatchSettings {
  /** Whether this worker's trainings start the watcher. */
  readonly isOn: boolean;
  /** From one sweep over all of them to the next. */
  readonly intervalMs: number;
  /** What the provider is asked at most. */
  readonly callsPerSecond: number;
  /** How long one worker watches before another may; an hour where nothing is said. */
  readonly turnMs?: number;
}

export interface ProviderDirectory {
  /** @throws a failure that says which variable is missing, if the worker has no access to this provider */
  get(name: ProviderName): Provider;
  account(name: ProviderName): Account;
}

/** The provider's account that this process uses. `isExclusive`: nothing else does, so its balance is evidence. */
export interface Account {
  readonly account: string;
  readonly isExclusive: boolean;
}
