/**
 * Named instants at which a test lets this process fail. Nothing in the product arms one, so each is a lookup in an
 * empty map. `docs/operations.md` has no switch for them on purpose: a worker that can be told to die will be told.
 */
export const FAULT_POINTS = [
  'before-record',
  'after-claim',
  'after-record',
  'after-request-written',
  'after-response-before-record',
  'after-record-before-return',
  'before-void',
  'after-settlement-before-return',
  'after-upload-before-return',
] as const;
export type FaultPoint = (typeof FAULT_POINTS)[number];

/** Called with the name of the point. It may throw, end the process, or block the thread, as a frozen process does. */
export type Fault = (point: FaultPoint) => void;

const armed = new Map<FaultPoint, Fault>();

export function faultPoint(point: FaultPoint): void {
  armed.get(point)?.(point);
}

/** For tests: `point` fails the next time it is passed, and once only. */
export function armFaultPoint(point: FaultPoint, fault: Fault): void {
  armed.set(point, (name) => {
    armed.delete(point);
    fault(name);
  });
}
