import { SEARCH_ATTRIBUTES } from '../../src/contract/names';
import { SEARCH_ATTRIBUTE_TYPES } from '../../src/temporal-server/search-attribute-type';
import { accessTo } from '../../src/temporal-connection';
import { createRig, type Rig } from '../support/rig';
import { providerOnServerTime, type ProviderOnServerTime } from './provider-on-server-time';
import { serverClock, type ServerClock } from './server-clock';
import { startTimeSkippingServer } from './time-skipping-server';

/** A rig on a server of its own that skips time, with a provider that goes by the same clock. */
export interface DayLongRig {
  readonly rig: Rig;
  readonly clock: ServerClock;
  readonly provider: ProviderOnServerTime;
  close(): Promise<void>;
}

/**
 * Polls as in production, not as the other tests have them. A server for each: its clock is of the whole server, and after
 * a day was skipped it is a day ahead of the workers', which would not fit what they write down and look up again.
 */
export async function createDayLongRig(
  day: { trainMs: number; saysPercent: boolean },
  env: Record<string, string> = {},
): Promise<DayLongRig> {
  const server = await startTimeSkippingServer();
  const clock = await serverClock(server.address);
  const searchAttributes = Object.fromEntries(
    Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => [name, SEARCH_ATTRIBUTE_TYPES[type]]),
  );
  // Not as elsewhere, because this server cannot list those that it has.
  await clock.connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes });
  const provider = await providerOnServerTime({ nowMs: () => clock.nowMs(), ...day });
  const rig = await createRig({
    access: accessTo(server.address),
    env: { APIFRAME_BASE_URL: provider.url, DARKROOM_POLL_FIRST: '', DARKROOM_POLL_MAX: '', ...env },
  });
  await rig.startWorker();
  // A worker's first workflow task takes some tenths of a second, longer on a busy machine, and a deadline counts from its end.
  await rig.darkroom.result(await rig.train({}));
  return {
    rig,
    clock,
    provider,
    async close() {
      try {
        await rig.close();
      } finally {
        await provider.close();
        await clock.close();
        await server.stop();
      }
    },
  };
}
