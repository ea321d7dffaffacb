import { isForScriptOfOthers, isFromOurPages, isToThisMachine } from '../../src/gateway/request-origin';

describe('where a request comes from', () => {
  const host = '127.0.0.1:4020';
  it.each([
    ['a form of ours', { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }, true],
    ['a form of ours, in an old browser', { host, origin: `http://${host}` }, true],
    ['no browser', { host }, true],
    ['a page of somebody else', { host, origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' }, false],
    ['one that hides its origin', { host, origin: 'null' }, false],
    [
      'another port of this machine',
      { host, origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'same-site' },
      false,
    ],
    ['another port, in an old browser', { host, origin: 'http://127.0.0.1:8080' }, false],
  ])('%s', (_what, headers, isOurs) => {
    expect(isFromOurPages(headers)).toBe(isOurs);
  });

  it('a link on a page of somebody else may be followed, a script of it may not ask', () => {
    const site = { 'sec-fetch-site': 'cross-site' };
    expect(isForScriptOfOthers({ ...site, 'sec-fetch-mode': 'navigate' })).toBe(false);
    expect(isForScriptOfOthers({ ...site, 'sec-fetch-mode': 'cors' })).toBe(true);
    expect(isForScriptOfOthers({ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' })).toBe(false);
    expect(isForScriptOfOthers({})).toBe(false);
  });

  it.each([
    ['127.0.0.1:4020', true],
    ['127.1.2.3', true],
    ['localhost:4020', true],
    ['darkroom.localhost', true],
    ['[::1]:4020', true],
    ['evil.test:4020', false],
    ['127.0.0.1.evil.test', false],
    ['localhost.evil.test', false],
    ['10.0.0.1', false],
    ['user@127.0.0.1', true],
    ['', false],
    ['a b', false],
  ])('%s is a name of this machine: %s', (name, isOne) => {
    expect(isToThisMachine({ host: name })).toBe(isOne);
  });
});
