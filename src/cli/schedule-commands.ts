import { Option, type Command, type OptionValues } from '@commander-js/extra-typings';
import { APIFRAME_ETHNICITIES, APIFRAME_GENDERS } from '../contract/apiframe-words';
import { OVERLAPS } from '../contract/schedule';
import { home } from './home-option';

/** The commands below `darkroom schedule`. */
export function scheduleCommands(schedule: Command): void {
  const ofSchedule = (name: string, description: string) =>
    schedule.command(name).description(description).exitOverride().showHelpAfterError(false);
  const ofOne = (name: string, description: string) =>
    ofSchedule(name, description).argument('<name>').addOption(home());
  planned(ofOne('create', 'start a batch again and again, by the clock'))
    .option('--paused', 'start nothing before it is resumed')
    .option('--note <text>', 'why, for whoever looks at it')
    .action(async (name, options) => (await import('./schedule-create.js')).scheduleCreate(name, options));
  planned(ofOne('update', 'change what is named, and leave the rest as it is'))
    .option('--no-pause-on-failure', 'go on where rows did not succeed')
    .option('--no-budget', 'as much as its accounts have')
    .option('--no-partial', 'start nothing where there is not money for all')
    .action(async (name, options) => (await import('./schedule-create.js')).scheduleUpdate(name, options));
  ofSchedule('list', 'all schedules')
    .option('--json', 'print a JSON array')
    .addOption(home())
    .action(async (options) => (await import('./schedule-show.js')).scheduleList(options));
  ofOne('show', 'one schedule: its next ten times, and its last ten batches with what became of them')
    .option('--json', 'print it as JSON')
    .action(async (name, options) => (await import('./schedule-show.js')).scheduleShow(name, options));
  for (const [word, description] of [
    ['pause', 'start nothing more; what is under way goes on'],
    ['resume', 'go on'],
  ] as const)
    ofOne(word, description)
      .option('--note <text>', 'why, for whoever looks at it')
      .action(async (name, options) =>
        (await import('./schedule-steer.js')).scheduleSteer(name, word, options),
      );
  ofOne('trigger', 'start a batch now')
    .option('--json', 'print its id as JSON')
    .action(async (name, options) => (await import('./schedule-steer.js')).scheduleTrigger(name, options));
  ofOne('backfill', 'start what should have been started between two times, one after the other')
    .requiredOption('--from <time>', 'such as 2026-11-01 (midnight UTC) or 2026-11-01T02:00:00Z')
    .requiredOption('--to <time>', 'the same; both ends count')
    .addOption(new Option('--overlap <policy>', 'instead of one after the other').choices(OVERLAPS))
    .action(async (name, options) => (await import('./schedule-steer.js')).scheduleBackfill(name, options));
  ofOne('delete', 'start nothing more, and forget it; what is under way goes on').action(
    async (name, options) => (await import('./schedule-steer.js')).scheduleDelete(name, options),
  );
}

function planned<Args extends unknown[], Opts extends OptionValues>(command: Command<Args, Opts>) {
  return command
    .option('--manifest <file>', 'train the rows of a manifest, as darkroom batch run does')
    .option(
      '--every-folder <place>',
      'train each folder below it that has no training yet: file:people (of the photos folder of the workers) or s3://bucket/people',
    )
    .addOption(new Option('--gender <gender>', 'with --every-folder').choices(APIFRAME_GENDERS))
    .addOption(new Option('--ethnicity <ethnicity>', 'with --every-folder').choices(APIFRAME_ETHNICITIES))
    .option('--request <file>', 'with --every-folder: JSON, a request without subject and photos')
    .option('--cron <line>', 'when, such as "0 2 * * mon-fri"; may be repeated', collected)
    .option('--every <interval>', 'when, such as 6h, or 6h/30m for half past; may be repeated', collected)
    .option('--calendar <fields>', 'when, such as "hour=2 dayOfMonth=1"; may be repeated', collected)
    .option('--timezone <zone>', 'of --cron and --calendar, such as Europe/Berlin (default: UTC)')
    .addOption(
      new Option('--overlap <policy>', 'where an earlier batch still runs (default: skip)').choices(OVERLAPS),
    )
    .option('--catch-up <duration>', 'make up for what was missed up to so long ago (default: 1h)')
    .option('--jitter <duration>', 'start up to so much later, at random (default: at once)')
    .option('--in-flight <number>', 'so many trainings at once, at most (default: 10)')
    .option('--budget <credits>', 'what one batch may cost (default: what its accounts have)')
    .option('--partial', 'leave out rows for which there is no money, instead of starting nothing')
    .option('--pause-on-failure', 'pause when a row did not succeed');
}

function collected(value: string, earlier: string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}
