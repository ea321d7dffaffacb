import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** From a look over a warm connection to the slowest submission. */
const CALL_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 90, 300];
/** By webhook, by the watcher, by a look of one's own. */
const LATE_SECONDS = [0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 3600];
const ANSWER_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What a worker counts, besides what Temporal's SDK counts by itself. Labels are words of ours: no ids, nothing of a person. */
export function workerMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    states: new Counter({
      name: 'darkroom_training_states_total',
      help: 'How often trainings have entered a state; ends are states as well',
      labelNames: ['provider', 'state'] as const,
      registers,
    }),
    creditsReserved: new Counter({
      name: 'darkroom_credits_reserved_total',
      help: 'Credits set aside for submissions before they were sent',
      labelNames: ['provider'] as const,
      registers,
    }),
    creditsSpent: new Counter({
      name: 'darkroom_credits_spent_total',
      help: 'Credits that trainings have cost by the price list of the provider, counted as they are charged',
      labelNames: ['provider'] as const,
      registers,
    }),
    creditsSaved: new Counter({
      name: 'darkroom_credits_saved_total',
      help: 'Credits that photos would have cost which a gate rejected',
      registers,
    }),
    submissions: new Counter({
      name: 'darkroom_submissions_total',
      help: 'Paid calls by their outcome',
      labelNames: ['provider', 'outcome'] as const,
      registers,
    }),
    polls: new Counter({
      name: 'darkroom_polls_total',
      help: "Looks of the trainings' own by what they have seen",
      labelNames: ['provider', 'verdict'] as const,
      registers,
    }),
    endSeenSeconds: new Histogram({
      name: 'darkroom_end_seen_seconds',
      help: 'From the last look that found a training running to the one that found it ended; it ended in between',
      labelNames: ['provider'] as const,
      buckets: LATE_SECONDS,
      registers,
    }),
    photos: new Counter({
      name: 'darkroom_photos_total',
      help: 'Photos by verdict',
      labelNames: ['verdict'] as const,
      registers,
    }),
    callbacks: new Counter({
      name: 'darkroom_callbacks_total',
      help: 'Posts to callers that want to be told',
      labelNames: ['outcome'] as const,
      registers,
    }),
    providerCalls: new Histogram({
      name: 'darkroom_provider_call_seconds',
      help: 'Calls of providers, by what they were for and how they went',
      labelNames: ['provider', 'call', 'outcome'] as const,
      buckets: CALL_SECONDS,
      registers,
    }),
    watched: new Gauge({
      name: 'darkroom_watched_trainings',
      help: 'Trainings that the watcher in this process looks at',
      labelNames: ['provider'] as const,
      registers,
    }),
    sweepSeconds: new Gauge({
      name: 'darkroom_watch_sweep_seconds',
      help: 'How long the last sweep of the watcher took',
      labelNames: ['provider'] as const,
      registers,
    }),
    intervalSeconds: new Gauge({
      name: 'darkroom_watch_interval_seconds',
      help: 'From one sweep of the watcher to the next; longer where the provider is in trouble',
      labelNames: ['provider'] as const,
      registers,
    }),
    nudges: new Counter({
      name: 'darkroom_watch_nudges_total',
      help: 'Ends that the watcher has told trainings of',
      labelNames: ['provider'] as const,
      registers,
    }),
  };
}

export interface CountedTrainings {
  provider: string;
  state: string;
  count: number;
}

/** Scrapes come more often than these numbers change. */
const COUNT_EVERY_MS = 30_000;

/** What a gateway counts, and how many trainings there are, which it asks Temporal for when it is asked itself. */
export function gatewayMetrics(countTrainings: () => Promise<CountedTrainings[]>) {
  const registry = new Registry();
  const registers = [registry];
  let countedAtMs = -Infinity;
  const trainings = new Gauge({
    name: 'darkroom_trainings',
    help: 'Trainings that are under way, by state; as Temporal lists them',
    labelNames: ['provider', 'state'] as const,
    registers,
    async collect() {
      if (performance.now() - countedAtMs < COUNT_EVERY_MS) return;
      countedAtMs = performance.now();
      try {
        for (const { provider, state, count } of await countTrainings())
          trainings.set({ provider, state }, count);
      } catch {
        trainings.reset(); // unknown, which is not the same as none
      }
    },
  });
  return {
    registry,
    trainings,
    deliveries: new Counter({
      name: 'darkroom_deliveries_total',
      help: "Providers' webhooks by what became of them; refused ones by why",
      labelNames: ['outcome'] as const,
      registers,
    }),
    requests: new Histogram({
      name: 'darkroom_api_request_seconds',
      help: 'Requests of the HTTP API; a stream counts when it ends',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: ANSWER_SECONDS,
      registers,
    }),
  };
}

export type WorkerMetrics = ReturnType<typeof workerMetrics>;
export type GatewayMetrics = ReturnType<typeof gatewayMetrics>;
