import { z } from 'zod';
import { APIFRAME_ETHNICITIES, APIFRAME_GENDERS } from './apiframe-words';
import { CROPS, GATES, GATE_LEVELS, type Gate } from './gates';
import { PROVIDER_ID_PATTERN } from './id-pattern';
import { MAX_PHOTOS_PER_REQUEST } from './photo-limits';
import { TRYITON_BODIES } from './tryiton-words';

/** What APIFRAME's v1 API asks about the person. */
const apiframeOptionsSchema = z.strictObject({
  gender: z.enum(APIFRAME_GENDERS),
  ethnicity: z.enum(APIFRAME_ETHNICITIES),
  age: z.int().min(1).max(120).optional(),
  triggerWord: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/, 'must be 1 to 40 letters, digits, "_" or "-"')
    .optional(),
});

const styleSchema = z.union([
  z.string().min(1).max(100),
  /** A style that was uploaded: its key is good for 24 h. */
  z.strictObject({ key: z.string().min(1).max(200), uploadedAt: z.iso.datetime({ offset: true }) }),
]);

/** What TryItOn's `POST /train-model` asks. The model is bought beforehand, and trains once. */
const tryitonOptionsSchema = z.strictObject({
  modelId: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/, 'must be the id of a bought model'),
  body: z.enum(TRYITON_BODIES),
  styles: z.array(styleSchema).min(1).max(100),
  /** Defining features, such as "thick beard". They are joined by ", ", so none holds a comma. */
  customizations: z
    .array(
      z.string().regex(/^[^,\x00-\x1f\x7f-\x9f]{1,100}$/u, 'must be 1 to 100 characters without a comma'),
    )
    .max(50)
    .optional(),
});

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Pseudonymous: stands in ids and search attributes, which Temporal never encrypts. No `@`, no blank, no slash. */
const pseudonymSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'must be a pseudonymous id of 1 to 64 letters, digits, ".", "_" or "-"',
  );
export const subjectSchema = pseudonymSchema;
export const customerSchema = pseudonymSchema;

/** A link that opens itself (a signature behind its "?") has some 1,500 characters. */
const MAX_REF_LENGTH = 2048;
const FILE = 'file:[^\\x00]+';
const S3 = 's3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[^\\x00-\\x1f\\x7f]+';
/** No credentials, no fragment; what is not ASCII has to be percent-encoded, as everywhere in HTTP. */
const HTTPS = 'https://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[\\x21\\x22\\x24-\\x7e]*';

/** Whether a worker will call there is its own settings' business. */
const callbackUrlSchema = z
  .string()
  .max(2048)
  .regex(
    /^https?:\/\/[A-Za-z0-9._-]+(:[0-9]{1,5})?(\/[\x21\x22\x24-\x7e]*)?$/,
    'must be an https URL, or an http one that the worker allows, without credentials and without "#"',
  );

const photoRefSchema = z
  .string()
  .max(MAX_REF_LENGTH)
  .regex(
    new RegExp(`^(${FILE}|${S3}|${HTTPS})$`),
    'must be a reference such as "file:s-1017/1.jpg" below the photos folder of the worker, "s3://bucket/s-1017/1.jpg" or "https://host/1.jpg"',
  );

const level = z.enum(GATE_LEVELS).exactOptional();

const gatesSchema = z.strictObject(
  Object.fromEntries(GATES.map((gate) => [gate, level])) as Record<Gate, typeof level>,
);

/** What every provider is asked alike. */
const common = {
  subject: subjectSchema,
  photos: z.array(photoRefSchema).min(1).max(MAX_PHOTOS_PER_REQUEST),
  /** If more photos than this are good, the first ones in the order of `photos` are used. */
  maxPhotos: z.int().min(1).max(MAX_PHOTOS_PER_REQUEST).optional(),
  /** How long the whole training may take, from its start, in milliseconds. */
  deadlineMs: z
    .int()
    .min(1000)
    .max(14 * DAY_MS)
    .optional(),
  /** Where a gate shall do something else than the worker's configuration says. */
  gates: gatesSchema.optional(),
  /** `subject`: a square of head and shoulders instead of the whole picture on white. */
  crop: z.enum(CROPS).optional(),
  /** 2 or more: train the same photos again on purpose, and pay again. */
  generation: z.int().min(1).max(1_000_000).optional(),
  /** Who it is for, as limits and the ledger of an account know them. A pseudonym, as `subject`. */
  customer: customerSchema.optional(),
  /** Where an account has a queue: 1 goes first, 5 last, 3 where nothing is said. */
  priority: z.int().min(1).max(5).optional(),
  /** Is told, by a signed POST, that the training has ended, or that a person has to decide. */
  callback: z.strictObject({ url: callbackUrlSchema }).optional(),
  /** A training that the provider has started already: it is waited for, and nothing is submitted. */
  adopt: z.string().regex(PROVIDER_ID_PATTERN, 'must be the id of a training at the provider').optional(),
};

/** The one JSON object that starts a training, from any language. */
export const trainRequestSchema = z.discriminatedUnion('provider', [
  z.strictObject({ ...common, provider: z.literal('apiframe'), options: apiframeOptionsSchema }),
  z.strictObject({ ...common, provider: z.literal('tryiton'), options: tryitonOptionsSchema }),
]);
