import type { ComponentChildren, VNode } from 'preact';
import { isRetried, ROW_STATES, type BatchStatus } from '../../../contract/batch';

interface ActionsProps {
  status: BatchStatus;
  /** What was typed into a form that was refused. */
  typedRows: string;
}

/** What a person can do about a batch. */
export function BatchActions({ status, typedRows }: ActionsProps): VNode {
  const { id, states, isPaused, isCanceled } = status;
  const count = (is: (state: (typeof ROW_STATES)[number]) => boolean) =>
    ROW_STATES.filter(is).reduce((sum, state) => sum + (states[state] ?? 0), 0);
  const failed = count(isRetried);
  const left = count((state) => state !== 'succeeded' && !isRetried(state));
  const isOpen = left > 0 && !isCanceled;
  return (
    <section aria-label="What to do">
      {isOpen && (
        <Form id={id} act={isPaused ? 'resume' : 'pause'} button={isPaused ? 'Go on' : 'Pause'}>
          <p>{isPaused ? 'It is paused.' : 'Starts no more rows; what is under way goes on.'}</p>
        </Form>
      )}
      {(failed > 0 || isCanceled) && (
        <Form id={id} act="retry" button="Retry">
          <RowsField typedRows={typedRows} where="retry" />
          {status.budgetCredits !== null && <BudgetField credits={status.budgetCredits} />}
          <p class="soft">
            Rows that have ended without success start over, if no training was charged for them. The others
            are left.
          </p>
        </Form>
      )}
      {isOpen && (
        <details open={typedRows !== ''}>
          <summary id="cancel">Cancel</summary>
          <Form id={id} act="cancel" button="Cancel" kind="danger">
            <RowsField typedRows={typedRows} where="cancel" />
            <p class="soft">What the provider has started may run on there and be billed.</p>
          </Form>
        </details>
      )}
    </section>
  );
}

function RowsField({ typedRows, where }: { typedRows: string; where: string }): VNode {
  return (
    <label>
      Only these rows; all where it is empty
      <input id={`${where}-rows`} name="rows" value={typedRows} placeholder="3, 812" autocomplete="off" />
    </label>
  );
}

/** Where there is none, none is needed to retry. */
function BudgetField({ credits }: { credits: number }): VNode {
  return (
    <label>
      What the whole batch may cost, in credits
      <input id="retry-budget" name="budgetCredits" value={credits} inputmode="numeric" autocomplete="off" />
    </label>
  );
}

interface FormProps {
  id: string;
  act: 'pause' | 'resume' | 'retry' | 'cancel';
  button: string;
  kind?: 'danger';
  children: ComponentChildren;
}

function Form({ id, act, button, kind, children }: FormProps): VNode {
  return (
    <form method="post" action={`/batches/${encodeURIComponent(id)}/steering`} class="choice">
      <input type="hidden" name="do" value={act} />
      {children}
      <button id={`do-${act}`} class={kind}>
        {button}
      </button>
    </form>
  );
}
