/** Temporal's types, spelled as its CLI spells them, with the number each has in the API (`IndexedValueType`). */
export const SEARCH_ATTRIBUTE_TYPES = {
  Text: 1,
  Keyword: 2,
  Int: 3,
  Double: 4,
  Bool: 5,
  Datetime: 6,
  KeywordList: 7,
} as const;

export type SearchAttributeType = keyof typeof SEARCH_ATTRIBUTE_TYPES;

/** Search attributes by name, such as `{ DarkroomState: 'Keyword' }`. */
export type SearchAttributes = Readonly<Record<string, SearchAttributeType>>;
