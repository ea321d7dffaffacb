import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { FAILURE_CODES } from '../../src/contract/failure-code';
import { contractSchemas } from '../../src/contract/json-schemas';
import {
  ACCOUNT_QUERY,
  ACCOUNT_SIGNAL,
  ACCOUNT_WORKFLOW,
  BATCH_QUERY,
  BATCH_ROWS_QUERY,
  CALL_BACK_WORKFLOW,
  DECIDE_UPDATE,
  EVIDENCE_SIGNAL,
  NUDGE_SIGNAL,
  PLACE_SIGNAL,
  PROGRESS_SIGNAL,
  ROW_SIGNAL,
  SEARCH_ATTRIBUTES,
  STATUS_QUERY,
  STEER_UPDATE,
  TRAINING_TASK_QUEUE,
  TRAIN_BATCH_WORKFLOW,
  TRAIN_PERSON_WORKFLOW,
} from '../../src/contract/names';
import { ACTIVE_STATES, END_STATES } from '../../src/contract/state';

const ROOT = path.join(__dirname, '../..');
const PAGE = readFileSync(path.join(ROOT, 'docs/contract.md'), 'utf8');

function section(title: string): string {
  return PAGE.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
}

/** The cells of the rows of a section's tables, without their heads. */
function rows(title: string): string[][] {
  const lines = section(title).split('\n');
  return lines
    .filter((line, at) => line.startsWith('|') && !/^\| -/.test(line) && !/^\| -/.test(lines[at + 1] ?? ''))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const named = (cell = ''): string[] => [...cell.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name);

describe('docs/contract.md', () => {
  it('names what crosses processes as the code does, no more and no less', () => {
    const table = rows('Names')
      .filter(([what]) => !what?.includes('schema'))
      .map(([what = '', name]) => `${what} ${named(name).join()}`);
    expect(table.sort()).toEqual(
      [
        `workflow type ${TRAIN_PERSON_WORKFLOW}`,
        `task queue ${TRAINING_TASK_QUEUE}`,
        `query ${STATUS_QUERY}`,
        `update ${DECIDE_UPDATE}`,
        `signal ${NUDGE_SIGNAL}`,
        `signal ${EVIDENCE_SIGNAL}`,
        `signal, of the workers ${PROGRESS_SIGNAL}`,
        `workflow type, of the workers ${CALL_BACK_WORKFLOW}`,
        `workflow type ${TRAIN_BATCH_WORKFLOW}`,
        `query of a batch ${BATCH_QUERY}`,
        `query of a batch ${BATCH_ROWS_QUERY}`,
        `update of a batch ${STEER_UPDATE}`,
        `signal of a batch ${ROW_SIGNAL}`,
        `workflow type, of the workers ${ACCOUNT_WORKFLOW}`,
        `query of an account ${ACCOUNT_QUERY}`,
        `signal of an account ${ACCOUNT_SIGNAL}`,
        `signal, of the workers ${PLACE_SIGNAL}`,
        ...Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => `search attribute, ${type} ${name}`),
      ].sort(),
    );
  });

  it('names each schema that the package ships', () => {
    const schemas = [...PAGE.matchAll(/^\| `darkroom\/schema\/([\w-]+)\.json`/gm)].map(([, name]) => name);
    expect(schemas.sort()).toEqual(Object.keys(contractSchemas()).sort());
  });

  it('says of every state what a caller does', () => {
    const states = rows('States').flatMap(([state]) => named(state));
    expect(states.sort()).toEqual([...ACTIVE_STATES, ...END_STATES].sort());
  });

  it('has every failure once', () => {
    const codes = rows('Failures').flatMap(([, codesOfRow]) => named(codesOfRow));
    expect(codes.sort()).toEqual([...FAILURE_CODES].sort());
  });
});

describe('a sample request', () => {
  // By the schema that the package ships, as a service in another language would check it.
  const schema = z.fromJSONSchema(
    contractSchemas()['train-request'] as Parameters<typeof z.fromJSONSchema>[0],
  );
  const samples: [string, string][] = [
    ...requestFiles().map((name): [string, string] => [name, readFileSync(path.join(ROOT, name), 'utf8')]),
    ...['docs/contract.md', 'examples/README.md'].flatMap((page) =>
      [...readFileSync(path.join(ROOT, page), 'utf8').matchAll(/```json\n([\s\S]*?)```/g)].map(
        ([, block = '']): [string, string] => [page, block],
      ),
    ),
  ];

  it('is there', () => {
    expect(samples.map(([where]) => where)).toEqual(['examples/request.json', 'docs/contract.md']);
  });

  it.each(samples)('of %s fits the schema', (_where, text) => {
    const request: unknown = JSON.parse(text);
    expect(schema.safeParse(request).error?.issues ?? []).toEqual([]);
    expect(schema.safeParse({ ...(request as object), color: 'red' }).success).toBe(false);
  });
});

function requestFiles(): string[] {
  return readdirSync(path.join(ROOT, 'examples'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => `examples/${name}`);
}
