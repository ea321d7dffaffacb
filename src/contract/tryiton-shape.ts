/**
 * What TryItOn's pages do not say, so configuration has to: they show no production address, no name for some fields,
 * and neither path nor shape of "get models" and "get results". No default is invented; `darkroom doctor` lists what is
 * missing. https://api.tryitonai.com/api-reference/model/post-train-model
 */
export interface TryitonShape {
  /** Field of `POST /train-model` that takes `man` or `woman`. */
  readonly bodyField: string;
  /** Field of `POST /train-model` that takes the id of the bought model. */
  readonly modelIdField: string;
  /** Path of "get models", below the base URL. */
  readonly modelsPath: string;
  /** Field of a listed model that holds its id; `is_used` and `is_trained` beside it are documented. */
  readonly modelsIdField: string;
  /** Path of "get results", with `{modelId}` in it. */
  readonly resultsPath: string;
  /** Field of the results, or of each result, that holds the URL of an image. */
  readonly resultsUrlField: string;
}
