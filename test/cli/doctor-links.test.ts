import { savedViews } from '../../src/cli/saved-views';
import { createRig, type Rig } from '../support/rig';
import { runCli } from '../support/run-cli';

const NOW_MS = Date.UTC(2026, 9, 2, 14, 5);
const queryOf = (name: string) => savedViews(NOW_MS).find((view) => view.name === name)?.query;

describe('darkroom doctor --links', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig();
  });
  afterAll(() => rig.close());

  it('Temporal understands every query', async () => {
    for (const { query } of savedViews(NOW_MS))
      expect((await rig.client.workflow.count(query)).count).toBeGreaterThanOrEqual(0);
  });

  it('lists what an operator looks for', () => {
    expect(queryOf('needs a decision')).toBe(
      '`WorkflowType`="trainPerson" AND `ExecutionStatus`="Running" AND `DarkroomState`="needs-decision"',
    );
    expect(queryOf('stuck: no answer')).toContain('`DarkroomTrouble`="no-answer"');
    expect(queryOf('failed since 2026-10-02, UTC')).toContain('`CloseTime`>="2026-10-02T00:00:00Z"');
    expect(queryOf('running at tryiton')).toContain('`DarkroomProvider`="tryiton"');
  });

  it('prints them as links that survive being copied, for the UI and the namespace at hand', async () => {
    const env = { ...rig.env, DARKROOM_UI_URL: 'https://temporal.example/ui/' };
    const { code, stdout } = await runCli(['doctor', '--links', '--home', rig.home], { env });
    expect(code).toBe(0);
    const urls = [...stdout.matchAll(/https:\S+/g)].map(([url]) => new URL(url));
    const views = savedViews(Date.now());
    expect(urls.map(({ searchParams }) => searchParams.get('query'))).toEqual(
      views.map(({ query }) => query),
    );
    for (const { origin, pathname } of urls) {
      expect(origin).toBe('https://temporal.example');
      expect(pathname).toBe(`/ui/namespaces/${rig.access.namespace}/workflows`);
    }
  });

  it('says what is missing where the UI is not known, and what an address is', async () => {
    const unknown = await runCli(['doctor', '--links', '--home', rig.home], { env: rig.env });
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toContain('The address of the Temporal UI is not known; set DARKROOM_UI_URL');
    const env = { ...rig.env, DARKROOM_UI_URL: 'localhost:8080' };
    const wrong = await runCli(['doctor', '--links', '--home', rig.home], { env });
    expect(wrong.stderr).toContain(
      'DARKROOM_UI_URL: expected an http or https URL, received "localhost:8080"',
    );
  });
});
