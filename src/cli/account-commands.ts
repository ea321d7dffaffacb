import { Option, type Command } from '@commander-js/extra-typings';
import { SUMS_BY } from '../accounts/sum-ledger';
import { PROVIDERS } from '../contract/names';
import { home } from './home-option';

const provider = () =>
  new Option('--provider <name>', 'whose account').choices(PROVIDERS).default('apiframe' as const);

/** The commands below `darkroom account`. */
export function accountCommands(account: Command): void {
  const ofAccount = (name: string, description: string) =>
    account
      .command(name)
      .description(description)
      .exitOverride()
      .showHelpAfterError(false)
      .addOption(provider())
      .option('--account <name>', 'its name (default: APIFRAME_ACCOUNT or TRYITON_ACCOUNT)')
      .addOption(home());
  ofAccount('show', 'slots, who waits and why, credits of an account with limits')
    .option('--json', 'print the status as JSON')
    .action(async (options) => (await import('./account-show.js')).accountShow(options));
  ofAccount('reload', 'obey a changed accounts.yaml now instead of within a minute').action(async (options) =>
    (await import('./account-show.js')).accountReload(options),
  );
}

/** `darkroom credits` */
export function creditsCommand(credits: Command): void {
  credits
    .addOption(provider())
    .option('--account <name>', 'its name (default: APIFRAME_ACCOUNT or TRYITON_ACCOUNT)')
    .addOption(new Option('--by <what>', 'one line for each').choices(SUMS_BY).default('account' as const))
    .option('--from <day>', 'the first day, UTC (default: 30 days ago)')
    .option('--to <day>', 'the last day, UTC (default: today)')
    .addOption(
      new Option(
        '--csv',
        'print the ledger itself, a line for each reservation, charge and refund',
      ).conflicts('json'),
    )
    .option('--json', 'print the sums as JSON')
    .addOption(home())
    .action(async (options) => (await import('./credits.js')).credits(options));
}
