/** The words that the rendered body of https://api.tryitonai.com/api-reference/model/post-train-model shows. */
export const TRYITON_BODIES = ['man', 'woman'] as const;
