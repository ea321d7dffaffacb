import { Client, Connection, type ClientInterceptors } from '@temporalio/client';
import { darkroomOver, type Darkroom, type ReadStore, type Schedules } from '../../client';
import type { TemporalAccess } from '../../temporal-connection';
import { boundedCalls } from '../bounded-calls';

const CALL_LIMIT_MS = 10_000;
/** Longer than a query waits for a worker, so that it is told that there is none. */
const STATUS_LIMIT_MS = 12_000;
/** Its last ten batches are looked at. */
const SCHEDULE_LIMIT_MS = 15_000;
/** A look at the provider is part of it. */
const DECISION_LIMIT_MS = 160_000;

/** A look at each training of a batch. */
const MANY_LIMIT_MS = 10 * 60_000;

/** The client library with a bound on each call, for a caller who waits at a socket. Does not wait for Temporal to be there. */
export function apiClient(
  { connectionOptions, namespace }: TemporalAccess,
  { interceptors = {}, readStore }: { interceptors?: ClientInterceptors; readStore: ReadStore },
): {
  darkroom: Darkroom;
  close: () => Promise<void>;
} {
  const connection = Connection.lazy(connectionOptions);
  const darkroom = darkroomOver(new Client({ connection, namespace, interceptors }), { readStore });
  const calls = boundedCalls(connection);
  const soon = <T>(call: () => Promise<T>, limitMs = CALL_LIMIT_MS) => calls.within(limitMs, call);
  return {
    darkroom: {
      ...darkroom,
      train: (request, options) => soon(() => darkroom.train(request, options)),
      status: (id) => soon(() => darkroom.status(id), STATUS_LIMIT_MS),
      photoProgress: (id) => soon(() => darkroom.photoProgress(id)),
      cancel: (id) => soon(() => darkroom.cancel(id)),
      decide: (id, decision) => soon(() => darkroom.decide(id, decision), DECISION_LIMIT_MS),
      page: (filter) => soon(() => darkroom.page(filter)),
      glance: (ids) => soon(() => darkroom.glance(ids)),
      counts: () => soon(() => darkroom.counts()),
      startBatch: (id, order) => soon(() => darkroom.startBatch(id, order)),
      batches: (filter) => soon(() => darkroom.batches(filter)),
      batch: (id) => soon(() => darkroom.batch(id), STATUS_LIMIT_MS),
      batchRows: (id, filter) => soon(() => darkroom.batchRows(id, filter), STATUS_LIMIT_MS),
      steerBatch: (id, steering) => soon(() => darkroom.steerBatch(id, steering), STATUS_LIMIT_MS),
      cancelRows: (id, rows) => soon(() => darkroom.cancelRows(id, rows), STATUS_LIMIT_MS),
      retryBatch: (id, options) => soon(() => darkroom.retryBatch(id, options), MANY_LIMIT_MS),
      batchReport: (id, options) => soon(() => darkroom.batchReport(id, options), MANY_LIMIT_MS),
      accounts: () => soon(() => darkroom.accounts()),
      account: (provider, account) => soon(() => darkroom.account(provider, account), STATUS_LIMIT_MS),
      reloadAccount: (provider, account) => soon(() => darkroom.reloadAccount(provider, account)),
      timeline: (id) => soon(() => darkroom.timeline(id)),
      request: (id) => soon(() => darkroom.request(id)),
      schedules: boundedSchedules(darkroom.schedules, (call) => soon(call, SCHEDULE_LIMIT_MS)),
    },
    close: () => calls.close(),
  };
}

function boundedSchedules(schedules: Schedules, soon: <T>(call: () => Promise<T>) => Promise<T>): Schedules {
  return {
    create: (name, plan) => soon(() => schedules.create(name, plan)),
    update: (name, changes) => soon(() => schedules.update(name, changes)),
    list: () => soon(() => schedules.list()),
    get: (name) => soon(() => schedules.get(name)),
    pause: (name, note) => soon(() => schedules.pause(name, note)),
    resume: (name, note) => soon(() => schedules.resume(name, note)),
    trigger: (name) => soon(() => schedules.trigger(name)),
    backfill: (name, range) => soon(() => schedules.backfill(name, range)),
    delete: (name) => soon(() => schedules.delete(name)),
  };
}
