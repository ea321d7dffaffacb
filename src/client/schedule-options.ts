import type { ScheduleDescription } from '@temporalio/client';
import { TRAINING_TASK_QUEUE, TRAIN_BATCH_WORKFLOW } from '../contract/names';
import { orderOf, trainsWhat, type WholePlan } from './schedule-plan';
import { overlapOf, policyOf, toTemporal } from './schedule-spec';

/** A plan as Temporal takes it for a new schedule. */
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

/** The same in place of what there was: a plan knows neither times that are left out, nor when a schedule begins and ends, nor limits of its starts. */
export function optionsOnTopOf(
  { scheduleId, spec, policies, action, state }: ScheduleDescription,
  plan: WholePlan,
) {
  const ours = optionsOf(scheduleId, plan);
  const { skip, startAt, endAt } = spec;
  const { workflowId, taskQueue, memo = {} } = action;
  const others = Object.fromEntries(Object.entries(memo).filter(([key]) => key !== 'manifest'));
  return {
    spec: {
      ...ours.spec,
      ...(skip !== undefined && { skip }),
      ...(startAt !== undefined && { startAt }),
      ...(endAt !== undefined && { endAt }),
    },
    policies: {
      ...ours.policies,
      // There is one more than a plan can name.
      ...(overlapOf(policies.overlap) === plan.overlap && { overlap: policies.overlap }),
    },
    action: {
      ...action,
      ...ours.action,
      workflowId,
      taskQueue,
      memo: { ...others, ...ours.action.memo },
    },
    state,
  };
}
