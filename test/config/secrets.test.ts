import { configOf, problemsOf } from './environment';

describe('the key', () => {
  it.each(['two words', 'tab\there', 'line\nbreak', 'ключ', 'kéy', 'nul\0'])(
    'is refused without being shown if it cannot stand in a header: %j',
    (value) => {
      expect(problemsOf({ APIFRAME_API_KEY: value })).toEqual([
        'APIFRAME_API_KEY: expected printable characters without blanks (the value is not shown)',
      ]);
    },
  );

  it('is taken with every character that a header can have', () => {
    const everything = String.fromCharCode(...Array.from({ length: 94 }, (_, index) => 0x21 + index));

    expect(configOf({ APIFRAME_API_KEY: everything }).apiframe.apiKey).toBe(everything);
  });

  it('is not shown when something else is wrong', () => {
    expect(problemsOf({ APIFRAME_API_KEY: 'k-SECRET-1', APIFRAME_AUTH: 'x' }).join()).not.toContain('SECRET');
  });
});

describe('the base URL', () => {
  it.each([
    ['https://api.apiframe.pro', 'https://api.apiframe.pro'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['https://proxy.example/a/b///', 'https://proxy.example/a/b'],
  ])('%s is taken as %s', (value, url) => {
    expect(configOf({ APIFRAME_BASE_URL: value }).apiframe.baseUrl).toBe(url);
  });

  it.each(['ftp://example.com', 'api.apiframe.pro', 'https://', '//example.com', 'file:///etc/passwd', 'x'])(
    '%s is no URL to call',
    (value) => {
      expect(problemsOf({ APIFRAME_BASE_URL: value })).toEqual([
        `APIFRAME_BASE_URL: expected an http or https URL, received "${value}"`,
      ]);
    },
  );

  it.each(['https://example.com/?a=b', 'https://example.com/#top', 'https://example.com/a?'])(
    '%s is refused, because a path added to it would not be one',
    (value) => {
      expect(problemsOf({ APIFRAME_BASE_URL: value })).toEqual([
        `APIFRAME_BASE_URL: expected a URL without "?" and "#", paths are added to it, received "${value}"`,
      ]);
    },
  );

  it.each([
    'https://user:SECRET@example.com',
    'https://SECRET@example.com',
    'https://:SECRET@example.com/a',
    'ftp://user:SECRET@example.com',
    'https://user:SECRET@example.com:99999',
    'https://user:SECRET@exa mple.com',
    'user:SECRET@example.com',
  ])('with credentials in it is refused without being shown (%#)', (value) => {
    const problems = problemsOf({ APIFRAME_BASE_URL: value });

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^APIFRAME_BASE_URL: expected .*, received "\(not shown\)"$/);
  });
});
