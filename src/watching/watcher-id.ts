/** One id for each account, so that Temporal lets one watcher run at a time, over any number of workers. */
export function watcherWorkflowId(provider: string, account: string): string {
  return `darkroom-watcher-${provider}-${account}`;
}
