import { prettifyError } from 'zod';
import { trainRequestSchema } from '../../src/contract';

const GOOD = {
  subject: 's-1017',
  provider: 'apiframe',
  photos: ['file:s-1017/1.jpg'],
  options: { gender: 'female', ethnicity: 'middle eastern' },
};
const ELSEWHERE = [
  's3://bucket/1.jpg',
  's3://my.bucket-2/s-1017/a b/ü.jpg',
  'https://cdn.example.com/1.jpg',
  'https://cdn.example.com:8443/a%20b/1.jpg?X-Amz-Signature=0a&x=%2F@',
  'https://a.b/',
];
const without = (field: keyof typeof GOOD) => ({ ...GOOD, [field]: undefined });
const options = (changes: object) => ({ ...GOOD, options: { ...GOOD.options, ...changes } });
const photos = (count: number) => Array.from({ length: count }, (_, index) => `file:${String(index)}.jpg`);

function problem(request: unknown): string {
  const { error } = trainRequestSchema.safeParse(request);
  return error === undefined ? 'none' : prettifyError(error);
}

describe('a training request', () => {
  it.each<[string, object]>([
    ['the least', GOOD],
    ['one photo', { ...GOOD, photos: photos(1) }],
    ['100 photos', { ...GOOD, photos: photos(100) }],
    ['everything', { ...options({ age: 42, triggerWord: 'Zoe_1-a' }), maxPhotos: 20, deadlineMs: 3_600_000 }],
    ['the shortest deadline', { ...GOOD, deadlineMs: 1000 }],
    ['the longest deadline', { ...GOOD, deadlineMs: 14 * 86_400_000 }],
    ['photos from everywhere', { ...GOOD, photos: ['file:1.jpg', ...ELSEWHERE] }],
    ['the longest link', { ...GOOD, photos: [`https://a.b/${'a'.repeat(2048 - 12)}`] }],
    ['a subject of one character', { ...GOOD, subject: '7' }],
    ['a subject of 64 characters', { ...GOOD, subject: 'a'.repeat(64) }],
  ])('may have %s, and is taken as it is', (_what, request) => {
    expect(trainRequestSchema.parse(request)).toEqual(request);
  });

  it.each<[string, unknown, string]>([
    ['no photos', without('photos'), '→ at photos'],
    ['0 photos', { ...GOOD, photos: [] }, '→ at photos'],
    ['101 photos', { ...GOOD, photos: photos(101) }, '→ at photos'],
    ['photos that are no list', { ...GOOD, photos: 'file:1.jpg' }, '→ at photos'],
    ['an http: photo', { ...GOOD, photos: ['file:1.jpg', 'http://a.b/c'] }, '→ at photos[1]'],
    ['a link with credentials', { ...GOOD, photos: ['https://user:word@a.b/c'] }, '→ at photos[0]'],
    ['a link with a user', { ...GOOD, photos: ['https://user@a.b/c'] }, '→ at photos[0]'],
    ['a link with a fragment', { ...GOOD, photos: ['https://a.b/c#d'] }, '→ at photos[0]'],
    ['a link with a blank', { ...GOOD, photos: ['https://a.b/c d'] }, '→ at photos[0]'],
    ['a link without a path', { ...GOOD, photos: ['https://a.b'] }, '→ at photos[0]'],
    ['a link to an address of IPv6', { ...GOOD, photos: ['https://[::1]/c'] }, '→ at photos[0]'],
    ['a bucket without a key', { ...GOOD, photos: ['s3://bucket/'] }, '→ at photos[0]'],
    ['a bucket that is none', { ...GOOD, photos: ['s3://Bucket/1.jpg'] }, '→ at photos[0]'],
    ['a key with a line break', { ...GOOD, photos: ['s3://bucket/1\n.jpg'] }, '→ at photos[0]'],
    ['a photo of another scheme', { ...GOOD, photos: ['data:image/png,x'] }, '→ at photos[0]'],
    ['a scheme within a link', { ...GOOD, photos: ['xfile:1.jpg'] }, '→ at photos[0]'],
    ['a photo without a path', { ...GOOD, photos: ['file:'] }, '→ at photos[0]'],
    ['a photo with a NUL', { ...GOOD, photos: ['file:a\0b'] }, '→ at photos[0]'],
    ['a photo that is bytes', { ...GOOD, photos: [{ data: 'aGk=' }] }, '→ at photos[0]'],
    ['a reference that is long', { ...GOOD, photos: [`file:${'a'.repeat(2044)}`] }, '→ at photos[0]'],
    ['no subject', without('subject'), '→ at subject'],
    ['an empty subject', { ...GOOD, subject: '' }, '→ at subject'],
    ['an address as subject', { ...GOOD, subject: 'zoe@example.com' }, '→ at subject'],
    ['a name as subject', { ...GOOD, subject: 'Zoe Smith' }, '→ at subject'],
    ['a slash in the subject', { ...GOOD, subject: 'a/b' }, '→ at subject'],
    ['a subject that begins with a dot', { ...GOOD, subject: '.a' }, '→ at subject'],
    ['a subject that ends in a line break', { ...GOOD, subject: 's-1\n' }, '→ at subject'],
    ['a subject of 65 characters', { ...GOOD, subject: 'a'.repeat(65) }, '→ at subject'],
    ['a number as subject', { ...GOOD, subject: 17 }, '→ at subject'],
    ['no provider', without('provider'), '→ at provider'],
    ['an unknown provider', { ...GOOD, provider: 'nobody' }, '→ at provider'],
    ['an extra field', { ...GOOD, webhook: 'x' }, '"webhook"'],
    ['a misspelled field', { ...GOOD, deadline: '6h' }, '"deadline"'],
    ['no options', without('options'), '→ at options'],
    ['an extra option', options({ steps: 500 }), '"steps"'],
    ['a wrong gender', options({ gender: 'woman' }), '→ at options.gender'],
    ['no gender', options({ gender: undefined }), '→ at options.gender'],
    ['a wrong ethnicity', options({ ethnicity: 'White' }), '→ at options.ethnicity'],
    ['an age as text', options({ age: '42' }), '→ at options.age'],
    ['the age 0', options({ age: 0 }), '→ at options.age'],
    ['the age 121', options({ age: 121 }), '→ at options.age'],
    ['a fractional age', options({ age: 41.5 }), '→ at options.age'],
    ['an empty trigger word', options({ triggerWord: '' }), '→ at options.triggerWord'],
    ['a trigger word with a blank', options({ triggerWord: 'a b' }), '→ at options.triggerWord'],
    ['a trigger word of 41 letters', options({ triggerWord: 'a'.repeat(41) }), '→ at options.triggerWord'],
    ['the deadline 0', { ...GOOD, deadlineMs: 0 }, '→ at deadlineMs'],
    ['a deadline of 999 ms', { ...GOOD, deadlineMs: 999 }, '→ at deadlineMs'],
    ['a deadline of over 14 days', { ...GOOD, deadlineMs: 14 * 86_400_000 + 1 }, '→ at deadlineMs'],
    ['a negative deadline', { ...GOOD, deadlineMs: -5000 }, '→ at deadlineMs'],
    ['a fractional deadline', { ...GOOD, deadlineMs: 5000.5 }, '→ at deadlineMs'],
    ['a deadline as text', { ...GOOD, deadlineMs: '6h' }, '→ at deadlineMs'],
    ['a deadline that is null', { ...GOOD, deadlineMs: null }, '→ at deadlineMs'],
    ['an infinite deadline', { ...GOOD, deadlineMs: Infinity }, '→ at deadlineMs'],
    ['maxPhotos 0', { ...GOOD, maxPhotos: 0 }, '→ at maxPhotos'],
    ['maxPhotos 101', { ...GOOD, maxPhotos: 101 }, '→ at maxPhotos'],
    ['maxPhotos as text', { ...GOOD, maxPhotos: '20' }, '→ at maxPhotos'],
  ])('with %s is refused, and the field is named', (_what, request, place) => {
    expect(problem(request)).toContain(place);
  });

  it.each([undefined, null, 'train', 7, [], [GOOD]])('%j is none', (request) => {
    expect(problem(request)).not.toBe('none');
  });

  it('with a wrong link is refused without saying the link, which may open itself', () => {
    expect(problem({ ...GOOD, photos: ['https://u:word@a.b/c?sig=secret'] })).not.toMatch(/word|secret/);
  });

  it('with several mistakes has all of them told', () => {
    const told = problem({ ...GOOD, subject: 'a b', deadlineMs: 0, photos: ['https:x'] });

    for (const field of ['subject', 'deadlineMs', 'photos[0]']) expect(told).toContain(`→ at ${field}`);
  });
});
