import { readFile } from 'node:fs/promises';
import type { FolderRule } from '../contract/batch';
import { folderRuleSchema } from '../contract/folder-rule-schema';
import type { Overlap, ScheduleSettings, ScheduleTimes } from '../contract/schedule';
import { errorMessage } from '../error-facts';
import { InputError } from './input-error';
import { meansFrom } from './means-option';
import { countOption, durationOption } from './read-option';

/** What the command line says of a schedule; all of it may be left out. */
export interface ScheduleOptions {
  manifest?: string;
  everyFolder?: string;
  gender?: string;
  ethnicity?: string;
  request?: string;
  cron?: string[];
  every?: string[];
  calendar?: string[];
  timezone?: string;
  overlap?: Overlap;
  catchUp?: string;
  jitter?: string;
  inFlight?: string;
  budget?: string | boolean;
  partial?: boolean;
  pauseOnFailure?: boolean;
}

/** Null where none are named. */
export function timesFrom({ cron, every, calendar }: ScheduleOptions): ScheduleTimes | null {
  if (cron === undefined && every === undefined && calendar === undefined) return null;
  return {
    ...(cron && { cron }),
    ...(every && { every }),
    ...(calendar && { calendar: calendar.map(fieldsFrom) }),
  };
}

function fieldsFrom(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .trim()
      .split(/\s+/)
      .map((pair) => {
        const [, name = '', value = ''] = /^(\w+)=(\S+)$/.exec(pair) ?? [];
        if (name === '')
          throw new InputError(
            `--calendar expects fields such as "hour=2 minute=30 dayOfWeek=mon-fri", received "${text}"`,
          );
        return [name, value];
      }),
  );
}

export function settingsFrom(options: ScheduleOptions): ScheduleSettings {
  const { timezone, overlap, catchUp, jitter, inFlight, pauseOnFailure } = options;
  return {
    timezone,
    overlap,
    pauseOnFailure,
    ...(catchUp !== undefined && { catchUpMs: durationOption('--catch-up', catchUp) }),
    ...(jitter !== undefined && { jitterMs: durationOption('--jitter', jitter) }),
    ...meansOf(options),
    ...(inFlight !== undefined && { inFlight: countOption('--in-flight', inFlight, { min: 1, max: 1000 }) }),
  };
}

/** Only an update takes something back. */
function meansOf({
  budget,
  partial,
}: ScheduleOptions): Pick<ScheduleSettings, 'budgetCredits' | 'beyondMeans'> {
  return {
    ...meansFrom({
      budget: typeof budget === 'string' ? budget : undefined,
      partial: partial === true ? partial : undefined,
    }),
    ...(budget === false && { budgetCredits: null }),
    ...(partial === false && { beyondMeans: 'refuse' as const }),
  };
}

/** Null where nothing is said of folders. @throws InputError */
export async function ruleFrom(options: ScheduleOptions): Promise<FolderRule | null> {
  const { everyFolder, manifest, gender, ethnicity, request } = options;
  if (everyFolder === undefined) {
    const alone = Object.entries({ gender, ethnicity, request }).find(([, value]) => value !== undefined);
    if (alone !== undefined) throw new InputError(`--${alone[0]} needs --every-folder`);
    return null;
  }
  if (manifest !== undefined)
    throw new InputError('--manifest and --every-folder are two kinds of batches; name one of them');
  const given = request === undefined ? {} : await jsonFrom(request);
  const asked = { ...(gender !== undefined && { gender }), ...(ethnicity !== undefined && { ethnicity }) };
  const rule = folderRuleSchema.safeParse({
    under: everyFolder,
    request: {
      provider: 'apiframe',
      ...given,
      options: { ...(given.options as object | undefined), ...asked },
    },
  });
  if (rule.success) return rule.data;
  const [issue] = rule.error.issues;
  throw new InputError(
    `--every-folder: ${issue?.path.join('.') ?? 'request'}: ${issue?.message ?? 'is not right'} (see --gender, --ethnicity and --request)`,
  );
}

async function jsonFrom(file: string): Promise<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch (error) {
    throw new InputError(`--request ${file} cannot be read as JSON (${errorMessage(error)}); mend the file`);
  }
  throw new InputError(`--request ${file} holds no JSON object; write a request without subject and photos`);
}
