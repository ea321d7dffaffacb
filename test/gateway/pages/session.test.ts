import fc from 'fast-check';
import { newApiKey } from '../../../src/gateway/api/api-key';
import { keyOfSession, newSession, SESSION_MS } from '../../../src/gateway/pages/session';

describe('a sign-in', () => {
  const [shop, other] = [newApiKey('shop', ['read']), newApiKey('other', ['read', 'decide'])];
  const keys = [other.kept, shop.kept];
  const session = newSession(shop.kept, { secret: 'new', nowMs: 1000 });
  const opened = (changes: Partial<Parameters<typeof keyOfSession>[1]> = {}, text = session) =>
    keyOfSession(text, { keys, secrets: ['new', 'old'], nowMs: 2000, ...changes })?.name ?? null;

  it('is taken by every gateway with the same secrets, and while they change', () => {
    expect(opened()).toBe('shop');
    expect(opened({ secrets: ['newer', 'new'] })).toBe('shop');
    expect(opened({ secrets: ['newer'] })).toBeNull();
  });

  it('ends after twelve hours, and with its key', () => {
    expect(opened({ nowMs: 1000 + SESSION_MS - 1 })).toBe('shop');
    expect(opened({ nowMs: 1000 + SESSION_MS })).toBeNull();
    expect(opened({ keys: [other.kept] })).toBeNull();
  });

  it('has nothing in it that opens anything', () => {
    expect(session).not.toContain(shop.key);
    expect(session).not.toContain(shop.kept.sha256.slice(0, 20));
  });

  it('is none where one character is another', () => {
    fc.assert(
      fc.property(fc.nat(session.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        fc.pre(session[at] !== character);
        expect(opened({}, session.slice(0, at) + character + session.slice(at + 1))).toBeNull();
      }),
    );
    expect(opened({}, '')).toBeNull();
  });
});
