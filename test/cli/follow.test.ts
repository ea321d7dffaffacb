import path from 'node:path';
import { writePhotos } from '../support/photos';
import { createRig, type Rig } from '../support/rig';
import { runCli } from '../support/run-cli';

const LONG = { uploadMs: 20, trainMs: 600_000, uploadTtlMs: 3_600_000 };

describe('following a training from another terminal', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig({ sandbox: { pace: LONG } });
    await rig.startWorker();
    await writePhotos(rig.home, 'given', 10);
  });
  afterAll(() => rig.close());

  const cli = (...args: string[]) => runCli([...args, '--home', rig.home], { env: rig.env });

  it('train --detach, list, show, cancel, watch', async () => {
    const id = `follow-${String(Date.now())}`;
    const subject = `s-${id}`;
    rig.remember(id);
    const person = ['--gender', 'male', '--ethnicity', 'asian'];
    const detached = await cli(
      'train',
      subject,
      path.join(rig.home, 'given'),
      ...person,
      '--id',
      id,
      '--detach',
    );
    expect(detached).toMatchObject({ code: 0 });
    expect(detached.stdout).toContain(`darkroom watch ${id}`);
    await rig.untilState(id, 'training');

    const listed = await cli('list', '--subject', subject, '--json');
    expect(JSON.parse(listed.stdout)).toMatchObject([
      { id, state: 'training', subject, provider: 'apiframe' },
    ]);
    const shown = await cli('show', id);
    expect(shown.stdout).toContain('Training at APIFRAME');
    expect(shown.stdout).toContain('42 credits spent');
    expect(JSON.parse((await cli('show', id, '--json')).stdout)).toMatchObject({ id, state: 'training' });

    const canceled = await cli('cancel', id);
    expect(canceled).toMatchObject({ code: 0 });
    expect(canceled.stdout).toContain('APIFRAME cannot cancel a started training');
    expect(canceled.stdout).toContain('is billed');
    expect((await cli('cancel', id)).stdout).toContain('has ended already');
    expect(await cli('watch', id)).toMatchObject({ code: 1 });
    const again = await cli(
      'train',
      subject,
      path.join(rig.home, 'given'),
      ...person,
      '--id',
      id,
      '--detach',
    );
    expect(again.stdout).toContain('add --generation 2');
    expect(again.code).toBe(1);
  });

  it('an id that nobody started: one sentence and exit 2', async () => {
    for (const command of ['show', 'watch', 'cancel']) {
      const { code, stderr } = await cli(command, 'no-such-id');
      expect(stderr).toContain('There is no training with the id no-such-id');
      expect(code).toBe(2);
    }
  });
});
