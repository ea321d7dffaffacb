/** What the user typed or pointed to is not usable. The message is one sentence with what to do. */
export class InputError extends Error {
  override name = 'InputError' as const;
}
