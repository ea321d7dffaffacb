import { createRequire } from 'node:module';
import { startDarkroom } from './start-darkroom.mjs';

const require = createRequire(import.meta.url);

/** @type {import('../engine.mjs').Engine} */
export const engine = {
  title: 'Darkroom',
  versions: () => `Darkroom ${require('../../../../package.json').version}`,
  start: (surroundings) => startDarkroom(surroundings, { withWebhooks: false }),
};
