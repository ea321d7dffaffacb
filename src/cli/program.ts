import { Argument, Command, Option } from '@commander-js/extra-typings';
import { APIFRAME_ETHNICITIES, APIFRAME_GENDERS } from '../contract/apiframe-words';
import { CROPS, GATES } from '../contract/gates';
import { TRYITON_BODIES } from '../contract/tryiton-words';
import { ACTIVE_STATES, END_STATES } from '../contract/state';
import { PROVIDERS, TASK_QUEUES } from '../contract/names';
import { accountCommands, creditsCommand } from './account-commands';
import { batchCommands } from './batch-commands';
import { DECISIONS } from './decisions';
import { home } from './home-option';
import { scheduleCommands } from './schedule-commands';
import { FAULT_ENDPOINTS, FAULT_KINDS } from '../sandbox/fault-words';
import { PROFILES } from '../sandbox/profiles';
import { VERSION } from '../version';

/** Every command with its options. What a command does stands in the file of its name. */
export function program(): Command {
  const darkroom = new Command('darkroom')
    .description("Turns a folder of someone's photos into a trained image model, paid for exactly once.")
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('(darkroom --help lists the commands, darkroom COMMAND --help its options)');
  const command = (name: string, description: string) =>
    darkroom.command(name).description(description).exitOverride().showHelpAfterError(false);

  command('demo', 'the whole story in a minute: own server, sandbox provider, drawn portraits')
    .addOption(new Option('--home <dir>', 'where the demo keeps everything').default('.darkroom/demo'))
    .option('--keep-open', 'leave the Temporal UI open at the end (usual in a terminal)')
    .option('--no-keep-open', 'stop at the end')
    .action(async (options) => (await import('./demo.js')).demo(options));

  command('dev', 'a Temporal server with its UI, the sandbox provider, a gateway and a worker; stays up')
    .addOption(home())
    .option('--port <port>', 'port of Temporal; 0 takes free ones for everything', '7233')
    .option('--ui-port <port>', "port of Temporal's UI (default: --port + 1000)")
    // A known port is one that any page in a browser on this machine may post to: Temporal asks nobody who they are.
    .option('--http-port <port>', "port of Temporal's HTTP API; 0 takes a free one", '0')
    .option('--gateway-port <port>', 'port for deliveries (default: 4020, or a free one with --port 0)')
    .option('--train-time <duration>', 'how long a training at the sandbox takes', '15s')
    .option('--faults <file>', 'let the sandbox misbehave: a file, or a profile of darkroom sandbox --help')
    .action(async (options) => (await import('./dev.js')).dev(options));

  command('worker', 'a worker for the server that TEMPORAL_ADDRESS names')
    .addOption(home())
    .addOption(new Option('--queues <list>', `task queues to serve (default: ${TASK_QUEUES.join(',')})`))
    .action(async (options) => (await import('./worker.js')).worker(options));

  command('gateway', 'takes the deliveries (webhooks) of providers, and has the HTTP API')
    .addOption(home())
    .option('--host <address>', 'address to listen on; only a container needs another', '127.0.0.1')
    .option('--port <port>', 'port to listen on; 0 takes a free one', '4020')
    .action(async (options) => (await import('./gateway.js')).gateway(options));

  command('api-key', 'make a key for the HTTP API of a gateway')
    .argument('<name>', 'whose it is, for logs and limits')
    .option('--scopes <list>', 'what it may do: start, read, decide', 'start,read')
    .option('--file <file>', 'where keys are kept (default: DARKROOM_API_KEYS_FILE)')
    .action(async (name, options) => (await import('./api-key.js')).apiKey(name, options));

  command('sandbox', "a provider that speaks APIFRAME's v1 API and charges nobody")
    .option('--host <address>', 'address to listen on; only a container needs another', '127.0.0.1')
    .option('--port <port>', 'port to listen on; 0 takes a free one', '4010')
    .option('--key <key>', 'the key that it accepts', 'sandbox-key')
    .option('--train-time <duration>', 'how long a training takes', '15s')
    .option('--upload-time <duration>', 'how long an upload is prepared', '2s')
    .option('--upload-ttl <duration>', 'how long a prepared upload can be used', '1h')
    .option('--credits <number>', 'credits on the account', '100000')
    .option('--max-in-flight <number>', 'refuse more trainings at a time with 429')
    .option('--ledger <file>', 'keep the ledger in a file')
    .addOption(repeatable('--fault <endpoint:kind[:times]>', 'script a fault; may be repeated'))
    .option('--faults <file>', 'script the faults of a file, or of a ready profile')
    .addHelpText('after', faultHelp)
    .action(async (options) => (await import('./sandbox.js')).sandbox(options));

  command('train', 'train a model from photos')
    .argument('<subject>', 'pseudonymous id of the person')
    .argument('<photos...>', 'photos, or folders of photos')
    .addOption(new Option('--provider <name>', 'who trains').choices(PROVIDERS).default('apiframe' as const))
    .addOption(new Option('--gender <gender>', 'apiframe: gender').choices(APIFRAME_GENDERS))
    .addOption(new Option('--ethnicity <ethnicity>', 'apiframe: ethnicity').choices(APIFRAME_ETHNICITIES))
    .option('--age <years>', 'apiframe: age')
    .option('--trigger-word <word>', 'apiframe: the word that stands for the person in prompts')
    .option('--model-id <id>', 'tryiton: the model that was bought for this training')
    .addOption(new Option('--body <body>', 'tryiton: body').choices(TRYITON_BODIES))
    .addOption(repeatable('--style <name>', 'tryiton: a style; may be repeated'))
    .addOption(repeatable('--uploaded-style <key@time>', 'tryiton: a style uploaded at that time'))
    .addOption(repeatable('--customization <feature>', 'tryiton: such as "thick beard"; may be repeated'))
    .option('--max-photos <number>', 'use the first so many good photos')
    .addOption(gate())
    .addOption(crop())
    .option('--deadline <duration>', 'end after this time, for example 6h')
    .option('--generation <number>', '2 or more: train the same photos again, and pay again')
    .option('--customer <id>', 'who it is for, a pseudonym: limits and the ledger of an account go by it')
    .option('--priority <number>', 'in the queue of an account: 1 goes first, 5 last, 3 by default')
    .option('--callback <url>', 'is told of the end, and of a decision that is needed, by a signed POST')
    .option('--id <key>', 'id of the training; the same id is the same training')
    .option('--detach', 'do not wait for the end')
    .option('--json', 'print one JSON object at the end')
    .addOption(home())
    .action(async (subject, photos, options) => (await import('./train.js')).train(subject, photos, options));

  batchCommands(command('batch', 'many trainings of one manifest (CSV or JSON Lines)'));
  scheduleCommands(command('schedule', 'batches that start by themselves, by the clock of Temporal'));

  accountCommands(command('account', 'an account with limits (accounts.yaml): slots, credits, who waits'));
  creditsCommand(command('credits', 'what trainings have cost, by the ledger of an account with limits'));

  command('list', 'trainings, newest first')
    .addOption(
      new Option('--state <state>', 'only those in this state').choices([...ACTIVE_STATES, ...END_STATES]),
    )
    .option('--subject <subject>', 'only those of this subject')
    .option('--limit <number>', 'at most so many', '50')
    .option('--json', 'print a JSON array')
    .addOption(home())
    .action(async (options) => (await import('./list.js')).list(options));

  command('show', 'one training: state, photos, credits')
    .argument('<id>')
    .option('--json', 'print the status as JSON')
    .addOption(home())
    .action(async (id, options) => (await import('./show.js')).show(id, options));

  command('watch', 'follow a training to its end')
    .argument('<id>')
    .option('--json', 'print one JSON object at the end')
    .addOption(home())
    .action(async (id, options) => (await import('./watch.js')).watch(id, options));

  command('cancel', 'cancel a training; what the provider has started may still be billed')
    .argument('<id>')
    .addOption(home())
    .action(async (id, options) => (await import('./cancel.js')).cancel(id, options));

  command('decide', 'answer a training whose submission has an unknown outcome')
    .argument('<id>')
    .addArgument(new Argument('<decision>', 'what to do').choices(DECISIONS))
    .argument('[training]', 'its id at the provider, for adopt')
    .option('--accept-second-charge', 'for retry: if the first submission has started, both are charged')
    .addOption(home())
    .action(async (id, decision, training, options) =>
      (await import('./decide.js')).decide(id, decision, training, options),
    );

  command('adopt', 'wait again for a training that the provider has started; submits nothing')
    .argument('<id>')
    .argument('<training>', 'its id at the provider')
    .addOption(home())
    .action(async (id, training, options) => (await import('./adopt.js')).adopt(id, training, options));

  command('normalize', 'photos to 640×640 JPEGs with verdicts.json and report.html; needs no Temporal')
    .argument('<photos...>', 'photos, or folders of photos')
    .requiredOption('--out <dir>', 'where the results go; only earlier results are replaced there')
    .addOption(gate())
    .addOption(crop())
    .option('--json', 'print verdicts.json as well')
    .action(async (photos, options) => (await import('./normalize.js')).normalize(photos, options));

  command('doctor', 'check Temporal, the store and the provider key, without spending')
    .option('--fix', 'register the search attributes that are missing')
    .addOption(
      new Option('--links', 'check nothing, print links to lists in the Temporal UI').conflicts('fix'),
    )
    .addOption(home())
    .action(async ({ links, ...options }) =>
      links === true
        ? (await import('./doctor-links.js')).doctorLinks(options)
        : (await import('./doctor.js')).doctor(options),
    );

  return darkroom;
}

