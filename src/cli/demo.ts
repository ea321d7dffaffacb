import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { colors as pc } from './colors';
import { connect } from '../client';
import { drawPortraits } from '../demo-portraits';
import { accessTo } from '../temporal-connection';
import { collectPhotos, type PhotoFile } from './collect-photos';
import { EXIT } from './exit-code';
import { exitOfTraining } from './exit-of-training';
import { followTraining } from './follow-training';
import { importPhotos } from './import-photos';
import { liveOutput } from './live-output';
import { startLocalStack, type LocalStack } from './local-stack';
import { withNamedReport } from './local-report';
import { namedVerdicts } from './named-verdicts';
import { folderShelf } from '../storage/photo-shelf';
import { temporalUiLink } from '../temporal-ui';
import { aborted, stopSignal } from './stop-signal';
import { photoReport, trainingReport } from './training-report';

const SUBJECT = 's-demo';
const TRAIN_MS = 15_000;

/** `darkroom demo`: from nothing to a trained model, with nothing to install, no account and nothing to pay. */
export async function demo({ home, keepOpen }: { home: string; keepOpen?: boolean }): Promise<void> {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const controller = new AbortController();
  const signal = AbortSignal.any([stopSignal(), controller.signal]);
  say(pc.bold('Darkroom demo: photos of a person become a trained model, paid for once.'));
  const stack = await startLocalStack({
    home,
    port: 0,
    uiPort: 0,
    httpPort: 0,
    gatewayPort: 0,
    trainMs: TRAIN_MS,
    say,
    signal,
  });
  try {
    const photos = await drawnPhotos(path.join(home, 'portraits'));
    say(
      `${photos.length} portraits drawn into ${path.join(home, 'portraits')}; Temporal UI ${stack.dev.ui}\n`,
    );
    const training = trainAndReport(stack, photos, say).then(() => 'trained' as const);
    const end = await Promise.race([training, aborted(signal).then(() => 'stopped' as const)]);
    if (end === 'stopped') {
      say(`Stopping. The training is kept: darkroom dev --home ${home} goes on with it.`);
      await stack.worker.finally(() => stack.stop());
      process.exit(EXIT.stopped); // what follows the training would go on looking for it
    }
    if (keepOpen ?? process.stdout.isTTY) {
      say(pc.dim('The UI stays open. Ctrl-C stops it.'));
      await aborted(signal);
    } else {
      say(`The UI is closed now; darkroom dev --home ${home} opens it again, with this training in it.`);
    }
  } finally {
    controller.abort();
    await stack.worker;
    await stack.stop();
  }
}

async function drawnPhotos(folder: string): Promise<PhotoFile[]> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const { name, bytes } of await drawPortraits()) await writeFile(path.join(folder, name), bytes);
  return collectPhotos([folder]);
}

async function trainAndReport(
  { dev }: LocalStack,
  photos: PhotoFile[],
  say: (line: string) => void,
): Promise<void> {
  const darkroom = await connect(accessTo(dev.temporal, dev.namespace));
  try {
    const imported = await importPhotos(photos, folderShelf(dev.photos));
    const { id } = await darkroom.train(
      {
        subject: SUBJECT,
        photos: imported.flatMap(({ ref }) => (ref === null ? [] : [ref])),
        provider: 'apiframe',
        options: { gender: 'female', ethnicity: 'latino' },
        // The portraits are the same each time, and the same photos are not trained twice unless that is said.
        generation: (await darkroom.list({ subject: SUBJECT, limit: 100_000 })).length + 1,
      },
      // Each demo is a training of its own; the same id would join the one of the demo before.
      { id: `demo-${new Date().toISOString().replace(/[^0-9]/g, '')}` },
    );
    const followed = await followTraining(darkroom, id, liveOutput(process.stdout));
    const status = await withNamedReport(followed, imported, { storeDir: dev.store, home: dev.home });
    say('');
    for (const line of [...photoReport(namedVerdicts(imported, status.photos)), ...trainingReport(status)])
      say(line);
    say(`  this run      ${temporalUiLink({ url: dev.ui, namespace: dev.namespace }, id)}`);
    process.exitCode = exitOfTraining(status);
  } finally {
    await darkroom.close();
  }
}
