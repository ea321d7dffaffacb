import { targetOf } from '../../src/callbacks/may-be-called';

const ORIGINS = ['http://backend:8080', 'https://hooks.internal.example'];

describe('where a callback may go', () => {
  it.each([
    ['https://shop.example.com/hook?x=1', 'internet'],
    ['https://shop.example.com:8443/', 'internet'],
    ['http://shop.example.com/', 'forbidden'],
    ['https://127.0.0.1/', 'forbidden'],
    ['https://2130706433/', 'forbidden'], // 127.0.0.1 as one number
    ['https://0x7f.1/', 'forbidden'],
    ['https://[::1]/', 'forbidden'],
    ['https://169.254.169.254/latest/meta-data', 'forbidden'],
    ['https://user:word@shop.example.com/', 'forbidden'],
    ['ftp://shop.example.com/', 'forbidden'],
    ['nowhere', 'forbidden'],
    ['http://backend:8080/hook', 'named-origin'],
    ['http://backend:8081/hook', 'forbidden'],
    ['http://backend:8080@evil.example/hook', 'forbidden'],
    ['http://user@backend:8080/hook', 'forbidden'],
    ['https://hooks.internal.example/a', 'named-origin'],
  ])('%s: %s', (url, target) => {
    expect(targetOf(url, ORIGINS)).toBe(target);
  });
});
