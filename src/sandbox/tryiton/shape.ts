import type { TryitonShape } from '../../contract/tryiton-shape';

/**
 * The sandbox's own names for what TryItOn does not document. They are ours, and say nothing about the provider: a real
 * account needs the real ones.
 */
export const SANDBOX_TRYITON_SHAPE: TryitonShape = {
  bodyField: 'sandboxBody',
  modelIdField: 'sandboxModel',
  modelsPath: '/sandbox-models',
  modelsIdField: 'sandboxId',
  resultsPath: '/sandbox-results/{modelId}',
  resultsUrlField: 'sandboxUrl',
};
