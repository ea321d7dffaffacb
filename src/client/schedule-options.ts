import { TRAINING_TASK_QUEUE, TRAIN_BATCH_WORKFLOW } from '../contract/names';
import { orderOf, trainsWhat, type WholePlan } from './schedule-plan';
import { policyOf, toTemporal } from './schedule-spec';

/** A schedule as the SDK takes it. */
export function optionsOf(name: string, plan: WholePlan) {
  const order = orderOf(plan);
  return {
    spec: toTemporal(plan.spec, plan.jitterMs),
    policies: {
      overlap: policyOf(plan.overlap),
      catchupWindow: plan.catchUpMs,
      pauseOnFailure: plan.pauseOnFailure,
    },
    action: {
      type: 'startWorkflow' as const,
      workflowType: TRAIN_BATCH_WORKFLOW,
      workflowId: name,
      taskQueue: TRAINING_TASK_QUEUE,
      args: [order],
      staticSummary: `${trainsWhat(plan.rows)}, ${plan.inFlight} at once`,
      ...('manifest' in order && { memo: { manifest: order.manifest } }),
    },
  };
}
