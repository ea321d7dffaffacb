import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { TrainRequest } from '../client';
import { drawnPhotos } from './photos/drawn-photos';
import { startBenchStack, type BenchStack } from './bench-stack';
import { figure, type Figure } from './figures';
import { smallPhotos, writePhotos } from './small-photos';

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
    const photos = writePhotos(stack.photosDir, 'large', await drawnPhotos(20));
    say('Training from 20 photos of 12 MP');
    const startedMs = Date.now();
    await start(stack, 'one', photos, 1);
    const [submission] = await submissions(stack, 1);
    await stack.darkroom.result('one');
    const cost = await stack.historyCost('one');
    return [
      figure(
        'from start to submitted, 20 photos of 12 MP',
        ((submission?.atMs ?? 0) - startedMs) / 1000,
        's',
      ),
      figure('history of one whole training with one poll', cost.events, 'events', 60),
      figure('workflow tasks of it', cost.workflowTasks, 'tasks'),
      figure('payloads of it', cost.payloadBytes / 1024, 'KB'),
    ];
  } finally {
    await stack.stop();
  }
}

async function manyWaiting(folder: string, say: (line: string) => void): Promise<Figure[]> {
  const stack = await startBenchStack(folder, 3_600_000, say);
  try {
    const idleMb = stack.workerMegabytes();
    const before = stack.cpuMs();
    const photos = writePhotos(stack.photosDir, 'small', await smallPhotos());
    say(`Starting ${WAITING} trainings`);
    for (let number = 0; number < WAITING; number += 1)
      await start(stack, `waiting-${number}`, photos, number + 1);
    await submissions(stack, WAITING);
    const after = stack.cpuMs();
    return [
      figure('memory of the worker, idle', idleMb, 'MB'),
      figure(`memory of the worker, ${WAITING} trainings waiting`, stack.workerMegabytes(), 'MB'),
      figure(
        'CPU of the worker until it waits, per training',
        (after.worker - before.worker) / WAITING,
        'ms',
      ),
      figure(
        'CPU of the server until it waits, per training',
        (after.server - before.server) / WAITING,
        'ms',
      ),
    ];
  } finally {
    await stack.stop();
  }
}

function start({ darkroom }: BenchStack, id: string, photos: string[], generation: number) {
  const options = { gender: 'female', ethnicity: 'white' } as const;
  const request: TrainRequest = { subject: 's-bench', provider: 'apiframe', photos, options, generation };
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
