import type { Crop } from '../contract/gates';
import type { PhotoRef } from '../contract/photo';
import { MAX_PHOTOS_PER_REQUEST } from '../contract/photo-limits';
import type { TrainRequest } from '../contract/request';
import { trainRequestSchema } from '../contract/request-schema';
import { InputError } from './input-error';
import { gatesFrom } from './read-gates';
import { countOption, durationOption } from './read-option';

/** What the command line says about the training itself. */
export interface RequestOptions {
  provider: TrainRequest['provider'];
  gender?: string;
  ethnicity?: string;
  age?: string;
  triggerWord?: string;
  modelId?: string;
  body?: string;
  style: string[];
  uploadedStyle: string[];
  customization: string[];
  maxPhotos?: string;
  deadline?: string;
  generation?: string;
  customer?: string;
  priority?: string;
  callback?: string;
  gate: string[];
  crop: Crop;
}

/** @throws InputError that names the option that is wrong, missing, or not this provider's */
export function requestFrom(subject: string, photos: PhotoRef[], options: RequestOptions): TrainRequest {
  const { provider, maxPhotos, deadline, generation, customer, priority, callback, gate, crop } = options;
  assertOwnOptions(options);
  const parsed = trainRequestSchema.safeParse({
    subject,
    photos,
    provider,
    options: provider === 'apiframe' ? apiframeOptions(options) : tryitonOptions(options),
    ...(maxPhotos !== undefined && {
      maxPhotos: countOption('--max-photos', maxPhotos, { min: 1, max: MAX_PHOTOS_PER_REQUEST }),
    }),
    ...(gate.length > 0 && { gates: gatesFrom(gate) }),
    ...(crop !== 'whole' && { crop }),
    ...(deadline !== undefined && { deadlineMs: durationOption('--deadline', deadline) }),
    ...(generation !== undefined && {
      generation: countOption('--generation', generation, { min: 1, max: 1_000_000 }),
    }),
    ...(customer !== undefined && { customer }),
    ...(priority !== undefined && { priority: countOption('--priority', priority, { min: 1, max: 5 }) }),
    ...(callback !== undefined && { callback: { url: callback } }),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(`${issue?.path.join('.') ?? 'request'}: ${issue?.message ?? 'is not valid'}`);
}

function apiframeOptions({ gender, ethnicity, age, triggerWord }: RequestOptions) {
  return {
    gender: needed('--gender', gender, 'apiframe'),
    ethnicity: needed('--ethnicity', ethnicity, 'apiframe'),
    ...(age !== undefined && { age: countOption('--age', age, { min: 1, max: 120 }) }),
    ...(triggerWord !== undefined && { triggerWord }),
  };
}

function tryitonOptions({ modelId, body, style, uploadedStyle, customization }: RequestOptions) {
  const styles = [...style, ...uploadedStyle.map(uploaded)];
  if (styles.length === 0)
    throw new InputError('--provider tryiton needs at least one --style NAME or --uploaded-style KEY@TIME');
  return {
    modelId: needed('--model-id', modelId, 'tryiton'),
    body: needed('--body', body, 'tryiton'),
    styles,
    ...(customization.length > 0 && { customizations: customization }),
  };
}

function uploaded(text: string): { key: string; uploadedAt: string } {
  const [, key = '', time = ''] = /^(.+)@([^@]+)$/.exec(text) ?? [];
  const ms = Date.parse(time);
  if (key === '' || Number.isNaN(ms))
    throw new InputError(
      `--uploaded-style expects KEY@TIME, the time when it was uploaded, such as k-1@2026-05-01T12:00:00Z, received "${text}"`,
    );
  return { key, uploadedAt: new Date(ms).toISOString() };
}

function needed(name: string, value: string | undefined, provider: string): string {
  if (value !== undefined) return value;
  throw new InputError(`--provider ${provider} needs ${name}`);
}

const OWN = {
  apiframe: { gender: '--gender', ethnicity: '--ethnicity', age: '--age', triggerWord: '--trigger-word' },
  tryiton: {
    modelId: '--model-id',
    body: '--body',
    style: '--style',
    uploadedStyle: '--uploaded-style',
    customization: '--customization',
  },
} as const;

/** An option that another provider would have used says that the person means something else. */
function assertOwnOptions(options: RequestOptions): void {
  const other = options.provider === 'apiframe' ? 'tryiton' : 'apiframe';
  for (const [field, name] of Object.entries(OWN[other])) {
    const value = options[field as keyof RequestOptions];
    if (value !== undefined && value.length > 0)
      throw new InputError(`${name} is for --provider ${other}, and this is for ${options.provider}`);
  }
}
