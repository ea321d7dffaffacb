import { allowedUrl } from '../../src/net/allowed-url';
import { parseHostRules } from '../../src/net/host-rules';

const RULES = parseHostRules('cdn.example.com,*.images.example.com,odd.example.com:8443') ?? [];
const isAllowed = (url: string) => allowedUrl(url, undefined, RULES) !== null;

describe('a URL that may be asked', () => {
  it.each([
    'https://cdn.example.com/1.jpg',
    'https://CDN.example.com:443/1.jpg?sig=a#b',
    'https://a.images.example.com/',
    'https://a.b.images.example.com/',
    'https://odd.example.com:8443/',
  ])('is %s', (url) => {
    expect(isAllowed(url)).toBe(true);
  });

  it.each([
    'http://cdn.example.com/1.jpg',
    'ftp://cdn.example.com/',
    'file:///etc/passwd',
    'https://user@cdn.example.com/',
    'https://user:word@cdn.example.com/',
    'https://cdn.example.com@evil.example/',
    'https://cdn.example.com:8443/',
    'https://cdn.example.com:22/',
    'https://odd.example.com/',
    'https://images.example.com/',
    'https://evilimages.example.com/',
    'https://images.example.com.evil.example/',
    'https://cdn.example.com.evil.example/',
    'https://evil.example/cdn.example.com',
    'https://evil.example\\@cdn.example.com/',
    'https://cdn.example.com./',
    'https://xcdn.example.com/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://localhost/',
    'https:cdn',
    'not a url',
    '',
  ])('is not %s', (url) => {
    expect(isAllowed(url)).toBe(false);
  });

  it('is none that is an address, whatever the list says', () => {
    const lenient = ['127.0.0.1', '[::1]'].map((name) => ({ name, isBelow: false, port: 443 }));
    expect(allowedUrl('https://127.0.0.1/', undefined, lenient)).toBeNull();
    expect(allowedUrl('https://[::1]/', undefined, lenient)).toBeNull();
  });

  it('is none where the list is empty', () => {
    expect(allowedUrl('https://cdn.example.com/1.jpg', undefined, [])).toBeNull();
  });

  it('may be relative to another one, and may not leave the list by that', () => {
    const base = new URL('https://cdn.example.com/a/b?c');
    expect(allowedUrl('../2.jpg', base, RULES)?.href).toBe('https://cdn.example.com/2.jpg');
    expect(allowedUrl('//evil.example/2.jpg', base, RULES)).toBeNull();
    expect(allowedUrl('http://cdn.example.com/2.jpg', base, RULES)).toBeNull();
  });
});
