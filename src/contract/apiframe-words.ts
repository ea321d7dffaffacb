export const APIFRAME_GENDERS = ['female', 'male'] as const;

/** The closed list of https://docs.apiframe.ai/ai-photos/upload-and-prepare. */
export const APIFRAME_ETHNICITIES = [
  'asian',
  'black',
  'latino',
  'middle eastern',
  'native american',
  'pacific islander',
  'white',
] as const;
