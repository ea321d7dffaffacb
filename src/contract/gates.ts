/**
 * The questions that are asked of each photo that can be decoded, before it is paid for. Each is a reason of a verdict
 * too. Thresholds stand in `src/photos/gates/thresholds.ts`.
 */
export const GATES = [
  'too-small',
  'duplicate',
  'near-duplicate',
  'blurred',
  'too-dark',
  'too-bright',
  'no-face',
  'several-faces',
  'face-too-small',
  'face-cut-off',
] as const;
export type Gate = (typeof GATES)[number];

/** The gates that need somebody who finds faces: light is judged in the face alone. */
export const FACE_GATES = [
  'no-face',
  'several-faces',
  'face-too-small',
  'face-cut-off',
  'too-dark',
  'too-bright',
] as const;

/** Names for several gates at once, where a person sets them. */
export const GATE_GROUPS = ['all', 'faces'] as const;
export type GateGroup = (typeof GATE_GROUPS)[number];

/** What a gate does with a photo that does not pass it. */
export const GATE_LEVELS = ['reject', 'warn', 'off'] as const;
export type GateLevel = (typeof GATE_LEVELS)[number];

export type GatePolicy = Readonly<Record<Gate, GateLevel>>;

/**
 * What holds where neither the configuration nor the request says otherwise. `reject` where the photo is money for
 * nothing or teaches the model a wrong person; `warn` where the measure also hits some good photos.
 */
export const DEFAULT_GATES: GatePolicy = {
  'too-small': 'reject',
  duplicate: 'reject',
  'near-duplicate': 'reject',
  blurred: 'warn',
  'too-dark': 'warn',
  'too-bright': 'warn',
  'no-face': 'reject',
  'several-faces': 'reject',
  'face-too-small': 'warn',
  'face-cut-off': 'warn',
};

/** `whole`: all of the picture on white. `subject`: a square of head and shoulders, where exactly one face is seen. */
export const CROPS = ['whole', 'subject'] as const;
export type Crop = (typeof CROPS)[number];

/** How the photos of one training are looked at: part of its plan, so that a later configuration does not change it. */
export interface PhotoPolicy {
  readonly gates: GatePolicy;
  readonly crop: Crop;
}

/** Settings in the order in which they were given; a later one wins. */
export function gateChanges(
  settings: readonly (readonly [Gate | GateGroup, GateLevel])[],
): Partial<GatePolicy> {
  return Object.fromEntries(
    settings.flatMap(([name, level]) => gatesNamed(name).map((gate) => [gate, level] as const)),
  );
}

function gatesNamed(name: Gate | GateGroup): readonly Gate[] {
  if (name === 'all') return GATES;
  return name === 'faces' ? FACE_GATES : [name];
}

/** Whether anybody has to look for faces. */
export function needsFaces({ gates, crop }: PhotoPolicy): boolean {
  return crop === 'subject' || FACE_GATES.some((gate) => gates[gate] !== 'off');
}

export function withGates(base: GatePolicy, changes: Partial<GatePolicy>): GatePolicy {
  return { ...base, ...changes };
}
