import { neverAgain } from '../failures';

/** Anybody may have started the workflow, with anything: what no row could be read of would fail a task again and again. */
export function assertOrder(order: unknown): void {
  if (isOrder(order)) return;
  throw neverAgain(
    'InvalidRequest',
    'The batch has no rows that it could read: its argument is neither of a manifest nor of a rule for folders. Start it by the CLI, the API or the client',
  );
}

function isOrder(order: unknown): boolean {
  if (typeof order !== 'object' || order === null) return false;
  const { everyFolder, manifest, rows, pages, notRight } = order as Record<string, unknown>;
  if (everyFolder !== undefined) return isRule(everyFolder);
  if (typeof manifest !== 'string' || !isCount(rows) || notRight === null) return false;
  return Array.isArray(pages) && pages.every(isCount);
}

function isCount(given: unknown): boolean {
  return Number.isInteger(given) && Number(given) >= 0;
}

function isRule(rule: unknown): boolean {
  const { under, request } = (rule ?? {}) as Record<string, unknown>;
  return typeof under === 'string' && typeof request === 'object' && request !== null;
}
