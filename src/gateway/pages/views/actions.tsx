import type { ComponentChildren, VNode } from 'preact';
import { isEndState } from '../../../contract/state';
import type { TrainStatus } from '../../../client';
import type { PartProps } from './training';

/** What a person can do about it. */
export function ActionsView({ seen: { id, status }, viewer, typedId = '' }: PartProps): VNode {
  const may = (scope: 'start' | 'decide') => viewer.scopes.includes(scope);
  const isOpen = status !== null && !isEndState(status.state);
  return (
    <section id="actions" aria-label={isOpen ? 'What to do' : undefined}>
      {status?.state === 'needs-decision' && (
        <Decision id={id} status={status} mayDecide={may('decide') ? 'yes' : 'no'} typedId={typedId} />
      )}
      {isOpen && may('start') && <Cancel id={id} charge={status.charge} />}
    </section>
  );
}

interface DecisionProps {
  id: string;
  status: TrainStatus;
  mayDecide: 'yes' | 'no';
  typedId: string;
}

function Decision({ id, status, mayDecide, typedId }: DecisionProps): VNode {
  return (
    <div class="card ask">
      <h2>A person must decide</h2>
      <p>
        Nobody knows whether the submission has arrived at {status.provider}, and nothing is sent again by
        itself. Look for the training in the account there.
      </p>
      {mayDecide === 'no' ? (
        <p class="trouble">This key may not decide: it has no scope “decide”.</p>
      ) : (
        <Choices about={{ id, submission: status.submissions }} typedId={typedId} />
      )}
    </div>
  );
}

/** What the page speaks of: a later submission is another decision. */
interface About {
  id: string;
  submission: number;
}

function Choices({ about, typedId }: { about: About; typedId: string }): VNode {
  return (
    <>
      <Choice about={about} decision="adopt" button="Wait for this training">
        <label>
          It is there. Its id at the provider
          <input
            id="adopt-id"
            name="trainingId"
            value={typedId}
            required
            autocomplete="off"
            maxLength={200}
          />
        </label>
      </Choice>
      <Choice about={about} decision="retry" button="Submit again">
        <label class="tick">
          <input id="retry-tick" type="checkbox" name="acceptSecondCharge" value="yes" required /> It is not
          there. Should it have started all the same, both are charged.
        </label>
      </Choice>
      <Choice about={about} decision="abandon" button="Give up">
        <p>Give up. It may have been charged.</p>
      </Choice>
    </>
  );
}

interface ChoiceProps {
  about: About;
  decision: string;
  button: string;
  children: ComponentChildren;
}

function Choice({ about: { id, submission }, decision, button, children }: ChoiceProps): VNode {
  return (
    <form method="post" action={`/trainings/${encodeURIComponent(id)}/decision`} class="choice">
      <input type="hidden" name="decision" value={decision} />
      <input type="hidden" name="submission" value={submission} />
      {children}
      <button id={`do-${decision}`}>{button}</button>
    </form>
  );
}

const STILL_COSTS: Record<TrainStatus['charge'], string> = {
  none: 'Nothing has been paid for the training so far.',
  charged: 'The training is paid, and may run on at the provider.',
  unknown: 'The training may have been paid, and may run on at the provider.',
};

/** Two steps, so that no slip of a finger does it. */
function Cancel({ id, charge }: { id: string; charge: TrainStatus['charge'] }): VNode {
  return (
    <details>
      <summary id="cancel">Cancel this training</summary>
      <form method="post" action={`/trainings/${encodeURIComponent(id)}/cancel`} class="choice">
        <p>{STILL_COSTS[charge]}</p>
        <button id="do-cancel" class="danger">
          Cancel it
        </button>
      </form>
    </details>
  );
}
