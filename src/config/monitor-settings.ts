import type { MonitorAddress } from '../monitoring/monitor-server';
import type { EnvReader } from './env-reader';

/** Where a worker or gateway tells how it is; null: nowhere. */
export function readMonitor(env: EnvReader): MonitorAddress | null {
  return env.parsed('DARKROOM_MONITOR', 'an address such as 127.0.0.1:9464', (text) => {
    const [, six, host = six, port = '99999'] =
      /^(?:\[([0-9a-f:]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(text) ?? [];
    return host === undefined || Number(port) > 65_535 ? null : { host, port: Number(port) };
  });
}
