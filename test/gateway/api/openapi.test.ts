import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Gateway } from '../../../src/gateway/server';
import { createRig, type Rig } from '../../support/rig';
import { ask, startApi } from './api-rig';

interface Described {
  openapi: string;
  paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
}

describe('the description of the API', () => {
  let rig: Rig;
  let gateway: Gateway;
  beforeAll(async () => {
    rig = await createRig();
    gateway = await startApi(rig);
  });
  afterAll(async () => {
    await gateway.close();
    await rig.close();
  });
  const described = async () => (await ask(`${gateway.url}/openapi.json`)).body as unknown as Described;

  it('has every address of the documentation, and no other', async () => {
    const { openapi, paths } = await described();
    expect(openapi).toBe('3.1.0');
    const listed = Object.entries(paths).flatMap(([address, methods]) =>
      Object.keys(methods).map(
        (method) =>
          `${method.toUpperCase()} ${address.replaceAll(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase())}`,
      ),
    );
    const docs = readFileSync(path.join(__dirname, '../../../docs/api.md'), 'utf8');
    const documented = [...docs.matchAll(/^\| `(\w+ \/v1[^?`]*)[?`]/gm)].map(([, request]) => request);
    expect(listed.sort()).toEqual(documented.sort());
  });

  it('says of every request what else may be answered', async () => {
    const { paths } = await described();
    for (const methods of Object.values(paths))
      for (const { responses } of Object.values(methods))
        expect(Object.keys(responses)).toEqual(
          expect.arrayContaining(['400', '401', '403', '429', '500', '503']),
        );
  });

  it('is a page as well, with nothing from elsewhere', async () => {
    const page = await fetch(`${gateway.url}/docs`);
    expect(page.status).toBe(200);
    const html = await page.text();
    expect([...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)).not.toContainEqual(
      expect.stringMatching(/^https?:|^\/\//),
    );
  });
});
