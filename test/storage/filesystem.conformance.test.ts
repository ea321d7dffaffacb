import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { filesystemStorage } from '../../src/storage/filesystem';
import { describeStorage } from './describe-storage';

const root = mkdtempSync(path.join(tmpdir(), 'darkroom-conformance-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describeStorage('the store in a folder', () =>
  Promise.resolve({ storage: filesystemStorage(root), again: () => filesystemStorage(root) }),
);
