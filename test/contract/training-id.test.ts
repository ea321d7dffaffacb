import fc from 'fast-check';
import type { RequestTo } from '../../src/contract/request';
import { requestFingerprint, trainingWorkflowId } from '../../src/training-id';

type TrainRequest = RequestTo<'apiframe'>;

const REQUEST: TrainRequest = {
  subject: 's-1017.a_b',
  provider: 'apiframe',
  photos: ['file:1.jpg', 'file:2.jpg', 'file:3.jpg'],
  options: { gender: 'female', ethnicity: 'white', age: 30 },
};
const id = (changes: Partial<TrainRequest> = {}) => trainingWorkflowId({ ...REQUEST, ...changes });

describe('the id of a training whose sender names none', () => {
  it('keeps the subject and has no slash', () => {
    expect(id()).toMatch(/^train-s-1017\.a_b-[0-9a-f]{12}$/);
  });

  it('does not change from release to release', () => {
    expect(id()).toBe('train-s-1017.a_b-7a7ccfd93eca');
  });

  it('is the same for the same photos in any order', () => {
    const photos = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 20 });
    const twice = photos.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(twice, ([some, same]) => {
        expect(id({ photos: some })).toBe(id({ photos: same }));
      }),
    );
  });

  it('is another one with other gates or another crop, which other photos may be sent for', () => {
    const others = [
      id(),
      id({ gates: { blurred: 'reject' } }),
      id({ gates: { blurred: 'warn' } }),
      id({ gates: { 'no-face': 'reject' } }),
      id({ crop: 'subject' }),
    ];
    expect(new Set(others).size).toBe(others.length);
    expect(id({ crop: 'whole', gates: {} })).toBe(id());
    const [blurred, dark] = [
      ['blurred', 'off'],
      ['too-dark', 'warn'],
    ] as const;
    expect(id({ gates: Object.fromEntries([blurred, dark]) })).toBe(
      id({ gates: Object.fromEntries([dark, blurred]) }),
    );
  });

  it('minds the order where it decides which photos are used', () => {
    const photos = [...REQUEST.photos].reverse();
    expect(id({ maxPhotos: 2, photos })).not.toBe(id({ maxPhotos: 2 }));
  });

  it('is the same for the same options in any order', () => {
    expect(id({ options: { age: 30, ethnicity: 'white', gender: 'female' } })).toBe(id());
  });

  it('is the same whether an option is absent or undefined', () => {
    const absent = { gender: 'female', ethnicity: 'white' } as const;
    const options = { ...absent, age: undefined } as unknown as TrainRequest['options'];

    expect(id({ options })).toBe(id({ options: absent }));
  });

  it('is the same however long the training may take', () => {
    expect(id({ deadlineMs: 5000 })).toBe(id());
  });

  it.each<[string, Partial<TrainRequest>]>([
    ['another subject', { subject: 's-2' }],
    ['another photo', { photos: ['file:1.jpg', 'file:2.jpg', 'file:4.jpg'] }],
    ['a photo less', { photos: ['file:1.jpg', 'file:2.jpg'] }],
    ['two photos in one reference', { photos: ['file:1.jpg', 'file:2.jpg,file:3.jpg'] }],
    ['another option', { options: { ...REQUEST.options, gender: 'male' } }],
    ['an option more', { options: { ...REQUEST.options, triggerWord: 'ZOE' } }],
    ['an option less', { options: { gender: 'female', ethnicity: 'white' } }],
    ['fewer photos to be used', { maxPhotos: 2 }],
  ])('is another one with %s', (_what, changes) => {
    expect(id(changes).slice(-12)).not.toBe(id().slice(-12));
  });

  it('begins like the fingerprint by which a joined training is known', () => {
    expect(requestFingerprint(REQUEST)).toMatch(/^[0-9a-f]{64}$/);
    expect(requestFingerprint(REQUEST).startsWith(id().slice(-12))).toBe(true);
  });
});