function gate() {
  const names = `${GATES.join(', ')}, faces or all`;
  return repeatable('--gate <name=level>', `reject, warn or off for ${names}; may be repeated`);
}

function crop() {
  return new Option('--crop <what>', 'whole picture on white, or head and shoulders of the subject')
    .choices(CROPS)
    .default('whole' as const);
}

function repeatable<Flags extends string>(flags: Flags, description: string) {
  return new Option(flags, description)
    .argParser((value: string, earlier: string[] | undefined) => [...(earlier ?? []), value])
    .default([] as string[], 'none');
}

function faultHelp(): string {
  const kinds = Object.entries(FAULT_KINDS).map(([kind, what]) => `  ${kind.padEnd(16)} ${what}`);
  const profiles = Object.entries(PROFILES).map(([name, { what }]) => `  ${name.padEnd(16)} ${what}`);
  return `
Endpoints: ${FAULT_ENDPOINTS.join(', ')}.
Kinds of faults ("recorded" means that it has taken effect, and is charged where it costs):
${kinds.join('\n')}
Ready profiles for --faults:
${profiles.join('\n')}
Examples:  --fault train:reset-after · --fault fetch:error-before:5 · --fault train:error-after:status=503,nth=2
A file:    {"faults": [{"endpoint": "train", "kind": "reset-after", "nth": 2}],
            "random": [{"endpoint": "fetch", "seed": 7, "share": 0.2, "kinds": ["slow", "busy"]}]}
The ledger of charges: GET /sandbox/ledger. More faults while it runs: POST /sandbox/faults; none any more: DELETE.`;
}
