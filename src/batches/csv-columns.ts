/** The columns of a CSV manifest, and what each becomes of a request. A cell that is empty is as if its column were not there. */
type Cell = (text: string) => Record<string, unknown>;

const text =
  (name: string): Cell =>
  (value) => ({ [name]: value });
/** What is no number stays as it is, so that the schema says what is wrong with it. */
const number =
  (name: string): Cell =>
  (value) => ({ [name]: /^-?\d+$/.test(value) ? Number(value) : value });
const list =
  (name: string): Cell =>
  (value) => ({ [name]: value.split(';').map((item) => item.trim()) });
const option =
  (cell: Cell): Cell =>
  (value) => ({ options: cell(value) });

export const CSV_COLUMNS: Readonly<Record<string, Cell>> = {
  subject: text('subject'),
  photos: list('photos'),
  provider: text('provider'),
  customer: text('customer'),
  priority: number('priority'),
  generation: number('generation'),
  max_photos: number('maxPhotos'),
  crop: text('crop'),
  gender: option(text('gender')),
  ethnicity: option(text('ethnicity')),
  age: option(number('age')),
  trigger_word: option(text('triggerWord')),
  model_id: option(text('modelId')),
  body: option(text('body')),
  styles: option(list('styles')),
  customizations: option(list('customizations')),
};

/** Of one record, by column. */
export function fieldsOf(record: Readonly<Record<string, string>>): Record<string, unknown> {
  const fields: Record<string, unknown> & { options: object } = { provider: 'apiframe', options: {} };
  for (const [column, value] of Object.entries(record)) {
    const cell = CSV_COLUMNS[column];
    if (cell === undefined || value === '') continue;
    const { options, ...rest } = cell(value);
    Object.assign(fields, rest);
    Object.assign(fields.options, options);
  }
  return fields;
}
