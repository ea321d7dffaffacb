import { Webhook } from 'standardwebhooks';
import { CallbackSignatureError, UnknownCallbackError, verifyCallback } from '../../src/callbacks';
import { isCallbackSecret, signaturesOf } from '../../src/callbacks/sign';
import { RESULT } from './result';
import { CALLBACK_SECRET as SECRET } from '../support/callback-receiver';

const OTHER = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
const NOW_MS = Date.now();
const body = JSON.stringify({
  type: 'training.succeeded',
  timestamp: '2026-11-25T12:00:00.000Z',
  data: RESULT,
});

function received(changes: { secrets?: string[]; atS?: number; body?: string } = {}) {
  const signed = { id: 'c-1', atS: changes.atS ?? Math.floor(NOW_MS / 1000), body };
  return {
    headers: {
      'webhook-id': signed.id,
      'webhook-timestamp': String(signed.atS),
      'webhook-signature': signaturesOf(signed, changes.secrets ?? [SECRET]),
    },
    body: changes.body ?? body,
  };
}
const verify = (post: Parameters<typeof verifyCallback>[0], secrets: string | string[] = SECRET) =>
  verifyCallback(post, secrets, { nowMs: NOW_MS });

describe('a callback', () => {
  it('is read by whoever has the secret, from a string, bytes, plain headers or Headers', () => {
    const wanted = { id: 'c-1', callback: { type: 'training.succeeded', data: { id: 'order-1' } } };
    const post = received();
    expect(verify(post)).toMatchObject(wanted);
    expect(verify({ ...post, body: Buffer.from(body) })).toMatchObject(wanted);
    expect(verify({ ...post, headers: new Headers(post.headers) })).toMatchObject(wanted);
  });

  it('is signed as Standard Webhooks says, so that its libraries in every language read it', () => {
    const post = received({ secrets: [OTHER, SECRET] });
    expect(new Webhook(SECRET).verify(post.body, post.headers)).toEqual(JSON.parse(body));
    const theirs = new Webhook(SECRET).sign('c-1', new Date(NOW_MS), body);
    expect(verify({ ...post, headers: { ...post.headers, 'webhook-signature': theirs } }).id).toBe('c-1');
  });

  it('is known by the old secret and by the new one while they change', () => {
    expect(verify(received({ secrets: [OTHER, SECRET] })).id).toBe('c-1');
    expect(verify(received(), [OTHER, SECRET]).id).toBe('c-1');
  });

  it.each<[string, Parameters<typeof verifyCallback>[0], string]>([
    ['another secret', received({ secrets: [OTHER] }), 'no webhook-signature'],
    ['another body', received({ body: body.replace('order-1', 'order-2') }), 'no webhook-signature'],
    ['a time of six minutes ago', received({ atS: Math.floor(NOW_MS / 1000) - 360 }), '300 s away'],
    ['a time to come', received({ atS: Math.floor(NOW_MS / 1000) + 360 }), '300 s away'],
    ['no headers', { headers: {}, body }, 'is missing'],
    [
      'a time that is none',
      { headers: { ...received().headers, 'webhook-timestamp': 'soon' }, body },
      'is missing',
    ],
    [
      'a signature of another version',
      {
        headers: {
          ...received().headers,
          'webhook-signature': received().headers['webhook-signature'].replace('v1,', 'v2,'),
        },
        body,
      },
      'no webhook-signature',
    ],
    [
      'an id that was changed',
      { headers: { ...received().headers, 'webhook-id': 'c-2' }, body },
      'no webhook-signature',
    ],
  ])('with %s is refused', (_what, post, words) => {
    expect(() => verify(post)).toThrow(CallbackSignatureError);
    expect(() => verify(post)).toThrow(words);
  });

  it.each<[string, string | string[]]>([
    ['empty', ''],
    ['none', []],
    ['no base64', '!!!'],
    ['one of which is empty', [SECRET, '']],
  ])('is believed by nobody whose secret is %s', (_what, secrets) => {
    expect(() => verify(received({ secrets: [''] }), secrets)).toThrow(TypeError);
  });

  it('is read under headers in any case, and with what a later release adds', () => {
    const later = body.replace('"data":{', '"more":1,"data":{"evenMore":[],');
    const signed = { id: 'c-1', atS: Math.floor(NOW_MS / 1000), body: later };
    const headers = {
      'Webhook-Id': 'c-1',
      'Webhook-Timestamp': String(signed.atS),
      'WEBHOOK-SIGNATURE': signaturesOf(signed, [SECRET]),
    };
    expect(verify({ headers, body: later }).callback.data).toMatchObject({ id: 'order-1', evenMore: [] });
  });

  it('of another service with the same secret is told apart', () => {
    const signed = { id: 'c-1', atS: Math.floor(NOW_MS / 1000), body: '{"type":"invoice.paid"}' };
    const headers = { ...received().headers, 'webhook-signature': signaturesOf(signed, [SECRET]) };
    expect(() => verify({ headers, body: signed.body })).toThrow(UnknownCallbackError);
  });
});

describe('a secret of callbacks', () => {
  it.each([
    [SECRET, true],
    [SECRET.replace('whsec_', ''), false],
    ['whsec_', false],
    [`whsec_${Buffer.alloc(23).toString('base64')}`, false],
    [`whsec_${Buffer.alloc(64).toString('base64')}`, true],
    [`whsec_${Buffer.alloc(65).toString('base64')}`, false],
    [`${SECRET}=`, false],
    ['whsec_not base64 at all, however long it may be', false],
  ])('%s: %s', (text, isOne) => {
    expect(isCallbackSecret(text)).toBe(isOne);
  });
});
