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
