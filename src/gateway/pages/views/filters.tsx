import type { VNode } from 'preact';
import { PROVIDERS } from '../../../contract/names';
import { ACTIVE_STATES, END_STATES } from '../../../contract/state';
import type { ListQuery } from '../list-query';

/** Which trainings are listed: a form that asks for the page again. */
export function Filters({ query }: { query: ListQuery }): VNode {
  return (
    <form method="get" action="/" class="filters" aria-label="Filter">
      <Choice name="state" label="State" options={[...ACTIVE_STATES, ...END_STATES]} chosen={query.state} />
      <Choice name="provider" label="Provider" options={PROVIDERS} chosen={query.provider} />
      <label>
        Subject
        <input
          name="subject"
          value={query.subject ?? ''}
          maxLength={64}
          pattern="[A-Za-z0-9][A-Za-z0-9._\-]*"
          title="Letters, digits, “.”, “_” and “-”"
        />
      </label>
      <button>Show</button>
    </form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  options: readonly string[];
  chosen: string | undefined;
}

function Choice({ name, label, options, chosen }: ChoiceProps): VNode {
  return (
    <label>
      {label}
      <select name={name}>
        <option value="">any</option>
        {options.map((option) => (
          <option value={option} selected={option === chosen}>
            {option}
          </option>
        ))}
      </select>
    </label>
  );
}
