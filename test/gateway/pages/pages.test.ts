import { newApiKey } from '../../../src/gateway/api/api-key';
import type { Gateway } from '../../../src/gateway/server';
import { accessTo, addressOf } from '../../../src/temporal-connection';
import { breakableLink, type BreakableLink } from '../../support/breakable-link';
import { addFault } from '../../support/ledger';
import { createRig, type Rig } from '../../support/rig';
import { until } from '../../support/until';
import { startApi } from '../api/api-rig';
import { cookieOf } from './signed-in';

const viewer = newApiKey('dashboard', ['read']);
const operator = newApiKey('operator', ['read', 'start', 'decide']);
const starter = newApiKey('shop', ['start']);

describe('the pages of the gateway', () => {
  let rig: Rig;
  let link: BreakableLink;
  let stopWorker: () => Promise<void>;
  let open: Gateway;
  let locked: Gateway;
  beforeAll(async () => {
    rig = await createRig({
      sandbox: { pace: { uploadMs: 1, trainMs: 600_000, uploadTtlMs: 3_600_000 } },
      env: { DARKROOM_POLL_FIRST: '1h', DARKROOM_POLL_MAX: '1h' },
    });
    stopWorker = await rig.startWorker();
    link = await breakableLink(addressOf(rig.access));
    const throughLink = { ...rig, access: accessTo(link.address, rig.access.namespace) };
    open = await startApi(throughLink);
    const keys = [viewer.kept, operator.kept, starter.kept];
    locked = await startApi(rig, { access: { ask: 'keys', keys } });
  });
  afterAll(async () => {
    await Promise.all([open.close(), locked.close()]);
    await rig.close();
    await link.close();
  });

  const get = (url: string, headers: Record<string, string> = {}) =>
    fetch(url, { headers, redirect: 'manual' });
  const post = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' });
  const text = async (answer: Promise<Response>) => (await answer).text();
  const undecided = async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    const id = await rig.train(await rig.request());
    await rig.untilState(id, 'needs-decision');
    return id;
  };

  it('list the trainings, by state, provider and subject', async () => {
    const id = await rig.train(await rig.request({ subject: 's-listed' }));
    await rig.untilState(id, 'training');
    const page = await until('it is listed', async () => {
      const now = await text(get(`${open.url}/?state=training&provider=apiframe&subject=s-listed`));
      return now.includes(`href="/trainings/${id}"`) ? now : null;
    });
    expect(page).toContain('<option value="training" selected>');
    expect(page).toContain('value="s-listed"');
    expect(page.match(/<tr /g)).toHaveLength(2);
    expect(await text(get(`${open.url}/?state=failed&subject=s-listed`))).toContain('None is like that.');
    const wrong = await get(`${open.url}/?subject=${encodeURIComponent('a@b <script>')}`);
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toContain('subject: must be a pseudonymous id');
  });

  it('show one training: state, times, credits, photos, and what it went through', async () => {
    const id = await rig.train(await rig.request({ subject: 's-shown' }));
    const { trainingId } = await rig.untilState(id, 'training');
    const answer = await get(`${open.url}/trainings/${id}`);
    const page = await answer.text();
    for (const part of [
      's-shown',
      '50 spent, 0 reserved',
      'paid once',
      `<code>${trainingId ?? '?'}</code>`,
      '<b>normalizing</b>',
      '<b>training</b>',
      'See each photo beside what became of it',
      `http://temporal.test/namespaces/${rig.access.namespace}/workflows/${id}`,
    ])
      expect(page).toContain(part);
    expect(page.match(/class="verdict accepted"/g)).toHaveLength(12);
    const report = await get(`${open.url}/trainings/${id}/report`);
    expect(report.headers.get('content-security-policy')).toContain('sandbox');
    expect(await report.text()).toContain('12 photos: 12 accepted');
  });

  it('let nothing run, load or frame that is not ours', async () => {
    const { headers } = await get(`${open.url}/`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('show what anybody may have written as text', async () => {
    const hostile = '<img src=x onerror=alert(1)>"\u202e';
    const id = await rig.train({ subject: hostile, provider: hostile, photos: [hostile] });
    await rig.untilState(id, 'failed');
    const page = await text(get(`${open.url}/trainings/${id}`));
    expect(page).toContain('&lt;img src=x onerror=alert(1)>&quot;·');
    expect(page).not.toContain('<img');
    expect(page).not.toContain('\u202e');
  });

  it('take a decision by a form, and say on the page what is wrong with one', async () => {
    const id = await undecided();
    const trainingId = (await rig.ledger()).submissions.at(-1)?.taskId ?? '';
    const url = `${open.url}/trainings/${id}/decision`;
    const decide = (fields: Record<string, string>) => post(url, { submission: '1', ...fields });
    const refused = await decide({ decision: 'retry' });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('Tick the box to submit again');
    const empty = await decide({ decision: 'adopt', trainingId: ' ' });
    expect([empty.status, await empty.text()]).toEqual([
      400,
      expect.stringContaining('must be the id of the training at the provider'),
    ]);
    const unknown = await decide({ decision: 'adopt', trainingId: 'nobodys' });
    expect(unknown.status).toBe(409);
    const again = await unknown.text();
    expect(again).toContain('role="alert"');
    expect(again).toContain('value="nobodys"');
    const stale = await decide({ submission: '0', decision: 'abandon' });
    expect([stale.status, await stale.text()]).toEqual([409, expect.stringContaining('it has gone on')]);
    const read = await get(url);
    expect([read.status, read.headers.get('location')]).toEqual([303, `/trainings/${id}`]);
    expect(await rig.darkroom.status(id)).toMatchObject({ state: 'needs-decision' });

    const taken = await decide({ decision: 'adopt', trainingId: ` ${trainingId} ` });
    expect([taken.status, taken.headers.get('location')]).toEqual([303, `/trainings/${id}?asked=decision`]);
    expect(await rig.untilState(id, 'training')).toMatchObject({ trainingId });
    const page = await text(get(`${open.url}/trainings/${id}?asked=decision`));
    expect(page).toContain('The decision is on record.');
    expect(page).toContain('<b>a person decided</b>');
    const late = await decide({ decision: 'abandon' });
    expect(late.status).toBe(409);
  });

  it('cancel, and say that what has ended cannot be', async () => {
    const id = await rig.train(await rig.request());
    await rig.untilState(id, 'training');
    const asked = await post(`${open.url}/trainings/${id}/cancel`, {});
    expect([asked.status, asked.headers.get('location')]).toEqual([303, `/trainings/${id}?asked=cancel`]);
    await rig.untilState(id, 'canceled');
    const late = await post(`${open.url}/trainings/${id}/cancel`, {});
    expect(late.status).toBe(409);
    expect(await late.text()).toContain('has ended');
  });

  it('do nothing for a page of somebody else', async () => {
    const id = await rig.train(await rig.request());
    await rig.untilState(id, 'training');
    const theirs = { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' };
    expect((await post(`${open.url}/trainings/${id}/cancel`, {}, theirs)).status).toBe(403);
    expect((await post(`${open.url}/v1/photo-sets`, {}, theirs)).status).toBe(403);
    expect((await rig.darkroom.status(id)).state).toBe('training');
  });

  it('say that there is no such training, whatever was asked of it', async () => {
    const before = await rig.client.workflow.start('none', {
      workflowId: `${rig.home}x`.replace(/\W/g, ''),
      taskQueue: 'none',
      args: [],
    });
    for (const id of ['nobody', encodeURIComponent("x' OR 1=1"), 'a%2fb', before.workflowId]) {
      const { status } = await get(`${open.url}/trainings/${id}`);
      expect([id, status === 400 || status === 404]).toEqual([id, true]);
    }
    await before.terminate();
    expect((await post(`${open.url}/trainings/nobody/cancel`, {})).status).toBe(404);
  });

  it('show what is known of a training that was terminated', async () => {
    const id = await rig.train(await rig.request({ subject: 's-terminated' }));
    await rig.untilState(id, 'training');
    await rig.client.workflow.getHandle(id).terminate('by hand');
    const page = await until('the list has it', async () => {
      const now = await text(get(`${open.url}/trainings/${id}`));
      return now.includes('<span class="badge bad">terminated</span>') ? now : null;
    });
    expect(page).toContain('what was started at the provider runs on');
    expect(page).toContain('<b>terminated in Temporal</b>');
  });

  it('show what Temporal knows where no worker runs', async () => {
    const id = await rig.train(await rig.request({ subject: 's-alone' }));
    await rig.untilState(id, 'training');
    await until('it is listed', async () =>
      (await rig.darkroom.glance([id]))[0]?.state === 'training' ? true : null,
    );
    await stopWorker();
    const page = await text(get(`${open.url}/trainings/${id}`));
    stopWorker = await rig.startWorker();
    for (const part of ['No worker answers', 'badge">training', '<b>uploading</b>', '<h1>s-alone</h1>'])
      expect(page).toContain(part);
  });

  it('say that Temporal is away, and read again by themselves', async () => {
    await link.cut();
    const [answer, stream] = await Promise.all([get(`${open.url}/`), get(`${open.url}/live`)]);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    const page = await answer.text();
    expect(page).toContain('Temporal does not answer; nothing is lost');
    expect(page).toContain('<noscript><meta http-equiv="refresh"');
    expect(stream.status).toBe(503);
    await link.mend();
  });

  describe('with keys', () => {
    const signIn = (key: string, fields: Record<string, string> = {}) =>
      post(`${locked.url}/sign-in`, { key, ...fields });

    it('lead a stranger to sign in, and back to where they were going', async () => {
      const stranger = await get(`${locked.url}/trainings/some?asked=x`);
      expect(stranger.status).toBe(303);
      const to = stranger.headers.get('location') ?? '';
      expect(to).toBe(`/sign-in?to=${encodeURIComponent('/trainings/some?asked=x')}`);
      const form = await text(get(`${locked.url}${to}`));
      expect(form).toContain('<input type="hidden" name="to" value="/trainings/some?asked=x"/>');
      const back = await signIn(viewer.key, { to: '/trainings/some?asked=x' });
      expect([back.status, back.headers.get('location')]).toEqual([303, '/trainings/some?asked=x&signed-in']);
    });

    it.each(['https://evil.test/', '//evil.test', '/\\evil.test', 'javascript:alert(1)', '/a\r\nx: y'])(
      'lead nobody to %j',
      async (to) => {
        expect((await signIn(viewer.key, { to })).headers.get('location')).toBe('/?signed-in');
      },
    );

    it('give the browser a sign-in that scripts do not see, and not the key', async () => {
      const cookie = (await signIn(viewer.key)).headers.get('set-cookie') ?? '';
      expect(cookie).toMatch(/^darkroom-session=[^;]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
      expect(cookie).not.toContain(viewer.key);
      const page = await text(get(`${locked.url}/`, { cookie: await cookieOf(locked, viewer.key) }));
      expect(page).toContain('Sign out (dashboard)');
      const out = await post(`${locked.url}/sign-out`, {}, { cookie: await cookieOf(locked, viewer.key) });
      expect(out.headers.get('set-cookie')).toMatch(/^darkroom-session=; .*Expires=Thu, 01 Jan 1970/);
    });

    it('keep it to https, unless the page is on this machine without', async () => {
      const from = async (origin: string) =>
        (
          await post(
            `${locked.url}/sign-in`,
            { key: viewer.key },
            { origin, 'sec-fetch-site': 'same-origin' },
          )
        ).headers.get('set-cookie') ?? '';
      // A proxy that ends TLS may change the name of the host.
      expect(await from('https://darkroom.example')).toContain('; Secure');
      expect(await from('http://10.0.0.1:4020')).toContain('; Secure');
      expect(await from('http://localhost:4020')).not.toContain('Secure');
    });

    it('say so where the browser did not keep it', async () => {
      const back = await get(`${locked.url}/trainings/some?signed-in`);
      const form = await text(get(`${locked.url}${back.headers.get('location') ?? ''}`));
      expect(form).toContain('Your browser did not keep the sign-in');
      expect(form).toContain('name="to" value="/trainings/some"');
    });

    it.each([
      ['nobody has', `dk_${'a'.repeat(43)}`, 'This key is not known'],
      ['may not read', starter.key, 'This key may not read'],
      ['is empty', '', 'This key is not known'],
    ])('refuse a key that %s', async (_what, key, words) => {
      const refused = await signIn(key);
      expect([refused.status, refused.headers.get('set-cookie')]).toEqual([401, null]);
      expect(await refused.text()).toContain(words);
    });

    it('let a key do on the pages what it may do in the API, and nothing more', async () => {
      const id = await undecided();
      const reading = { cookie: await cookieOf(locked, viewer.key) };
      const page = await text(get(`${locked.url}/trainings/${id}`, reading));
      expect(page).toContain('This key may not decide');
      expect(page).not.toContain('Cancel this training');
      for (const what of ['decision', 'cancel'])
        expect(
          (await post(`${locked.url}/trainings/${id}/${what}`, { decision: 'abandon' }, reading)).status,
        ).toBe(403);
      expect((await post(`${locked.url}/trainings/${id}/cancel`, {})).status).toBe(303); // to sign in
      expect((await get(`${locked.url}/trainings/${id}/live`)).status).toBe(303);
      const stream = await get(`${locked.url}/trainings/${id}/live`, { accept: 'text/event-stream' });
      expect(stream.status).toBe(401);
      expect((await rig.darkroom.status(id)).state).toBe('needs-decision');

      const deciding = { cookie: await cookieOf(locked, operator.key) };
      expect(await text(get(`${locked.url}/trainings/${id}`, deciding))).toContain('Wait for this training');
      const theirs = { ...deciding, origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' };
      expect(
        (await post(`${locked.url}/trainings/${id}/decision`, { decision: 'abandon' }, theirs)).status,
      ).toBe(403);
      const done = await post(
        `${locked.url}/trainings/${id}/decision`,
        { decision: 'abandon', submission: '1' },
        deciding,
      );
      expect(done.headers.get('location')).toBe(`/trainings/${id}?asked=decision`);
      await rig.untilState(id, 'failed');
    });

    it('take no sign-in for a key of the API', async () => {
      const cookie = await cookieOf(locked, operator.key);
      const answer = await get(`${locked.url}/v1/trainings`, { cookie });
      expect(answer.status).toBe(401);
    });
  });
});
