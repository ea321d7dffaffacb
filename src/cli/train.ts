import { NoWorkerError, type Darkroom, type TrainRequest } from '../client';
import type { PhotoRef } from '../contract/photo';
import type { TrainStatus } from '../contract/status';
import { isEndState } from '../contract/state';
import { MAX_PHOTOS_PER_REQUEST } from '../contract/photo-limits';
import { customizationWarnings } from '../providers/tryiton/customization-warnings';
import type { Storage } from '../storage/port';
import { checkedId } from './checked-id';
import { collectPhotos } from './collect-photos';
import { EXIT } from './exit-code';
import { exitOfTraining } from './exit-of-training';
import { followTraining } from './follow-training';
import { importPhotos, type ImportedPhoto } from './import-photos';
import { InputError } from './input-error';
import { liveOutput, type LiveOutput } from './live-output';
import { withNamedReport } from './local-report';
import { namedVerdicts, withNames } from './named-verdicts';
import { shelfFrom } from '../storage-from';
import { temporalUiLink } from '../temporal-ui';
import { withDarkroom, type HomeOption } from './reach';
import { requestFrom, type RequestOptions } from './train-request';
import { photoReport, trainingJson, trainingReport } from './training-report';

interface TrainOptions extends HomeOption, RequestOptions {
  id?: string;
  detach?: true;
  json?: true;
}

/** `darkroom train`: takes the photos over, starts or joins the training, and stays with it to its end. */
export async function train(subject: string, places: string[], options: TrainOptions): Promise<void> {
  const id = checkedId(options.id);
  warn(requestFrom(subject, ['file:any'], options)); // what is wrong with the options is said before anything is copied
  const photos = await collectPhotos(places);
  if (photos.length > MAX_PHOTOS_PER_REQUEST) {
    throw new InputError(
      `${photos.length} files are more than one training takes (${MAX_PHOTOS_PER_REQUEST}); choose the photos that are meant`,
    );
  }
  await withDarkroom(options, async (darkroom, { photosDir, storeDir, storage, config, ui, access }) => {
    const imported = await importPhotos(photos, shelfFrom({ ...config, photosDir }));
    const request = requestFrom(subject, refsOf(imported), options);
    const started = await darkroom.train(request, id === null ? {} : { id });
    const output = liveOutput(options.json === true ? process.stderr : process.stdout);
    output.say(
      `${started.how === 'started' ? 'Started' : 'Joined'} ${started.id}${ui === null ? '' : `  ${temporalUiLink({ url: ui, namespace: access.namespace }, started.id)}`}`,
    );
    const isOver = started.how === 'joined' && (await hasEnded(darkroom, started.id));
    if (isOver)
      output.say(
        'It has ended before, as below; to train the same photos again and pay again, add --generation 2',
      );
    if (options.detach === true && !isOver) await reportDetached(darkroom, started.id, imported, options);
    else
      await followToTheEnd(darkroom, started.id, imported, {
        ...options,
        output,
        storeDir,
        storage,
        home: config.home,
      });
  });
}

/** Without a worker nobody can say; who follows the training waits for one. */
async function hasEnded(darkroom: Darkroom, id: string): Promise<boolean> {
  try {
    return isEndState((await darkroom.status(id)).state);
  } catch (error) {
    if (error instanceof NoWorkerError) return false;
    throw error;
  }
}

async function followToTheEnd(
  darkroom: Darkroom,
  id: string,
  imported: ImportedPhoto[],
  {
    json,
    output,
    storeDir,
    storage,
    home,
  }: TrainOptions & { output: LiveOutput; storeDir: string; storage: Storage },
) {
  const leave = () => {
    process.stderr.write(`\nThe training goes on without this terminal: darkroom watch ${id}\n`);
    process.exit(EXIT.stopped);
  };
  process.once('SIGINT', leave);
  const followed = await followTraining(darkroom, id, output);
  const status = withPhotoNames(
    await withNamedReport(followed, imported, { storeDir, storage, home }),
    imported,
  );
  process.off('SIGINT', leave);
  const lines =
    json === true
      ? [JSON.stringify(trainingJson(status, status.photos), null, 2)]
      : [...photoReport(status.photos), ...trainingReport(status)];
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = exitOfTraining(status);
}

async function reportDetached(
  darkroom: Darkroom,
  id: string,
  imported: ImportedPhoto[],
  { json }: TrainOptions,
) {
  if (json !== true) {
    const leftOut = photoReport(namedVerdicts(imported, []));
    process.stdout.write([...leftOut, `It goes on by itself: darkroom watch ${id}`, ''].join('\n'));
    return;
  }
  const status = withPhotoNames(await darkroom.status(id), imported);
  process.stdout.write(`${JSON.stringify(trainingJson(status, status.photos), null, 2)}\n`);
}

/** The user's own names in place of references, in the verdicts and in the sentence of a failure. */
function withPhotoNames(status: TrainStatus, imported: readonly ImportedPhoto[]): TrainStatus {
  const failure = status.failure && {
    ...status.failure,
    message: withNames(status.failure.message, imported, status.photos),
  };
  return { ...status, photos: namedVerdicts(imported, status.photos), failure };
}

function refsOf(imported: readonly ImportedPhoto[]): PhotoRef[] {
  const refs = imported.flatMap(({ ref }) => (ref === null ? [] : [ref]));
  if (refs.length === 0)
    throw new InputError(
      'None of the files can be read as a photo; check that they are pictures of at most 40 MB',
    );
  return refs;
}

function warn({ provider, options }: TrainRequest): void {
  if (provider !== 'tryiton') return;
  for (const warning of customizationWarnings(options.customizations ?? []))
    process.stderr.write(`darkroom: ${warning}\n`);
}
