/** Of a training's id, which is its idempotency key: ids stand in URLs and shell commands. */
export const ID_PATTERN = /^(?!darkroom-)[A-Za-z0-9][A-Za-z0-9._:-]{0,199}$/;
export const ID_RULE =
  '1 to 200 letters, digits, ".", "_", ":" or "-", without a slash; ids that begin with "darkroom-" are for Darkroom itself';

/** Of a training at a provider: whatever is printable, without a blank. */
export const PROVIDER_ID_PATTERN = /^[\x21-\x7e]{1,200}$/;
