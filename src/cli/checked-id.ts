import { ID_PATTERN, ID_RULE } from '../contract/id-pattern';
import { InputError } from './input-error';

/** What `--id` names; null where nothing is named. */
export function checkedId(id: string | undefined): string | null {
  if (id === undefined) return null;
  if (ID_PATTERN.test(id)) return id;
  throw new InputError(`--id expects ${ID_RULE}`);
}
