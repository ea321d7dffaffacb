import path from 'node:path';

/** Made by `npm run build`; tests bundle nothing themselves. */
export const BUNDLE_PATH = path.join(__dirname, '../../dist/workflow-bundle.js');
