import fc from 'fast-check';
import { readManifest, type Manifest } from '../../src/batches/read-manifest';

const HEAD = 'subject,photos,gender,ethnicity';
const csv = (text: string): Manifest => readManifest(Buffer.from(text), 'csv');
const jsonl = (...rows: unknown[]): Manifest =>
  readManifest(Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')), 'jsonl');

describe('a manifest', () => {
  it('as CSV is read by its columns, whatever wrote it', () => {
    const { rows, problems } = csv(
      `\ufeff${HEAD},age,trigger_word,generation\r\ns-1,"people/a, b",female,white,31,,\r\ns-2,one;two,male,asian,,Word,2\r\n\r\n`,
    );
    expect(problems).toEqual([]);
    expect(rows).toMatchObject([
      {
        row: 2,
        photos: ['people/a, b'],
        request: { subject: 's-1', provider: 'apiframe', options: { gender: 'female', age: 31 } },
      },
      { row: 3, photos: ['one', 'two'], request: { generation: 2, options: { triggerWord: 'Word' } } },
    ]);
    expect(rows[0]?.request.options).not.toHaveProperty('triggerWord');
  });

  it('says who a training is for, and how urgent it is', () => {
    const { rows, problems } = csv(
      `${HEAD},customer,priority\ns-1,a,female,white,c-7,1\ns-2,b,male,asian,,6\n`,
    );
    expect(rows).toMatchObject([{ request: { customer: 'c-7', priority: 1 } }]);
    expect(problems).toMatchObject([{ row: 3, message: expect.stringContaining('priority') as string }]);
  });

  it('as JSON Lines is requests, with folders for photos', () => {
    const options = { modelId: 'm-1', body: 'man', styles: ['casual'] };
    const { rows, problems } = jsonl(
      { subject: 's-1', provider: 'tryiton', photos: 'people/1', options },
      { subject: 's-2', provider: 'tryiton', photos: ['s3://b/1.jpg', 's3://b/2.jpg'], options },
    );
    expect(problems).toEqual([]);
    expect(rows.map(({ row, photos }) => [row, photos])).toEqual([
      [1, ['people/1']],
      [2, ['s3://b/1.jpg', 's3://b/2.jpg']],
    ]);
  });

  it('says of each row what is wrong with it, all at once, and keeps the others', () => {
    const { rows, problems } = csv(
      [
        HEAD,
        's-1,a,female,white',
        's-2,,female,white',
        '"=HYPERLINK(""x"")",a,female,white',
        's-4,a,robot,white',
        's-5,a',
        's-1,b,female,white',
        's-7,a,female,white',
      ].join('\n'),
    );
    expect(rows.map(({ request }) => request.subject)).toEqual(['s-1', 's-7']);
    expect(problems.map(({ row }) => row)).toEqual([3, 4, 5, 6, 7]);
    const words = problems.map(({ message }) => message);
    expect(words[0]).toContain('photos: must name a folder');
    expect(words[1]).toContain('subject: must be a pseudonymous id');
    expect(words[2]).toContain('options.gender');
    expect(words[3]).toBe('has 2 cells, and there are 4 columns');
    expect(words[4]).toContain('s-1 is in row 2 already; to train it twice');
  });

  it.each<[string, Buffer | string, string]>([
    [
      'an unknown column',
      'subject,photos,colour\na,b,c',
      'unknown columns: "colour"; there are subject, photos',
    ],
    ['a column twice', 'subject,photos,photos\na,b,c', 'the column "photos" twice'],
    ['semicolons for commas', 'subject;photos;gender\na;b;c', 'separated by semicolons; save it with commas'],
    ['no column of photos', 'subject\na', 'no column "photos"'],
    ['nothing in it', '', 'has no rows'],
    ['a header alone', HEAD, 'has no rows'],
    ['a quote that never ends', `${HEAD}\n"s-1,a,female,white`, 'is not CSV'],
    ['another encoding', Buffer.from([0x73, 0xfc, 0x0a]), 'is not UTF-8'],
    [
      'a row too many',
      `${HEAD}\n${'s-1,a,female,white\n'.repeat(50_001)}`,
      'has 50001 rows, and 50000 are the most',
    ],
  ])('with %s is refused as a whole', (_what, text, words) => {
    expect(() => readManifest(Buffer.from(text), 'csv')).toThrow(words);
  });

  it('of JSON Lines is for APIFRAME where nothing is said, and names all that is wrong with a line', () => {
    const row = { subject: 's-1', photos: 'a', options: { gender: 'female', ethnicity: 'white' } };
    const lines = [row, { ...row, subject: 's-2', colour: 'red' }].map((one) => JSON.stringify(one));
    const { rows, problems } = readManifest(Buffer.from(lines.join('\n')), 'jsonl');
    expect(rows[0]?.request.provider).toBe('apiframe');
    expect(problems[0]?.message).toContain('"colour"');
  });

  it('with a line that is no JSON, or no object, names the line', () => {
    const { problems } = readManifest(Buffer.from('{"a":\n\n[1]\nnull'), 'jsonl');
    expect(problems).toEqual([
      { row: 1, message: 'is not JSON' },
      { row: 3, message: 'must be an object' },
      { row: 4, message: 'must be an object' },
    ]);
  });

  it('whatever is in it, each row is read or named, and none twice', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('s-1', 's-2', 'female', 'white', 'a;b'));
    const csvLine = (cells: string[]) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(',');
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 5 }), { minLength: 1 }), (lines) => {
        // A line without a word is none, and is counted all the same.
        const filled = lines.flatMap((cells, index) =>
          cells.some((one) => one.trim() !== '') ? [index + 2] : [],
        );
        fc.pre(filled.length > 0);
        const { rows, problems } = csv([HEAD, ...lines.map(csvLine)].join('\n'));
        const numbers = [...rows, ...problems].map(({ row }) => row).sort((a, b) => a - b);
        expect(numbers).toEqual(filled);
      }),
    );
  });
});
