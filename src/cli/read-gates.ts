import { GATE_GROUPS, GATE_LEVELS, GATES, gateChanges, type GatePolicy } from '../contract/gates';
import { InputError } from './input-error';

/** `--gate blurred=off --gate faces=warn` */
export function gatesFrom(options: readonly string[]): Partial<GatePolicy> {
  return gateChanges(options.map(setting));
}

function setting(option: string) {
  const [left, right, ...rest] = option.split('=');
  const name = [...GATES, ...GATE_GROUPS].find((one) => one === left);
  const level = GATE_LEVELS.find((one) => one === right);
  if (name === undefined || level === undefined || rest.length > 0)
    throw new InputError(
      `--gate expects NAME=LEVEL, NAME one of ${[...GATES, ...GATE_GROUPS].join(', ')}, LEVEL one of ${GATE_LEVELS.join(', ')}, received "${option}"`,
    );
  return [name, level] as const;
}
