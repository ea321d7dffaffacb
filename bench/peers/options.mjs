import { parseArgs } from 'node:util';
import { engineNames } from './engines/engine.mjs';

export const HELP = `node main.mjs [options]

  --engines A,B     which ones, of ${engineNames().join(', ')}; all by default
  --trainings N     how many wait at once (1000)
  --train-s S       how long the provider takes for each (180)
  --spread-s S      and the most that it takes longer, evenly spread (as --every-s): without it all would end
                    just before a look, and a look every 5 s would seem to see ends at once
  --every-s S       how often each is to be looked at (5)
  --window-s S      how long the waiting is measured (60)
  --runs N          of each engine, of which the median counts (3)
  --in-flight N     how many are being started at once (32)
  --charges         count charges instead: the worker killed, and the answer lost
  --charges-s S     how long after the fault the charges are counted (90)
  --out FILE        everything that was measured, as JSON
`;

/** @typedef {ReturnType<typeof readOptions>} Options */

/** @param {readonly string[]} args */
export function readOptions(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      engines: { type: 'string', default: engineNames().join(',') },
      trainings: { type: 'string', default: '1000' },
      'train-s': { type: 'string', default: '180' },
      'spread-s': { type: 'string' },
      'every-s': { type: 'string', default: '5' },
      'window-s': { type: 'string', default: '60' },
      runs: { type: 'string', default: '3' },
      'in-flight': { type: 'string', default: '32' },
      charges: { type: 'boolean', default: false },
      'charges-s': { type: 'string', default: '90' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    engines: values.engines.split(','),
    trainings: positive('trainings', values.trainings),
    trainS: positive('train-s', values['train-s']),
    spreadS: atLeast0('spread-s', values['spread-s'] ?? values['every-s']),
    everyS: positive('every-s', values['every-s']),
    windowS: positive('window-s', values['window-s']),
    runs: positive('runs', values.runs),
    inFlight: positive('in-flight', values['in-flight']),
    charges: values.charges,
    chargesS: positive('charges-s', values['charges-s']),
    out: values.out ?? null,
    help: values.help,
  };
}

/**
 * @param {string} name
 * @param {string} text
 */
function positive(name, text) {
  const value = atLeast0(name, text);
  if (value === 0) throw new Error(`--${name} must be a number above 0, not ${text}`);
  return value;
}

/**
 * @param {string} name
 * @param {string} text
 */
function atLeast0(name, text) {
  const value = Number(text);
  if (!(value >= 0)) throw new Error(`--${name} must be a number, not ${text}`);
  return value;
}
