import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { addFault } from '../support/ledger';
import { createRig, type Rig } from '../support/rig';
import { testHttpUrl } from '../support/test-server';
import { examples, runExample, type Example, type ExampleRun } from './run-example';

const EXAMPLES = examples();
const IS_REQUIRED = process.env['DARKROOM_TEST_EXAMPLES'] === 'required';
/** All of them at once, each a process or a JVM, on two cores that do other things as well. */
const LIMIT_MS = 120_000;

/** One training, as somebody at a terminal would lead it to its end. */
interface Story {
  asked: ExampleRun;
  decided: ExampleRun;
  joined: ExampleRun;
  malformed: ExampleRun;
  submissions: { taskId: string }[];
}

for (const [language, example] of EXAMPLES) {
  if (!('why' in example)) continue;
  if (IS_REQUIRED) throw new Error(`the example in ${language}: required here, but ${example.why}`);
  process.stdout.write(`  the example in ${language}: skipped, because ${example.why}\n`);
}

describe('the examples', () => {
  let rig: Rig;
  const stories = new Map<string, Promise<Story>>();
  beforeAll(async () => {
    rig = await createRig();
    await rig.startWorker();
    const here = EXAMPLES.filter(([, example]) => !('why' in example));
    if (here.length > 0)
      await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after', times: here.length });
    for (const [language, example] of here) stories.set(language, tellStory(rig, language, example));
    await Promise.allSettled(stories.values());
  }, LIMIT_MS);
  afterAll(() => rig.close());

  describe.each(EXAMPLES)('%s', (language, example) => {
    const title = (what: string) => ('why' in example ? `${what}: skipped, because ${example.why}` : what);
    const test = 'why' in example ? it.skip : it;
    const story = () => stories.get(language) ?? Promise.reject(new Error('not told'));

    test(title('says that a person must decide, and exits with 4'), async () => {
      const { asked } = await story();
      expect(asked).toMatchObject({ code: 4, stdout: '' });
      expect(asked.stderr).toMatch(/^needs-decision: .*unknown outcome/m);
    });

    test(title('joins the training, decides, and prints the result'), async () => {
      const { decided, submissions } = await story();
      expect([decided.code, decided.code === 0 ? '' : decided.stderr]).toEqual([0, '']);
      expect(JSON.parse(decided.stdout)).toMatchObject({
        state: 'succeeded',
        trainingId: submissions[0]?.taskId,
        charge: 'charged',
      });
    });

    test(title('joins one that has ended: one charge for three starts'), async () => {
      const { decided, joined, submissions } = await story();
      expect([joined.code, joined.code === 0 ? '' : joined.stderr]).toEqual([0, '']);
      expect(JSON.parse(joined.stdout)).toEqual(JSON.parse(decided.stdout));
      expect(submissions).toHaveLength(1);
    });

    test(title('ends a malformed request with one clear failure'), async () => {
      const { malformed } = await story();
      expect(malformed.code).toBe(1);
      expect(malformed.stderr.trim().split('\n').at(-1)).toMatch(/^InvalidRequest: .*provider/);
      // The client of the package refuses it before anything is started.
      if (language !== 'typescript')
        expect(JSON.parse(malformed.stdout)).toMatchObject({ failure: { code: 'InvalidRequest' } });
    });
  });
});

async function tellStory(rig: Rig, language: string, example: Example): Promise<Story> {
  const id = `example-${language}-${String(Date.now())}`;
  // By its trigger word the ledger knows whose charge it is.
  const triggerWord = `EX-${language}`;
  const options = { gender: 'female', ethnicity: 'white', triggerWord } as const;
  const request = file(rig, `${language}.json`, await rig.request({ options }));
  const env = { ...rig.env, TEMPORAL_HTTP_URL: testHttpUrl() };
  const run = (...args: string[]) => runExample(example, args, env);
  const submissions = async () =>
    (await rig.ledger()).submissions.filter((submission) => submission.triggerWord === triggerWord);

  const asked = await run(id, request);
  const decision = { decision: 'adopt', trainingId: (await submissions())[0]?.taskId };
  const decided = await run('--decide', JSON.stringify(decision), id, request);
  const joined = await run(id, request);
  rig.remember(id);
  const malformed = await run(`${id}-malformed`, file(rig, `${language}-malformed.json`, { subject: 's-1' }));
  if (language !== 'typescript') rig.remember(`${id}-malformed`);
  return { asked, decided, joined, malformed, submissions: await submissions() };
}

function file(rig: Rig, name: string, content: unknown): string {
  const target = path.join(rig.home, name);
  writeFileSync(target, JSON.stringify(content));
  return target;
}
