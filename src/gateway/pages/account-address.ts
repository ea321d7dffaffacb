/** Of the page of an account, whatever its name holds. */
export function accountAddress({ provider, account }: { provider: string; account: string }): string {
  return `/accounts/${encodeURIComponent(provider)}/${encodeURIComponent(account)}`;
}
