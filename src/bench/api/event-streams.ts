import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { Darkroom } from '../../client';
import { figure, type Figure } from '../figures';
import { residentMegabytes } from '../process-usage';
import { smallPhotos, writePhotos } from '../small-photos';
import { requestsAtTemporal } from './requests-at-temporal';

const STREAMS = 500;
const TRAININGS = 10;
const WINDOW_MS = 30_000;
/** All first statuses are there, and the garbage of opening them is collected. */
const SETTLE_MS = 5000;

export interface StreamsAt {
  darkroom: Darkroom;
  photosDir: string;
  gatewayUrl: string;
  gatewayPid: number;
  metricsUrl: string;
}

/** 500 streams, 50 to a training: what they take of the gateway, and how often it asks Temporal for all of them. */
export async function streamFigures(at: StreamsAt): Promise<Figure[]> {
  const ids = await startWaiting(at);
  const before = residentMegabytes(at.gatewayPid);
  const agent = new Agent({ connections: null });
  const opened = Array.from({ length: STREAMS }, async (_, number) => {
    const { statusCode, body } = await request(
      `${at.gatewayUrl}/v1/trainings/${ids[number % TRAININGS] ?? ''}/events`,
      { dispatcher: agent },
    );
    if (statusCode !== 200) throw new Error(`a stream was answered with ${statusCode}`);
    body.on('error', () => undefined).resume();
  });
  try {
    await Promise.all(opened);
    await delay(SETTLE_MS);
    const first = await requestsAtTemporal(at.metricsUrl);
    await delay(WINDOW_MS);
    const last = await requestsAtTemporal(at.metricsUrl);
    const perSecond = (operation: string) => ((last(operation) - first(operation)) * 1000) / WINDOW_MS;
    const after = residentMegabytes(at.gatewayPid);
    return [
      figure('gateway without streams', before, 'MB'),
      figure('gateway with 500 event streams', after, 'MB'),
      figure('lists for them', perSecond('ListWorkflowExecutions'), '/s'),
      figure('queries for them', perSecond('QueryWorkflow'), '/s', TRAININGS / 2),
    ];
  } finally {
    await agent.destroy();
  }
}

/** Trainings that wait for hours, and whose percentage goes on meanwhile. */
async function startWaiting({ darkroom, photosDir }: StreamsAt): Promise<string[]> {
  const photos = writePhotos(photosDir, 'streams', await smallPhotos());
  const options = { gender: 'female', ethnicity: 'white' } as const;
  const ids = Array.from({ length: TRAININGS }, (_, number) => `stream-${number}`);
  for (const [generation, id] of ids.entries())
    await darkroom.train(
      { subject: 's-1', provider: 'apiframe', photos, options, generation: generation + 1 },
      { id },
    );
  for (const id of ids) while ((await darkroom.status(id)).state !== 'training') await delay(200);
  return ids;
}
