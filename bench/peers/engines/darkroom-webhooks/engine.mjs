import { createRequire } from 'node:module';
import { startDarkroom } from '../darkroom/start-darkroom.mjs';

const require = createRequire(import.meta.url);

/** @type {import('../engine.mjs').Engine} */
export const engine = {
  title: 'Darkroom, webhooks',
  versions: () => `Darkroom ${require('../../../../package.json').version}`,
  start: (surroundings) => startDarkroom(surroundings, { withWebhooks: true }),
};
