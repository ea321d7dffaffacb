import { isIP } from 'node:net';

/** A host that may be asked: `name` itself or, where `isBelow`, any host below it. */
export interface HostRule {
  readonly name: string;
  readonly isBelow: boolean;
  readonly port: number;
}

const HTTPS_PORT = 443;
/** At least two labels: `*.com` is no list of hosts. */
const ENTRY = /^(\*\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::(\d{1,5}))?$/;

/**
 * Reads `cdn.example.com,*.images.example.com,cdn.example.com:8443`; null where an entry is none of these. Addresses in
 * numbers are none: a certificate and a name are what tells one host from another.
 */
export function parseHostRules(text: string): HostRule[] | null {
  const rules = text.split(',').map((item) => parseRule(item.trim().toLowerCase()));
  return rules.every((rule) => rule !== null) ? rules : null;
}

function parseRule(entry: string): HostRule | null {
  const [, wildcard, name = '', port = HTTPS_PORT] = ENTRY.exec(entry) ?? [];
  if (name === '' || isIP(name) !== 0 || Number(port) < 1 || Number(port) > 65_535) return null;
  return { name, isBelow: wildcard !== undefined, port: Number(port) };
}

/** @param url whose host name a `URL` has made plain: lower case, in ASCII */
export function isAllowedHost(rules: readonly HostRule[], { hostname, port }: URL): boolean {
  const wantedPort = port === '' ? HTTPS_PORT : Number(port);
  return rules.some(
    (rule) =>
      rule.port === wantedPort &&
      (rule.isBelow ? hostname.endsWith(`.${rule.name}`) : hostname === rule.name),
  );
}
