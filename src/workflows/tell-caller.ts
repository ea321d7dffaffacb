import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { CancellationScope, log, ParentClosePolicy, startChild, workflowInfo } from '@temporalio/workflow';
import type { Callback } from '../contract/callback';
import { CALL_BACK_WORKFLOW } from '../contract/names';
import { isEndState } from '../contract/state';
import type { callBack } from './call-back';
import { resultOf, statusOf } from './status';
import type { TrainingRun } from './training-run';

/** Where the request asks for it: that the training has ended, or that a person has to decide. Waits for nobody to listen. */
export async function tellCaller(run: TrainingRun): Promise<void> {
  const { progress, asked } = run;
  const url = progress.plan?.request.callback?.url ?? asked.callbackUrl;
  // Where no worker may call, nobody needs to try for a day.
  if (url === null || progress.failure?.code === 'CallbackNotAllowed') return;
  progress.callbacks += 1;
  // The same after a Reset that comes to the same, so that nobody is told twice; another one where it comes to something else, or
  // where the id is trained again.
  const id = `${workflowInfo().firstExecutionRunId}-${progress.callbacks}-${progress.state}`;
  const order = { id, url, callback: callbackOf(run) };
  // A canceled training is told of as well. It has to have begun before the training ends, or Temporal would not begin it.
  await CancellationScope.nonCancellable(async () => {
    try {
      await startChild<typeof callBack>(CALL_BACK_WORKFLOW, {
        workflowId: `callback-${id}`,
        args: [order],
        parentClosePolicy: ParentClosePolicy.ABANDON,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        staticSummary: order.callback.type,
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      log.info('this callback was made before', { id });
    }
  });
}

function callbackOf(run: TrainingRun): Callback {
  const { state } = run.progress;
  const timestamp = new Date(Date.now()).toISOString();
  return isEndState(state)
    ? { type: `training.${state}`, timestamp, data: resultOf(run, state) }
    : { type: 'training.needs-decision', timestamp, data: statusOf(run) };
}
