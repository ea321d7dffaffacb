import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { gatewayMetrics, workerMetrics } from '../../src/monitoring/metrics';
import { describeWhere } from '../support/required-or-skipped';
import { testFolder } from '../support/test-server';

const ROOT = path.join(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const DASHBOARD = 'deploy/monitoring/grafana-dashboard.json';
const ALERTS = 'deploy/monitoring/alerts.yml';

interface Dashboard {
  panels: { title: string; targets?: { expr: string }[] }[];
}
interface Alerts {
  groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[];
}

/** Each with what the text format adds to the names of histograms. */
const KNOWN = [workerMetrics().registry, gatewayMetrics(() => Promise.resolve([])).registry]
  .flatMap((registry) => registry.getMetricsAsArray())
  .map(({ name }) => name);
const namesIn = (text: string) => [
  ...new Set(
    [...text.matchAll(/\bdarkroom_[a-z_]+/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, '')),
  ),
];

describe('dashboard and alerts', () => {
  const dashboard = JSON.parse(read(DASHBOARD)) as Dashboard;
  const alerts = parse(read(ALERTS)) as Alerts;
  const rules = alerts.groups.flatMap((group) => group.rules);
  const expressions = [
    ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
    ...rules.map(({ expr }) => expr),
  ];

  it('ask for metrics that there are', () => {
    expect(expressions.length).toBeGreaterThan(15);
    for (const name of namesIn(expressions.join('\n'))) expect(KNOWN).toContain(name);
  });

  it('show every metric of ours', () => {
    const shown = namesIn(expressions.join('\n'));
    expect(KNOWN.filter((name) => !shown.includes(name))).toEqual([]);
  });

  it('are expressions whose brackets match', () => {
    for (const expr of expressions)
      for (const [open, close] of ['()', '{}', '[]'])
        expect([expr, expr.split(open ?? '').length]).toEqual([expr, expr.split(close ?? '').length]);
  });

  it('say what happened and what to do, and are in docs/operations.md', () => {
    const page = read('docs/operations.md');
    for (const { alert, annotations } of rules) {
      expect(annotations['summary']).toMatch(/\S/);
      expect(annotations['description']).toMatch(/\S/);
      expect(page).toContain(`\`${alert}\``);
    }
    for (const name of KNOWN) expect(page).toContain(`\`${name}\``);
  });
});

/** Prometheus' own tool: https://prometheus.io/docs/prometheus/latest/command-line/promtool/ */
const PROMTOOL = process.env['DARKROOM_TEST_PROMTOOL_PATH'] ?? 'promtool';
const promtool = (args: string[], input = '') => {
  const { status, stdout, stderr } = spawnSync(PROMTOOL, args, { input, encoding: 'utf8' });
  return { status, said: stdout + stderr };
};

describeWhere(
  spawnSync(PROMTOOL, ['--version']).status === 0
    ? null
    : 'promtool is not there (Debian package prometheus)',
  { title: 'to Prometheus itself', variable: 'DARKROOM_TEST_PROMTOOL' },
  () => {
    it('the alert rules are right', () => {
      const { status, said } = promtool(['check', 'rules', path.join(ROOT, ALERTS)]);
      expect([status, said]).toEqual([0, expect.stringContaining('SUCCESS: 8 rules found')]);
    });

    it('each expression of the dashboard is one', () => {
      const { panels } = JSON.parse(read(DASHBOARD)) as Dashboard;
      const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
      const rules = expressions.map((expr, index) => ({ record: `panel:${String(index)}`, expr }));
      const file = path.join(mkdtempSync(path.join(testFolder(), 'promtool-')), 'rules.json');
      writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }));
      const { status, said } = promtool(['check', 'rules', file]);
      expect([status, said]).toEqual([0, expect.stringContaining(`SUCCESS: ${String(rules.length)} rules`)]);
    });

    it('what is scraped is metrics as they should be', async () => {
      const texts = [workerMetrics(), gatewayMetrics(() => Promise.resolve([]))].map(({ registry }) =>
        registry.metrics(),
      );
      for (const text of await Promise.all(texts))
        expect(promtool(['check', 'metrics'], text)).toEqual({ status: 0, said: '' });
    });
  },
);
