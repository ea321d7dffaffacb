import { loadClientConnectConfig } from '@temporalio/envconfig';

/** What both a client and a worker need to reach a namespace. */
export interface TemporalAccess {
  connectionOptions: { address?: string } & Record<string, unknown>;
  namespace: string;
}

/** `TEMPORAL_*` and the profile file, exactly as the Temporal CLI and the other SDKs read them. */
export function accessFromEnvironment(): TemporalAccess {
  const { connectionOptions, namespace } = loadClientConnectConfig();
  return { connectionOptions: { ...connectionOptions }, namespace: namespace ?? 'default' };
}

export function accessTo(address: string, namespace = 'default'): TemporalAccess {
  return { connectionOptions: { address }, namespace };
}

export function addressOf({ connectionOptions }: TemporalAccess): string {
  return connectionOptions.address ?? 'localhost:7233';
}
