import { activityInfo, getClient } from '@temporalio/activity';
import { prettifyError } from 'zod';
import type { AccountOrder } from '../contract/account';
import { DEFAULT_GATES, withGates, type PhotoPolicy } from '../contract/gates';
import type { PastDurations } from '../contract/past-durations';
import type { ProviderName, TrainRequest } from '../contract/request';
import { trainRequestSchema } from '../contract/request-schema';
import { neverAgain } from '../failures';
import type { ProviderFacts } from '../providers/port';
import { submissionJournal } from '../submissions/journal';
import { pastDurations } from '../submissions/past-durations';
import { storeId } from '../submissions/store-identity';
import { sayingWhatFailed } from './activity-failure';
import { isGateThere } from './is-gate-there';
import type { ActivityPorts } from './ports';
import { assertCallable } from './send-callback';

/** All that a workflow may know of the world outside, read once and kept in its history, so that replay is safe. */
export interface TrainingPlan {
  request: TrainRequest;
  facts: ProviderFacts;
  deadlineMs: number;
  pacing: { firstPollMs: number; maxPollMs: number };
  /** Where the records of its submissions are. Absent in the plan of an older release, which wrote none. */
  storeId?: string;
  lookUpUnitMs?: number;
  /** How long the account's trainings took. Null where too few are known; absent in the plan of an older release. */
  past?: PastDurations | null;
  /** Whose limits it has to keep to; null where it has none. Absent in the plan of an older release. */
  account?: AccountOrder | null;
  /** Where an earlier run under the id has left records of submissions: whether the first of them may have been charged. */
  firstOnRecord?: 'free' | 'sent' | null;
  /** Absent in the plan of an older release: its photos are judged as the worker is configured. */
  photoPolicy?: PhotoPolicy;
}

/**
 * First step of every training. Other services send requests as they like; what does not fit the schema ends here,
 * in words, instead of breaking a workflow task that Temporal would then repeat for ever.
 */
export function planTraining(ports: ActivityPorts) {
  const { providers, pacing, storage, submission, photoGates } = ports;
  const durations = pastDurations(storage);
  const journal = submissionJournal(storage);
  return async (unchecked: unknown): Promise<TrainingPlan> => {
    const parsed = trainRequestSchema.safeParse(unchecked);
    if (!parsed.success) {
      const problems = prettifyError(parsed.error).replace(/\s*\n\s*/g, ' ');
      throw neverAgain('InvalidRequest', `The request is not a training request: ${problems}`);
    }
    const request = parsed.data;
    if (request.callback !== undefined) assertCallable(request.callback.url, ports);
    const { facts } = providers.get(request.provider);
    if (request.maxPhotos !== undefined && request.maxPhotos < facts.minPhotos) {
      throw neverAgain(
        'InvalidRequest',
        `maxPhotos is ${request.maxPhotos} and ${facts.title} needs at least ${facts.minPhotos} photos`,
      );
    }
    return sayingWhatFailed(async () => ({
      request,
      facts,
      deadlineMs: request.deadlineMs ?? facts.defaultDeadlineMs,
      pacing,
      storeId: await storeId(storage),
      firstOnRecord: await firstOnRecord(),
      lookUpUnitMs: submission.lookUpUnitMs,
      account: await accountOf(ports, request.provider),
      past: await durations.read(request.provider, providers.account(request.provider).account),
      photoPolicy: {
        gates: withGates(withGates(DEFAULT_GATES, photoGates), request.gates ?? {}),
        crop: request.crop ?? 'whole',
      },
    }));
  };

  /** The first attempt tells; how many there are, and what became of them, may take longer than this step has. */
  async function firstOnRecord(): Promise<'free' | 'sent' | null> {
    const id = activityInfo().workflowExecution?.workflowId ?? '';
    const { standing } = await journal.standing({ id, attempt: 1 });
    return standing === 'absent' ? null : standing === 'free' ? 'free' : 'sent';
  }
}

/** Null: it has no gate. One that is there is asked, also by a worker that was started without its limits. */
async function accountOf(
  { accounts, providers }: ActivityPorts,
  provider: ProviderName,
): Promise<AccountOrder | null> {
  const { account } = providers.account(provider);
  const order = { provider, account };
  if (accounts.of(provider, account).limits !== null) return order;
  return (await isGateThere(getClient(), order)) ? order : null;
}
