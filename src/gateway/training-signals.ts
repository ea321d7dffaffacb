import { Client, Connection } from '@temporalio/client';
import { darkroomOver, TrainingNotFoundError } from '../client';
import type { Evidence } from '../contract/evidence';
import type { TemporalAccess } from '../temporal-connection';
import { boundedCalls } from './bounded-calls';

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
  const calls = boundedCalls(connection);
  return {
    async send(id, evidence) {
      try {
        await calls.within(SIGNAL_LIMIT_MS, () =>
          evidence === null ? darkroom.nudge(id) : darkroom.evidence(id, evidence),
        );
        return 'heard';
      } catch (error) {
        return error instanceof TrainingNotFoundError ? 'gone' : 'unreachable';
      }
    },
    isReachable: () =>
      calls
        .within(HEALTH_LIMIT_MS, () => client.workflowService.describeNamespace({ namespace }))
        .then(
          () => true,
          () => false,
        ),
    close: () => calls.close(),
  };
}
