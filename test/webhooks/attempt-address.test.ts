import fc from 'fast-check';
import { attemptToken, deliverySecret, openToken } from '../../src/webhooks/attempt-address';

const OLD = 'o'.repeat(32);
const NEW = 'n'.repeat(32);
const anyAttempt = fc.record({
  provider: fc.constant('apiframe'),
  id: fc
    .string({ minLength: 1, maxLength: 300, unit: 'binary' })
    .filter((id) => id === Buffer.from(id).toString()),
  attempt: fc.integer({ min: 1, max: 999_999_999 }),
});

test('a token names its attempt, whatever the id, in characters that an address may hold', () => {
  fc.assert(
    fc.property(anyAttempt, (at) => {
      const token = attemptToken(at, NEW);
      expect(token).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/);
      expect(openToken(token, { provider: 'apiframe', secrets: [NEW] })?.at).toEqual(at);
    }),
  );
});

test('nothing else opens: not another secret, provider, attempt, or any change of one character', () => {
  const at = { provider: 'apiframe', id: 'order-1', attempt: 1 };
  const token = attemptToken(at, NEW);
  const open = (given: string, provider = 'apiframe', secrets = [NEW]) =>
    openToken(given, { provider, secrets });
  expect(open(token, 'apiframe', [OLD])).toBeNull();
  expect(open(token, 'apiframe', [])).toBeNull();
  expect(open(token, 'tryiton')).toBeNull();
  const [name = ''] = attemptToken({ ...at, attempt: 2 }, NEW).split('.');
  expect(open(`${name}.${token.split('.')[1] ?? ''}`)).toBeNull();
  fc.assert(
    fc.property(
      fc.nat(token.length - 1),
      fc.constantFrom('A', 'b', '0', '-', '.', '/', '\0'),
      (index, character) => {
        const changed = token.slice(0, index) + character + token.slice(index + 1);
        if (changed !== token) expect(open(changed)).toBeNull();
      },
    ),
  );
  fc.assert(fc.property(fc.string(), (given) => expect(open(given)).toBeNull()));
});

test('while a secret is replaced, both open, and each tells which one it was', () => {
  const at = { provider: 'apiframe', id: 'order-1', attempt: 1 };
  const secrets = [NEW, OLD];
  expect(openToken(attemptToken(at, OLD), { provider: 'apiframe', secrets })).toEqual({ at, secret: OLD });
  expect(openToken(attemptToken(at, NEW), { provider: 'apiframe', secrets })).toEqual({ at, secret: NEW });
});

test('every attempt has a secret of its own', () => {
  const secretOf = (attempt: number) =>
    deliverySecret(attemptToken({ provider: 'apiframe', id: 'order-1', attempt }, NEW), NEW);
  expect(secretOf(1)).not.toBe(secretOf(2));
  expect(secretOf(1)).toHaveLength(43);
});
