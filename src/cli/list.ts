import type { TrainingState } from '../contract/state';
import { subjectSchema } from '../contract/request-schema';
import { InputError } from './input-error';
import { withDarkroom, type HomeOption } from './reach';
import { countOption } from './read-option';
import { textTable } from './text-table';

interface ListOptions extends HomeOption {
  state?: TrainingState;
  subject?: string;
  limit: string;
  json?: true;
}

/** `darkroom list` */
export async function list({ state, subject, limit, json, ...options }: ListOptions): Promise<void> {
  const filter = {
    ...(state !== undefined && { state }),
    ...(subject !== undefined && { subject }),
    limit: countOption('--limit', limit, { min: 1, max: 10_000 }),
  };
  if (subject !== undefined && !subjectSchema.safeParse(subject).success) {
    throw new InputError(
      `--subject expects a pseudonymous id of letters, digits, ".", "_" or "-", received "${subject}"`,
    );
  }
  await withDarkroom(options, async (darkroom) => {
    const trainings = await darkroom.list(filter);
    if (json === true) {
      process.stdout.write(`${JSON.stringify(trainings, null, 2)}\n`);
      return;
    }
    if (trainings.length === 0) process.stdout.write('No trainings.\n');
    const rows = trainings.map((one) => [
      one.state === 'training' && one.percent !== null ? `training ${one.percent} %` : one.state,
      one.subject,
      one.provider,
      `${one.startedAt.toISOString().slice(0, 19)}Z`,
      one.id,
    ]);
    for (const row of textTable(rows)) process.stdout.write(`${row}\n`);
  });
}
