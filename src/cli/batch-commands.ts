import { Option, type Command } from '@commander-js/extra-typings';
import { REPORT_FORMATS } from '../batches/report/report-format';
import { ROW_STATES } from '../contract/batch';
import { home } from './home-option';

/** The commands below `darkroom batch`. */
export function batchCommands(batch: Command): void {
  const ofBatch = (name: string, description: string) =>
    batch.command(name).description(description).exitOverride().showHelpAfterError(false);
  ofBatch('run', 'train every row of a manifest, once; those that are not right are named and left out')
    .argument('<file>', 'manifest: subject, photos (a folder beside it, or references), options')
    .option(
      '--id <key>',
      'id of the batch (default: from the rows, so that the same manifest is the same batch)',
    )
    .option('--in-flight <number>', 'so many trainings at once, at most', '10')
    .option(
      '--budget <credits>',
      'start nothing if the rows may need more (default: what their accounts have)',
    )
    .option('--partial', 'leave out the rows for which there is no money, instead of starting nothing')
    .option('--detach', 'do not wait for the end')
    .addOption(home())
    .action(async (file, options) => (await import('./batch-run.js')).batchRun(file, options));
  ofBatch('check', 'problems, verdicts on photos, credits needed; starts nothing, and needs no Temporal')
    .argument('<file>', 'manifest')
    .option('--budget <credits>', 'what the batch may cost, as for run')
    .option('--json', 'print rows, problems, sums and budget as JSON')
    .addOption(home())
    .action(async (file, options) => (await import('./batch-check.js')).batchCheck(file, options));
  ofBatch('show', 'how many rows are where, and what they have cost')
    .argument('<id>')
    .option('--rows', 'also each row: number, subject, state, credits, id of its training')
    .addOption(new Option('--state <state>', 'the rows in this state').choices(ROW_STATES))
    .option('--json', 'print it as JSON')
    .addOption(home())
    .action(async (id, options) => (await import('./batch-show.js')).batchShow(id, options));
  ofBatch('report', 'what became of each row, what it has cost and how long it took')
    .argument('<id>')
    .addOption(
      new Option('--format <format>', 'json, csv or html (default: as --out ends, or json)').choices(
        REPORT_FORMATS,
      ),
    )
    .option('--out <file>', 'write it there instead of to the terminal')
    .addOption(home())
    .action(async (id, options) => (await import('./batch-report.js')).batchReport(id, options));
  ofBatch('watch', 'follow a batch to its end')
    .argument('<id>')
    .addOption(home())
    .action(async (id, options) => (await import('./batch-steer.js')).batchWatch(id, options));
  for (const [word, description] of [
    ['pause', 'start no more rows; what is under way goes on'],
    ['resume', 'go on'],
  ] as const)
    ofBatch(word, description)
      .argument('<id>')
      .addOption(home())
      .action(async (id, options) =>
        (await import('./batch-steer.js')).batchSteer(id, { do: word }, options),
      );
  ofBatch('cancel', 'start no more rows, and cancel those that are under way; with --row those alone')
    .argument('<id>')
    .addOption(rows('cancel this row of the manifest alone; may be repeated'))
    .addOption(home())
    .action(async (id, options) => (await import('./batch-steer.js')).batchCancel(id, options));
  ofBatch('retry', 'start rows over that failed or were canceled, if no training was charged')
    .argument('<id>')
    .addOption(rows('retry this row of the manifest alone; may be repeated'))
    .option('--budget <credits>', 'what the whole batch may cost from now on (default: as before)')
    .addOption(home())
    .action(async (id, options) => (await import('./batch-retry.js')).batchRetry(id, options));
}

function rows(description: string) {
  return new Option('--row <number>', description)
    .argParser((value: string, earlier: string[] | undefined) => [...(earlier ?? []), value])
    .default([] as string[], 'all');
}
