import { utcDay } from '../contract/day';
import { PROVIDERS, TRAIN_PERSON_WORKFLOW, WATCH_ACCOUNT_WORKFLOW } from '../contract/names';

export interface SavedView {
  name: string;
  /** In the spelling that the Temporal UI turns into filters that can be changed by a click. */
  query: string;
}

const TRAININGS = is('WorkflowType', TRAIN_PERSON_WORKFLOW);
const RUNNING = [TRAININGS, is('ExecutionStatus', 'Running')];

/** Lists that an operator opens day by day. Pure. What stands in capitals is to be replaced. */
export function savedViews(nowMs: number): SavedView[] {
  const today = utcDay(nowMs);
  return [
    view('running', ...RUNNING),
    view('needs a decision', ...RUNNING, is('DarkroomState', 'needs-decision')),
    view('stuck: no answer', ...RUNNING, is('DarkroomTrouble', 'no-answer')),
    view(
      `failed since ${today}, UTC`,
      TRAININGS,
      either(is('ExecutionStatus', 'Failed'), is('ExecutionStatus', 'Terminated')),
      `\`CloseTime\`>="${today}T00:00:00Z"`,
    ),
    ...PROVIDERS.map((provider) =>
      view(`running at ${provider}`, ...RUNNING, is('DarkroomProvider', provider)),
    ),
    view('of one subject', TRAININGS, is('DarkroomSubject', 'SUBJECT')),
    view("by the provider's id", TRAININGS, is('DarkroomTraining', 'TRAINING')),
    view('the watchers', is('WorkflowType', WATCH_ACCOUNT_WORKFLOW), is('ExecutionStatus', 'Running')),
  ];
}

/** @param ui base address of the Temporal UI */
export function viewLink(ui: string, namespace: string, { query }: SavedView): string {
  return `${ui}/namespaces/${encodeURIComponent(namespace)}/workflows?query=${encodeURIComponent(query)}`;
}

function view(name: string, ...conditions: string[]): SavedView {
  return { name, query: conditions.join(' AND ') };
}

function is(attribute: string, value: string): string {
  return `\`${attribute}\`="${value}"`;
}

function either(...conditions: string[]): string {
  return `(${conditions.join(' OR ')})`;
}
