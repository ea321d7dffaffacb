import { Connection } from '@temporalio/client';
import {
  InternalConnectionOptionsSymbol,
  type InternalConnectionOptions,
} from '@temporalio/client/lib/connection';
import { msToTs, tsToMs } from '@temporalio/common/lib/time';

/** The clock of a time-skipping server: locked, so that it passes as on the wall, until it is told otherwise. */
export interface ServerClock {
  readonly connection: Connection;
  nowMs(): Promise<number>;
  /** Lets this much pass at once, with every timer, poll and activity that falls into it. */
  pass(ms: number): Promise<void>;
  /** Lets time jump on while `until` is awaited. */
  skipWhile<T>(until: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function serverClock(address: string): Promise<ServerClock> {
  // The SDK opens the test service only to an environment that has started the server itself, which gives it 5 s to
  // start and finds out about it by a name of the package's own.
  const options: InternalConnectionOptions = {
    address,
    [InternalConnectionOptionsSymbol]: { supportsTestService: true },
  };
  const connection = await Connection.connect(options);
  const { testService } = connection;
  if (testService === undefined) throw new Error('the SDK gives no test service any more');
  return {
    connection,
    nowMs: async () => tsToMs((await testService.getCurrentTime({})).time),
    async pass(ms) {
      await testService.unlockTimeSkippingWithSleep({ duration: msToTs(ms) });
    },
    async skipWhile(until) {
      await testService.unlockTimeSkipping({});
      try {
        return await until();
      } finally {
        await testService.lockTimeSkipping({});
      }
    },
    close: () => connection.close(),
  };
}
