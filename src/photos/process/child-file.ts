import path from 'node:path';

/** The program of a photo process, as it is built. */
export const PHOTO_PROCESS_FILE = path.join(__dirname, 'child.js');
