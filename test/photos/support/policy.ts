import { DEFAULT_GATES, type GatePolicy, type PhotoPolicy } from '../../../src/contract/gates';

/** All of the picture is sent. */
export function uncropped(gates: GatePolicy = DEFAULT_GATES): PhotoPolicy {
  return { gates, crop: 'whole' };
}
