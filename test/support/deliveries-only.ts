import { startGateway, type Gateway, type GatewayOptions } from '../../src/gateway/server';
import { SECRET } from '../gateway/deliver';

/** A gateway that takes deliveries alone, and keeps what it logs to itself. */
export function startDeliveriesOnly({
  access,
  ...changes
}: Pick<GatewayOptions, 'access'> & Partial<GatewayOptions>): Promise<Gateway> {
  const usual = { host: '127.0.0.1', port: 0, secrets: [SECRET], api: null, log: () => undefined };
  return startGateway({ ...usual, ...changes, access });
}
