import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { darkroomOver, TrainingNotFoundError } from '../client';
import type { Evidence } from '../contract/evidence';
import type { TemporalAccess } from '../temporal-connection';

export type Heard = 'heard' | 'gone' | 'unreachable';

/** The one thing that the gateway does: Temporal hears of a delivery, or the provider is told to send it again. */
export interface TrainingSignals {
  /** @param evidence null where the delivery names no training */
  send(id: string, evidence: Evidence | null): Promise<Heard>;
  isReachable(): Promise<boolean>;
  close(): Promise<void>;
}

/** A provider gives a delivery some seconds. */
const SIGNAL_LIMIT_MS = 4000;
const HEALTH_LIMIT_MS = 2000;

/** Does not wait for Temporal: a gateway that is up before it answers 503 meanwhile. */
export function trainingSignals({ connectionOptions, namespace }: TemporalAccess): TrainingSignals {
  const connection = Connection.lazy(connectionOptions);
  const client = new Client({ connection, namespace });
  const darkroom = darkroomOver(client);
  const underWay = new Set<Promise<unknown>>();
  /** The deadline of a call does not bound the time that the connection takes to be made, so both are bounded. */
  function within<T>(ms: number, call: () => Promise<T>): Promise<T> {
    const answer = connection.withDeadline(Date.now() + ms, call);
    const settled = answer.catch(() => undefined).finally(() => underWay.delete(settled));
    underWay.add(settled);
    return Promise.race([answer, tooLate(ms)]);
  }
  return {
    async send(id, evidence) {
      try {
        await within(SIGNAL_LIMIT_MS, () =>
          evidence === null ? darkroom.nudge(id) : darkroom.evidence(id, evidence),
        );
        return 'heard';
      } catch (error) {
        return error instanceof TrainingNotFoundError ? 'gone' : 'unreachable';
      }
    },
    isReachable: () =>
      within(HEALTH_LIMIT_MS, () => client.workflowService.describeNamespace({ namespace })).then(
        () => true,
        () => false,
      ),
    async close() {
      await Promise.all(underWay); // a call that still connects would fail where nobody can catch it
      await connection.close();
    },
  };
}

async function tooLate(ms: number): Promise<never> {
  await delay(ms, undefined, { ref: false });
  throw new Error('no answer in time');
}
