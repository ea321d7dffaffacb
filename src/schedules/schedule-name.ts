import { SCHEDULE_NAME_PATTERN, SCHEDULE_NAME_RULE } from '../contract/schedule';
import { ScheduleInputError } from './schedule-input-error';

/** @throws ScheduleInputError */
export function assertName(name: string): void {
  if (!SCHEDULE_NAME_PATTERN.test(name))
    throw new ScheduleInputError(`"${name}" is no name of a schedule; choose ${SCHEDULE_NAME_RULE}`);
}
