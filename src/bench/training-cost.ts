import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { TrainRequest } from '../client';
import { sharp } from '../photos/decoder';
import { benchPhotos } from './bench-photos';
import { startBenchStack, type BenchStack } from './bench-stack';
import type { Figure } from './figures';

const WAITING = 100;

/** One whole training, and the memory of a worker with none and with a hundred waiting. */
export async function trainingFigures(folder: string, say: (line: string) => void): Promise<Figure[]> {
  return [
    ...(await oneTraining(path.join(folder, 'one'), say)),
    ...(await manyWaiting(path.join(folder, 'many'), say)),
  ];
}

/** Polled as a real provider would be: the first time after 15 s. */
async function oneTraining(folder: string, say: (line: string) => void): Promise<Figure[]> {
  const stack = await startBenchStack(folder, 10_000, say);
  try {
    const photos = writePhotos(stack, 'large', await benchPhotos(20));
    say('Training from 20 photos of 12 MP');
    const startedMs = Date.now();
    await start(stack, 'one', photos);
    const [submission] = await submissions(stack, 1);
    await stack.darkroom.result('one');
    return [
      count('from start to submitted, 20 photos of 12 MP', ((submission?.atMs ?? 0) - startedMs) / 1000, 's'),
      count('history of one whole training with one poll', await stack.historyLength('one'), 'events', 60),
    ];
  } finally {
    await stack.stop();
  }
}

async function manyWaiting(folder: string, say: (line: string) => void): Promise<Figure[]> {
  const stack = await startBenchStack(folder, 3_600_000, say);
  try {
    const idleMb = stack.workerMegabytes();
    const photos = writePhotos(
      stack,
      'small',
      await Promise.all(Array.from({ length: 10 }, (_, number) => smallPhoto(number))),
    );
    say(`Starting ${WAITING} trainings`);
    for (let number = 0; number < WAITING; number += 1) await start(stack, `waiting-${number}`, photos);
    await submissions(stack, WAITING);
    return [
      count('memory of the worker, idle', idleMb, 'MB'),
      count(`memory of the worker, ${WAITING} trainings waiting`, stack.workerMegabytes(), 'MB'),
    ];
  } finally {
    await stack.stop();
  }
}

function start({ darkroom }: BenchStack, id: string, photos: string[]) {
  const options = { gender: 'female', ethnicity: 'white' } as const;
  const request: TrainRequest = { subject: 's-bench', provider: 'apiframe', photos, options };
  return darkroom.train(request, { id });
}

async function submissions({ sandbox }: BenchStack, wanted: number): Promise<{ atMs: number }[]> {
  for (;;) {
    const ledger = (await (await fetch(`${sandbox.url}/sandbox/ledger`)).json()) as {
      submissions: { atMs: number }[];
    };
    if (ledger.submissions.length >= wanted) return ledger.submissions;
    await delay(100);
  }
}

function writePhotos({ photosDir }: BenchStack, folder: string, photos: readonly Buffer[]): string[] {
  mkdirSync(path.join(photosDir, folder), { recursive: true });
  return photos.map((bytes, number) => {
    writeFileSync(path.join(photosDir, folder, `${number}.jpg`), bytes);
    return `file:${folder}/${number}.jpg`;
  });
}

function smallPhoto(number: number): Promise<Buffer> {
  const background = { r: 20 * number, g: 120, b: 140 };
  return sharp({ create: { width: 640, height: 640, channels: 3, background } })
    .jpeg()
    .toBuffer();
}

function count(name: string, value: number, unit: string, goal: number | null = null): Figure {
  return { name, value: Number(value.toFixed(1)), unit, goal };
}
