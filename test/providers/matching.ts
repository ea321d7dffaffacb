/** Jest's matchers for a part of a value, typed as `unknown` instead of `any`. */
export const anyText: unknown = expect.any(String);
export const containing = (text: string): unknown => expect.stringContaining(text);
export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
export const anyNumber: unknown = expect.any(Number);
