import { z } from 'zod';
import { FAULT_ENDPOINTS, FAULT_KINDS, ONLY_AT, type FaultKind } from './fault-words';

export type { FaultEndpoint, FaultKind } from './fault-words';

const KINDS = Object.keys(FAULT_KINDS) as [FaultKind, ...FaultKind[]];

/** Parameters that mean something for these kinds only. */
const ONLY_FOR = {
  status: ['error-before', 'error-after'],
  retryAfterS: ['busy'],
  delayMs: ['slow', 'late'],
  forMs: ['silence'],
} as const satisfies Record<string, readonly FaultKind[]>;

export const faultSchema = z
  .strictObject({
    endpoint: z.enum(FAULT_ENDPOINTS),
    kind: z.enum(KINDS),
    /** How many calls of the endpoint it hits. */
    times: z.int().min(1).default(1),
    /** The first call that it hits, counted from when it was scripted: 1 is the next one. */
    nth: z.int().min(1).default(1),
    status: z.int().min(400).max(599).optional(),
    /** Seconds; null sends no `Retry-After`. */
    retryAfterS: z.int().min(0).nullable().optional(),
    delayMs: z.int().min(0).optional(),
    forMs: z.int().min(1).optional(),
  })
  .refine(({ endpoint, kind }) => ONLY_AT[kind]?.includes(endpoint) ?? endpoint !== 'webhook', {
    path: ['kind'],
    error: 'means nothing at this endpoint',
  })
  .superRefine((fault, context) => {
    for (const [name, kinds] of Object.entries(ONLY_FOR)) {
      if (fault[name as keyof typeof ONLY_FOR] === undefined) continue;
      if ((kinds as readonly FaultKind[]).includes(fault.kind)) continue;
      context.addIssue({ code: 'custom', path: [name], message: `means nothing for ${fault.kind}` });
    }
  });
export type Fault = z.infer<typeof faultSchema>;
/** As a test or a file writes it, with the defaults left out. */
export type GivenFault = z.input<typeof faultSchema>;

/**
 * `train:reset-after`, `fetch:error-before:5` or `train:error-after:status=503,nth=2`, as the command line says it. Null
 * if it is not a fault.
 */
export function parseFault(text: string): Fault | null {
  const [endpoint, kind, more = '', ...rest] = text.split(':');
  const parameters = parametersIn(more);
  if (parameters === null || rest.length > 0 || text.endsWith(':')) return null;
  const fault = faultSchema.safeParse({ endpoint, kind, ...parameters });
  return fault.success ? fault.data : null;
}

function parametersIn(text: string): Record<string, unknown> | null {
  if (text === '') return {};
  if (!text.includes('=')) return { times: Number(text) };
  const entries = text.split(',').map((one) => one.split('='));
  if (entries.some((entry) => entry.length !== 2)) return null;
  return Object.fromEntries(
    entries.map(([name, value]) => [name ?? '', value === 'none' ? null : Number(value)]),
  );
}
