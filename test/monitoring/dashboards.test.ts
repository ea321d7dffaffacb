import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { gatewayMetrics, workerMetrics } from '../../src/monitoring/metrics';

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
