import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { NativeConnection, Worker, type InjectedSinks, type WorkerOptions } from '@temporalio/worker';
import { photoActivities, trainingActivities } from './activities';
import type { ActivityPorts } from './activities/ports';
import type { WorkerConfig } from './config';
import { assertNever } from './contract/assert-never';
import { PHOTOS_TASK_QUEUE, PROVIDERS, TRAINING_TASK_QUEUE, type TaskQueueName } from './contract/names';
import { measuredPhotos, measuredTraining } from './monitoring/measured-activities';
import type { WorkerMetrics } from './monitoring/metrics';
import type { WorkerTracing } from './monitoring/tracing';
import type { TrainingSinks } from './workflows/sinks';
import { addressOf, type TemporalAccess } from './temporal-connection';
import { errorMessage } from './error-facts';

export interface WorkerSetup {
  access: TemporalAccess;
  config: WorkerConfig;
  ports: ActivityPorts;
  /** Null: nothing is counted. */
  metrics?: WorkerMetrics | null;
  /** Null: no spans. */
  tracing?: WorkerTracing | null;
  /** Where the prebuilt workflow bundle lies. */
  bundlePath?: string;
}

export const BUNDLE_PATH = path.join(__dirname, 'workflow-bundle.js');

/** Built but not running yet; `run` ends when `shutdown` was called and what was in hand is done. */
export interface DarkroomWorker {
  run(): Promise<void>;
  shutdown(): void;
}

export async function createWorker(
  setup: WorkerSetup,
  connection: NativeConnection,
): Promise<DarkroomWorker> {
  const workers: Worker[] = [];
  const stopping = new AbortController();
  for (const queue of setup.config.queues) {
    const options = optionsFor(queue, setup, stopping.signal);
    workers.push(await Worker.create({ ...sharedOptions(setup, connection), ...options }));
  }
  const shutdown = () => {
    // The SDK tells activities only when the time for them is over; the watcher would hold up every deploy.
    stopping.abort(new Error('the worker stops'));
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  return {
    shutdown,
    async run() {
      // One worker that fails takes the other down with it, or the process would look alive with half its work dead.
      const ends = await Promise.allSettled(workers.map((worker) => worker.run().finally(shutdown)));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    },
  };
}

function sharedOptions({ access, config, tracing = null }: WorkerSetup, connection: NativeConnection) {
  return {
    connection,
    namespace: access.namespace,
    ...(tracing !== null && { interceptors: tracing.interceptors }),
    shutdownGraceTime: config.shutdownGraceMs,
    shutdownForceTime: config.shutdownGraceMs + 20_000,
    // Cancellation and progress travel with heartbeats; the SDK would hold them back for 8 s here.
    maxHeartbeatThrottleInterval: 2000,
    // maxConcurrent…TaskPolls does nothing in SDK 1.24: the poller behavior is what counts.
    workflowTaskPollerBehavior: { type: 'autoscaling', minimum: 2, initial: 2, maximum: 10 },
    activityTaskPollerBehavior: { type: 'autoscaling', minimum: 1, initial: 2, maximum: 10 },
  } satisfies Partial<WorkerOptions>;
}

function optionsFor(
  queue: TaskQueueName,
  {
    config,
    ports,
    metrics = null,
    tracing = null,
    bundlePath = tracing?.bundlePath ?? BUNDLE_PATH,
  }: WorkerSetup,
  stopping: AbortSignal,
) {
  switch (queue) {
    case TRAINING_TASK_QUEUE:
      return {
        taskQueue: queue,
        workflowBundle: { codePath: existingBundle(bundlePath) },
        // The bundle holds the same one; activities get their arguments outside of it.
        dataConverter: { payloadConverterPath: path.join(path.dirname(bundlePath), 'payload-converter.js') },
        activities: counted(trainingActivities(ports, stopping), metrics, measuredTraining),
        sinks: { ...(metrics !== null && sinksOf(metrics)), ...tracing?.sinks },
        maxCachedWorkflows: config.maxCachedWorkflows,
        // Each provider's watcher holds one for as long as anything waits.
        maxConcurrentActivityTaskExecutions: config.activitySlots + PROVIDERS.length,
      };
    case PHOTOS_TASK_QUEUE:
      return {
        taskQueue: queue,
        activities: counted(photoActivities(ports), metrics, measuredPhotos),
        maxConcurrentActivityTaskExecutions: config.photoSlots,
      };
    default:
      return assertNever(queue);
  }
}

function counted<A>(
  activities: A,
  metrics: WorkerMetrics | null,
  measured: (activities: A, metrics: WorkerMetrics) => A,
): A {
  return metrics === null ? activities : measured(activities, metrics);
}

function sinksOf({ states }: WorkerMetrics): InjectedSinks<TrainingSinks> {
  return {
    darkroom: {
      entered: {
        // A request that is none may name anything.
        fn: (_info, provider, state) =>
          states.inc({ provider: PROVIDERS.find((one) => one === provider) ?? 'other', state }),
        callDuringReplay: false,
      },
    },
  };
}

/** Bundling at run time would hide a broken build behind a slow start. */
function existingBundle(bundlePath: string): string {
  if (existsSync(bundlePath)) return bundlePath;
  throw new Error(`${bundlePath} is missing; run npm run build`);
}

/** The native client's errors are nested debug prints; the system's own words stand in their middle. */
function reasonOf(error: unknown): string {
  const text = errorMessage(error);
  return /message: "([^"]+)"/.exec(text)?.[1]?.toLowerCase() ?? text;
}

const RETRY_EVERY_MS = 2000;

/**
 * Waits for a server that is not up yet: after a power cut, everything starts at once and in any order. Null where the
 * signal came first.
 */
export async function connectPatiently(
  access: TemporalAccess,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<NativeConnection | null> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await NativeConnection.connect(access.connectionOptions);
    } catch (error) {
      if (tries === 0) say(`Waiting for Temporal at ${addressOf(access)} (${reasonOf(error)})`);
      await delay(RETRY_EVERY_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return null;
    }
  }
}
