import type { z } from 'zod';
import { requestTo, type RequestTo, type TrainRequest } from '../../contract/request';
import type { TryitonShape } from '../../contract/tryiton-shape';
import { ProviderUnavailableError } from '../errors';
import { send } from '../http';
import type { Glimpse, LookUpVerdict, Provider, TrainingVerdict } from '../port';
import { GLANCE_TIMEOUT_MS, READ_TIMEOUT_MS } from '../patience';
import { readAnswer } from '../read-answer';
import { submissionOutcome } from '../submission-outcome';
import { TRYITON_FACTS } from './facts';
import { expiredStyle, styleExpiresAtMs } from './styles';
import { READER, modelsIn, resultUrlsIn, trainBody, type Model } from './wire';
import { anyJson, imageUrlSchema } from './schemas';

export interface TryitonAccess {
  baseUrl: string;
  apiKey: string;
  shape: TryitonShape;
  /** How long the paid call may take. */
  submitTimeoutMs: number;
}

const TITLE = TRYITON_FACTS.title;

const UPLOAD_TIMEOUT_MS = 60_000;
/** https://api.tryitonai.com/api-reference/image/put-upload-image */
const UPLOADED_FOR_MS = 24 * 3_600_000;

/** TryItOn's API. A model is bought first, trained once, and makes its images by itself. */
export function tryiton({ baseUrl, apiKey, shape, submitTimeoutMs }: TryitonAccess): Provider {
  const call = (
    method: 'GET' | 'PUT' | 'POST',
    path: string,
    body: unknown,
    {
      timeoutMs,
      signal,
      onWritten,
    }: { timeoutMs: number; signal: AbortSignal | null; onWritten?: () => void },
  ) =>
    send({
      method,
      url: baseUrl.replace(/\/+$/, '') + path,
      headers: { 'x-tryiton-key': apiKey },
      body,
      secret: apiKey,
      timeoutMs,
      signal,
      ...(onWritten && { onWritten }),
    });
  const models = async (signal: AbortSignal, timeoutMs = READ_TIMEOUT_MS): Promise<Model[]> => {
    const answer = await call('GET', shape.modelsPath, null, { timeoutMs, signal });
    const found = modelsIn(read(anyJson, answer), shape);
    if (found !== null) return found;
    throw new ProviderUnavailableError(TITLE, NOT_A_LIST);
  };
  const model = async (id: string, signal: AbortSignal): Promise<Model | null> =>
    (await models(signal)).find((one) => one.id === id) ?? null;

  async function results(modelId: string, signal: AbortSignal): Promise<string[]> {
    const path = shape.resultsPath.replaceAll('{modelId}', encodeURIComponent(modelId));
    const answer = await call('GET', path, null, { timeoutMs: READ_TIMEOUT_MS, signal });
    if (answer.kind === 'answer' && answer.status === 404) return [];
    return resultUrlsIn(read(anyJson, answer), shape);
  }

  return {
    name: 'tryiton',
    title: TITLE,
    facts: TRYITON_FACTS,
    resource: (request) => `model/${mine(request).options.modelId}`,
    async admit(request, signal) {
      const { modelId } = mine(request).options;
      const expired = expiredStyle(mine(request), Date.now());
      if (expired !== null) return { code: 'StyleExpired', words: expired };
      const found = await model(modelId, signal);
      if (found === null) return { code: 'ProviderRefused', words: `the model ${modelId} ${NOT_BOUGHT}` };
      if (found.isUsed || found.isTrained)
        return { code: 'ModelTaken', words: `the model ${modelId} ${USED}` };
      return null;
    },
    async upload(images, request, signal) {
      const urls: string[] = [];
      // One after the other: their rate limits are not documented, and a picture takes a moment.
      for (const image of images) {
        const body = { base64: image.toString('base64'), type: 'jpg' };
        const answer = await call('PUT', '/upload-image', body, { timeoutMs: UPLOAD_TIMEOUT_MS, signal });
        urls.push(read(imageUrlSchema, answer).imageUrl);
      }
      const expiresAtMs = Math.min(Date.now() + UPLOADED_FOR_MS, styleExpiresAtMs(mine(request)) ?? Infinity);
      return { uploadId: JSON.stringify(urls), ready: { expiresAtMs } };
    },
    // Ready when it is uploaded, so nobody asks.
    checkUpload: () => Promise.resolve({ verdict: 'ready', expiresAtMs: null }),
    async submit({ uploadId, request, onWritten }) {
      const body = trainBody(mine(request), JSON.parse(uploadId) as string[], shape);
      const answer = await call('POST', '/train-model', body, {
        timeoutMs: submitTimeoutMs,
        signal: null,
        ...(onWritten && { onWritten }),
      });
      return submissionOutcome(answer, {
        ...READER,
        // The response is "of type object", and names no training: the model is the training.
        acceptedId: (json) => (isObject(json) ? mine(request).options.modelId : null),
      });
    },
    async lookUp({ request }, signal): Promise<LookUpVerdict> {
      const { modelId } = mine(request).options;
      const found = await model(modelId, signal);
      if (found?.isUsed === true || found?.isTrained === true)
        return { verdict: 'started', trainingId: modelId, words: `the model ${modelId} is used` };
      if (found !== null) return { verdict: 'not-seen', words: `the model ${modelId} is not used` };
      // A model is deleted once its images exist.
      if ((await results(modelId, signal)).length > 0)
        return { verdict: 'started', trainingId: modelId, words: `the model ${modelId} has results` };
      return { verdict: 'no-proof', words: `the model ${modelId} is gone, and has no results` };
    },
    async check(modelId, signal): Promise<TrainingVerdict> {
      const found = await model(modelId, signal);
      const hasResults = (found === null || found.isTrained) && (await results(modelId, signal)).length > 0;
      if (hasResults) return { verdict: 'succeeded', triggerWord: null };
      if (found === null)
        return { verdict: 'gone', words: `the model ${modelId} is gone, and has no results yet` };
      // An unused one would be waited for until the deadline, and nobody would know why.
      if (!found.isUsed && !found.isTrained)
        return { verdict: 'running', percent: null, word: 'not used yet' };
      return { verdict: 'running', percent: null, word: found.isTrained ? 'trained' : 'used' };
    },
    // One list shows every model.
    glanceSize: 10_000,
    async glance(modelIds, signal) {
      const known = new Map((await models(signal, GLANCE_TIMEOUT_MS)).map((one) => [one.id, one]));
      return new Map(modelIds.map((id) => [id, glimpseOf(known.get(id))]));
    },
    results,
    balance: () => Promise.resolve(null),
    async probe(signal) {
      const all = await models(signal);
      return {
        words: `${all.length} models, ${all.filter(({ isUsed, isTrained }) => !isUsed && !isTrained).length} unused`,
      };
    },
  };
}

/** A model is deleted once its images exist, so one that is gone has ended, or is worth a look anyway. */
function glimpseOf(model: Model | undefined): Glimpse {
  if (model === undefined || model.isTrained) return { glimpse: 'ended' };
  return { glimpse: 'running', percent: null, word: model.isUsed ? 'used' : 'not used yet' };
}

const NOT_A_LIST =
  'the list of models cannot be read; check TRYITON_MODELS_PATH and TRYITON_MODELS_ID_FIELD (is_used and is_trained are expected beside the id)';
const NOT_BOUGHT = 'is not among the bought ones; buy it first, or take the id of one that is';
const USED = 'is used already, and a model trains once; buy another one';

function mine(request: TrainRequest): RequestTo<'tryiton'> {
  return requestTo('tryiton', request);
}

function read<T>(schema: z.ZodType<T>, answer: Awaited<ReturnType<typeof send>>): T {
  return readAnswer(schema, answer, { ...READER, title: TITLE });
}

function isObject(json: unknown): boolean {
  return typeof json === 'object' && json !== null;
}
