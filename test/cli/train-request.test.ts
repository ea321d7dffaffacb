import { requestFrom, type RequestOptions } from '../../src/cli/train-request';

const OPTIONS: RequestOptions = {
  provider: 'apiframe',
  gender: 'female',
  ethnicity: 'white',
  style: [],
  uploadedStyle: [],
  customization: [],
  gate: [],
  crop: 'whole',
};
const requested = (changes: Partial<RequestOptions> = {}) =>
  requestFrom('s-1', ['file:1.jpg'], { ...OPTIONS, ...changes });

test('--gate and --crop stand in the request, and only where they were given', () => {
  expect(requested({ gate: ['blurred=reject', 'too-dark=off'], crop: 'subject' })).toMatchObject({
    gates: { blurred: 'reject', 'too-dark': 'off' },
    crop: 'subject',
  });
  expect(requested()).not.toHaveProperty('gates');
  expect(requested()).not.toHaveProperty('crop');
});

test('a group of gates stands there as its gates, so that another release means the same', () => {
  expect(requested({ gate: ['faces=off'] }).gates).toEqual({
    'no-face': 'off',
    'several-faces': 'off',
    'face-too-small': 'off',
    'face-cut-off': 'off',
    'too-dark': 'off',
    'too-bright': 'off',
  });
});

test('--callback stands there as the caller wrote it, and what is none is said at once', () => {
  const callback = 'https://shop.example.com/trained?order=1';
  expect(requested({ callback })).toMatchObject({ callback: { url: callback } });
  expect(() => requested({ callback: 'shop.example.com' })).toThrow('callback.url: must be an https URL');
});
