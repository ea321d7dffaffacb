/** Such as `3 of 10`. */
export function ofLimit(count: number, limit: number | null | undefined): string {
  return limit === null || limit === undefined ? String(count) : `${count} of ${limit}`;
}

/** @param problem what is wrong with `accounts.yaml` */
export function limitsHold(problem: string): string {
  return `accounts.yaml is not right, so the limits before it hold: ${problem}`;
}
