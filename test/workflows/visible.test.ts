import { defaultPayloadConverter } from '@temporalio/common';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';

/** What the Temporal UI asks for and shows without any click more than needed. */
describe('what an operator sees in Temporal', () => {
  let rig: Rig;
  let id: string;
  beforeAll(async () => {
    rig = await createRig({ sandbox: { pace: { uploadMs: 20, trainMs: 600_000, uploadTtlMs: 3_600_000 } } });
    await rig.startWorker();
    const started = await rig.darkroom.train(await rig.request({ subject: 's-visible' }), {
      id: `visible-${String(Date.now())}`,
    });
    id = started.id;
    rig.remember(id);
    await rig.untilState(id, 'training');
  });
  afterAll(() => rig.close());

  it('a summary of who, where and how many, without a name', async () => {
    const { raw } = await rig.client.workflow.getHandle(id).describe();
    const summary = raw.executionConfig?.userMetadata?.summary;
    expect(summary && defaultPayloadConverter.fromPayload(summary)).toBe('s-visible · apiframe · 12 photos');
  });

  it('state, provider, subject and credits as search attributes', async () => {
    const { typedSearchAttributes } = await rig.client.workflow.getHandle(id).describe();
    const values = Object.fromEntries(
      typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value] as const),
    );
    expect(values).toMatchObject({
      DarkroomState: 'training',
      DarkroomProvider: 'apiframe',
      DarkroomSubject: 's-visible',
      DarkroomCredits: 50,
    });
    const listed = await until('the list knows the state', async () => {
      const found = await rig.darkroom.list({ subject: 's-visible', state: 'training' });
      return found.length > 0 ? found : null;
    });
    expect(listed).toMatchObject([{ id, state: 'training', provider: 'apiframe', subject: 's-visible' }]);
  });

  it('what is known and what to do as current details, and what query, signals and update are for', async () => {
    const metadata = await rig.client.workflow.getHandle(id).query<{
      currentDetails: string;
      definition: Record<
        'queryDefinitions' | 'signalDefinitions' | 'updateDefinitions',
        { name: string; description?: string }[]
      >;
    }>('__temporal_workflow_metadata');
    const [line, ...block] = metadata.currentDetails.replace(/\u00a0+ /g, ' ').split('\n');
    expect(line).toMatch(/^\*\*Training at APIFRAME · .*50 credits spent\*\*$/);
    expect(block).toEqual(
      expect.arrayContaining([
        '| Subject | s-visible |',
        '| Credits | 50 spent, 0 reserved |',
        '| Photos | 12 given, 12 good, 0 rejected |',
      ]),
    );
    const { queryDefinitions, signalDefinitions, updateDefinitions } = metadata.definition;
    const ours = [...queryDefinitions, ...signalDefinitions, ...updateDefinitions].filter(
      ({ name }) => name !== '' && !name.startsWith('__'),
    );
    expect(ours.map(({ name }) => name).sort()).toEqual(
      ['decide', 'evidence', 'nudge', 'place', 'progress', 'status'].sort(),
    );
    for (const { description } of ours) expect(description).toBeTruthy();
  });

  it('a summary on each activity and timer', async () => {
    const summaries = await until('the first look is in the history', async () => {
      const found = await summariesOf(rig, id);
      return found.includes('look 1') ? found : null;
    });
    expect(summaries).toEqual(
      expect.arrayContaining([
        'deadline of 6 h',
        '12 photos',
        '48 credits',
        'next look, or a nudge',
        'look 1',
      ]),
    );
    expect(summaries).not.toContain('none');
  });
});

async function summariesOf(rig: Rig, id: string): Promise<string[]> {
  const { events } = await rig.client.workflow.getHandle(id).fetchHistory();
  return (events ?? [])
    .filter(
      ({ activityTaskScheduledEventAttributes: activity, timerStartedEventAttributes: timer }) =>
        activity ?? timer,
    )
    .map(({ userMetadata }) =>
      userMetadata?.summary ? defaultPayloadConverter.fromPayload<string>(userMetadata.summary) : 'none',
    );
}
