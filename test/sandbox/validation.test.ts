import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { readLedger } from '../support/ledger';
import { call, upload, uploadBody } from './client';
import { base64Images, jpeg, png } from './images';
import { anyText } from '../providers/matching';

const HOUR_MS = 3_600_000;

describe('the sandbox refuses', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ pace: { uploadMs: 0, trainMs: 0, uploadTtlMs: HOUR_MS } });
  });
  afterEach(() => sandbox.close());

  /** The answer's words, once it is sure that nothing was charged. */
  async function refusal(path: string, body: unknown, at: Sandbox = sandbox): Promise<string> {
    const before = await readLedger(at.url);
    const { status, json } = await call(at, path, body);
    expect(status).toBe(400);
    expect(json).toStrictEqual({ errors: [{ msg: anyText }] });
    expect(await readLedger(at.url)).toEqual(before);
    return (json as { errors: [{ msg: string }] }).errors[0].msg;
  }

  it.each([0, 9, 31])('an upload of %i pictures', async (count) => {
    expect(await refusal('/ai-photo-upload', await uploadBody({}, count))).toBe(
      'images: images must have 10 to 30 items',
    );
  });

  it.each([10, 30])('but not an upload of %i pictures', async (count) => {
    expect(await call(sandbox, '/ai-photo-upload', await uploadBody({}, count))).toMatchObject({
      status: 200,
    });
  });

  it.each<[string, () => Promise<string>, string]>([
    ['that is not base64', () => Promise.resolve('not base64!'), 'is not bare base64'],
    ['that is empty', () => Promise.resolve(''), 'is not a whole JPEG'],
    [
      'with a data: prefix',
      async () => `data:image/jpeg;base64,${(await jpeg()).toString('base64')}`,
      'is not bare base64',
    ],
    ['639 pixels wide', async () => (await jpeg(639, 640)).toString('base64'), 'is 639x640, not 640x640'],
    ['641 pixels high', async () => (await jpeg(640, 641)).toString('base64'), 'is 640x641, not 640x640'],
    ['that is a PNG', async () => (await png()).toString('base64'), 'is not a whole JPEG'],
    [
      'that is cut short',
      async () => (await jpeg()).subarray(0, -10).toString('base64'),
      'is not a whole JPEG',
    ],
    ['that is begin and end without a frame', () => Promise.resolve('/9j/2Q=='), 'is not a whole JPEG'],
  ])('a picture %s, by its number', async (_what, picture, words) => {
    const images = [...(await base64Images(9)), await picture()];

    expect(await refusal('/ai-photo-upload', await uploadBody({ images }))).toBe(`images[9] ${words}`);
  });

  it.each([
    ['gender', { gender: 'non-binary' }],
    ['gender', { gender: undefined }],
    ['ethnicity', { ethnicity: 'martian' }],
    ['age', { age: 'forty' }],
    ['age', { age: 1.5 }],
    ['images', { images: 'one' }],
  ])('an upload with a wrong %s: %j', async (field, changes) => {
    expect(await refusal('/ai-photo-upload', await uploadBody(changes))).toMatch(new RegExp(`^${field}: `));
  });

  it('a training of an upload that it does not know', async () => {
    expect(await refusal('/ai-photo-train', { training_images_id: 'nobody' })).toContain('not known');
  });

  it('a training without an upload', async () => {
    expect(await refusal('/ai-photo-train', {})).toMatch(/^training_images_id: /);
  });

  it('a training of an upload that is not ready', async () => {
    const slow = await startSandbox({ pace: { uploadMs: HOUR_MS, trainMs: 0, uploadTtlMs: HOUR_MS } });
    try {
      const uploadId = await upload(slow);
      expect(await refusal('/ai-photo-train', { training_images_id: uploadId }, slow)).toContain('not ready');
    } finally {
      await slow.close();
    }
  });

  it('a training of an upload that has expired', async () => {
    const late = await startSandbox({ pace: { uploadMs: -HOUR_MS, trainMs: 0, uploadTtlMs: 60_000 } });
    try {
      const uploadId = await upload(late);
      expect(await refusal('/ai-photo-train', { training_images_id: uploadId }, late)).toContain('expired');
    } finally {
      await late.close();
    }
  });

  it('a poll that names no task', async () => {
    expect(await refusal('/fetch', { task: 't-1' })).toMatch(/^task_id: /);
  });

  it.each(['{"images":', ''])('a body that is not JSON: "%s"', async (body) => {
    const headers = { authorization: 'sandbox-key', 'content-type': 'application/json' };
    const answer = await fetch(`${sandbox.url}/ai-photo-train`, { method: 'POST', headers, body });

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ msg: anyText }] });
  });
});
