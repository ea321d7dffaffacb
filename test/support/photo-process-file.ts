import path from 'node:path';

/** The built one: a process of its own cannot run TypeScript. */
export const PHOTO_PROCESS_FILE = path.join(__dirname, '../../dist/photos/process/child.js');
