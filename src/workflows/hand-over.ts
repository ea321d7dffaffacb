import { CancellationScope, continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { trainPerson } from './train-person';
import { planOf, type TrainingRun } from './training-run';

/**
 * Long waits start over with a short history when the server suggests it. Everything that counts is in `progress`, the
 * deadline included; not a cancel, which belongs to this run: it is obeyed here and not handed over.
 */
export async function handOverIfSuggested(run: TrainingRun): Promise<void> {
  if (!workflowInfo().continueAsNewSuggested || CancellationScope.current().consideredCancelled) return;
  await continueAsNew<typeof trainPerson>(planOf(run).request, run.progress);
}
