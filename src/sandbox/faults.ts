import { z } from 'zod';

export const FAULT_ENDPOINTS = ['upload', 'train', 'fetch', 'account'] as const;
export type FaultEndpoint = (typeof FAULT_ENDPOINTS)[number];

export const FAULT_KINDS = [
  /** 400 with a reason; nothing recorded. */
  'refuse',
  /** 401 with an empty object; nothing recorded. */
  'unauthorized',
  /** 429 with `Retry-After: 1`; nothing recorded. */
  'busy',
  /** 500 with an empty object; nothing recorded. */
  'error-before',
  /** Recorded and charged, then 500. */
  'error-after',
  /** The connection is reset; nothing recorded. */
  'reset-before',
  /** Recorded and charged, then the connection is reset without an answer. */
  'reset-after',
  /** Recorded and charged, then no answer ever. */
  'hang-after',
  /** Recorded and charged, then a 200 that is not JSON. */
  'garbage-after',
  /** Recorded and charged, then answered as usual, 2 s late. */
  'slow',
  /** `upload` and `train` only: accepted, and fails half way. */
  'fail-later',
  /** `fetch` only: a status word that is documented nowhere. */
  'odd-word',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Kinds that mean something at these endpoints only. Elsewhere they would change nothing, and a test prove nothing. */
const ONLY_AT: Partial<Record<FaultKind, readonly FaultEndpoint[]>> = {
  'fail-later': ['upload', 'train'],
  'odd-word': ['fetch'],
};

export const faultSchema = z
  .strictObject({
    endpoint: z.enum(FAULT_ENDPOINTS),
    kind: z.enum(FAULT_KINDS),
    /** How many calls of the endpoint it hits, beginning with the next. */
    times: z.int().min(1).default(1),
  })
  .refine(({ endpoint, kind }) => ONLY_AT[kind]?.includes(endpoint) ?? true, {
    path: ['kind'],
    error: 'means nothing at this endpoint',
  });
export type Fault = z.infer<typeof faultSchema>;

/** `train:reset-after` or `fetch:error-before:5`, as the command line says it. Null if it is not a fault. */
export function parseFault(text: string): Fault | null {
  const [endpoint, kind, times = '1', ...rest] = text.split(':');
  const fault = faultSchema.safeParse({ endpoint, kind, times: Number(times) });
  return fault.success && rest.length === 0 ? fault.data : null;
}

/** The scripted faults that are still to come, oldest first. */
export class FaultScript {
  #faults: Fault[];

  constructor(faults: readonly Fault[]) {
    this.#faults = [...faults];
  }

  add(fault: Fault): void {
    this.#faults.push(fault);
  }

  /** The fault for this call of the endpoint, used up by it; null if it shall go well. */
  next(endpoint: FaultEndpoint): FaultKind | null {
    const fault = this.#faults.find((one) => one.endpoint === endpoint);
    if (fault === undefined) return null;
    this.#faults = this.#faults.flatMap((one) => {
      if (one !== fault) return [one];
      return one.times > 1 ? [{ ...one, times: one.times - 1 }] : [];
    });
    return fault.kind;
  }
}
