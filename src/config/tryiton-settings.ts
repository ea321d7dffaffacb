import type { TryitonShape } from '../contract/tryiton-shape';
import type { EnvReader } from './env-reader';

/** Null wherever the environment does not say: nothing of it is documented, so nothing has a default. */
export interface TryitonConfig {
  readonly baseUrl: string | null;
  readonly apiKey: string | null;
  readonly account: string;
  readonly shape: { readonly [Field in keyof TryitonShape]: string | null };
}

const SHAPE_VARIABLES = {
  bodyField: 'TRYITON_BODY_FIELD',
  modelIdField: 'TRYITON_MODEL_ID_FIELD',
  modelsPath: 'TRYITON_MODELS_PATH',
  modelsIdField: 'TRYITON_MODELS_ID_FIELD',
  resultsPath: 'TRYITON_RESULTS_PATH',
  resultsUrlField: 'TRYITON_RESULTS_URL_FIELD',
} as const satisfies Record<keyof TryitonShape, string>;

export function readTryiton(env: EnvReader): TryitonConfig {
  const { modelsPath, resultsPath, ...fields } = SHAPE_VARIABLES;
  return {
    baseUrl: env.url('TRYITON_BASE_URL'),
    apiKey: env.secret('TRYITON_API_KEY'),
    account: env.text('TRYITON_ACCOUNT') ?? 'default',
    shape: {
      bodyField: env.text(fields.bodyField),
      modelIdField: env.text(fields.modelIdField),
      modelsIdField: env.text(fields.modelsIdField),
      resultsUrlField: env.text(fields.resultsUrlField),
      modelsPath: env.path(modelsPath, null),
      resultsPath: env.path(resultsPath, '{modelId}'),
    },
  };
}

/** The variables that are not set, of those that TryItOn cannot be used without. */
export function missingForTryiton({ baseUrl, apiKey, shape }: TryitonConfig): string[] {
  const given: Record<string, string | null> = {
    TRYITON_BASE_URL: baseUrl,
    TRYITON_API_KEY: apiKey,
    ...Object.fromEntries(
      Object.entries(SHAPE_VARIABLES).map(([field, name]) => [name, shape[field as keyof TryitonShape]]),
    ),
  };
  return Object.keys(given).filter((name) => given[name] === null);
}

/** The shape, where all of it is given. */
export function shapeOf({ shape }: TryitonConfig): TryitonShape | null {
  const { bodyField, modelIdField, modelsPath, modelsIdField, resultsPath, resultsUrlField } = shape;
  if (bodyField === null || modelIdField === null || modelsPath === null) return null;
  if (modelsIdField === null || resultsPath === null || resultsUrlField === null) return null;
  return { bodyField, modelIdField, modelsPath, modelsIdField, resultsPath, resultsUrlField };
}

/** The environment that says a shape, for processes that are led to the sandbox. */
export function shapeVariables(shape: TryitonShape): Record<string, string> {
  return Object.fromEntries(
    Object.entries(SHAPE_VARIABLES).map(([field, name]) => [name, shape[field as keyof TryitonShape]]),
  );
}
