import { z } from 'zod';
import type { RequestTo } from '../../contract/request';
import type { TryitonShape } from '../../contract/tryiton-shape';
import type { AnswerReader } from '../submission-outcome';
import { cut } from '../words';

/** A bought model. `is_used` and `is_trained` are documented, the field of its id is configured. */
export interface Model {
  id: string;
  isUsed: boolean;
  isTrained: boolean;
}

const modelSchema = z.looseObject({ is_used: z.boolean(), is_trained: z.boolean() });
const wordsSchema = z.union([
  z.object({ message: z.string().min(1) }).transform(({ message }) => message),
  z.object({ error: z.string().min(1) }).transform(({ error }) => error),
]);

/** Error codes and bodies are not documented, so words are taken where they usually are. */
export const READER: Pick<AnswerReader, 'wordsOf' | 'keyRejected'> = {
  keyRejected: [401, 403],
  wordsOf(status, json) {
    const words = wordsSchema.safeParse(json);
    return words.success ? cut(words.data) : `HTTP ${status} without a reason`;
  },
};

/** `POST /train-model`, https://api.tryitonai.com/api-reference/model/post-train-model */
export function trainBody(
  { options }: RequestTo<'tryiton'>,
  imageUrls: readonly string[],
  { bodyField, modelIdField }: TryitonShape,
): Record<string, unknown> {
  const { body, modelId, styles, customizations = [] } = options;
  return {
    // Another page shows a model id as a number, so one that looks like a number is sent as one.
    [modelIdField]: /^(0|[1-9]\d{0,14})$/.test(modelId) ? Number(modelId) : modelId,
    [bodyField]: body,
    styles: styles.map((style) => (typeof style === 'string' ? style : style.key)),
    customizations: customizations.join(', '),
    imageUrls,
  };
}

/**
 * The shape around the list is not documented: it is the list itself, or the only list in an object. Null where it cannot
 * be read: a model that is merely not understood must not seem to be gone.
 */
export function modelsIn(json: unknown, { modelsIdField }: TryitonShape): Model[] | null {
  const models = listIn(json)?.map((item) => {
    const model = modelSchema.safeParse(item);
    const id = model.data?.[modelsIdField];
    if (!model.success || (typeof id !== 'string' && typeof id !== 'number')) return null;
    return { id: String(id), isUsed: model.data.is_used, isTrained: model.data.is_trained };
  });
  return models?.every((model) => model !== null) === true ? models : null;
}

/** URLs under the configured field: of each result, or a list of them in the answer itself. */
export function resultUrlsIn(json: unknown, { resultsUrlField }: TryitonShape): string[] {
  const own = fieldOf(json, resultsUrlField);
  const found =
    own === undefined ? listIn(json)?.map((item) => fieldOf(item, resultsUrlField)) : [own].flat();
  return (found ?? []).filter((url) => typeof url === 'string').filter((url) => /^https?:\/\//.test(url));
}

function listIn(json: unknown): unknown[] | null {
  if (Array.isArray(json)) return json as unknown[];
  if (typeof json !== 'object' || json === null) return null;
  const lists = Object.values(json as Record<string, unknown>).filter((value): value is unknown[] =>
    Array.isArray(value),
  );
  return lists.length === 1 ? (lists[0] ?? null) : null;
}

function fieldOf(json: unknown, field: string): unknown {
  return typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[field] : undefined;
}
