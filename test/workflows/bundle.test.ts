import { readFileSync, statSync } from 'node:fs';
import * as workflows from '../../src/workflows';
import { BUNDLE_PATH } from '../support/bundle-path';

describe('the workflow bundle', () => {
  it('offers the workflows that other services may start, and those that watch, call back and keep an account', () => {
    expect(Object.keys(workflows)).toEqual([
      'account',
      'callBack',
      'trainBatch',
      'trainPerson',
      'watchAccount',
    ]);
  });

  it('holds no zod: it would cost about 1 MB of memory for each cached training', () => {
    const code = readFileSync(BUNDLE_PATH, 'utf8');
    expect(code).toContain('trainPerson');
    expect(code).not.toContain('node_modules/zod');
    expect(code).not.toMatch(/node_modules\/(sharp|undici|fastify)/);
    expect(statSync(BUNDLE_PATH).size).toBeLessThan(2.5 * 1024 * 1024);
  });
});
