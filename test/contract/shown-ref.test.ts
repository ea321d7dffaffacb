import { shownRef } from '../../src/contract/shown-ref';

describe('a reference as it is shown', () => {
  it.each([
    ['https://a.b/c.jpg?X-Amz-Signature=secret&x=1', 'https://a.b/c.jpg?…'],
    ['https://a.b/c.jpg?', 'https://a.b/c.jpg?…'],
    ['https://a.b/?a?b', 'https://a.b/?…'],
  ])('%s is %s', (ref, shown) => {
    expect(shownRef(ref)).toBe(shown);
  });

  it.each(['https://a.b/c.jpg', 's3://bucket/what?.jpg', 'file:s-1/what?.jpg'])('%s is itself', (ref) => {
    expect(shownRef(ref)).toBe(ref);
  });
});
