import { GATE_GROUPS, GATE_LEVELS, GATES, gateChanges, type GatePolicy } from '../contract/gates';
import type { EnvReader } from './env-reader';

/** `DARKROOM_GATES=faces=off,blurred=reject`: what is not named stays as it is by default. */
export function readGates(env: EnvReader): Partial<GatePolicy> {
  const names = [...GATES, ...GATE_GROUPS];
  return gateChanges(env.assignments('DARKROOM_GATES', names, GATE_LEVELS) ?? []);
}
