import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ledger, type LedgerState } from './ledger';

/**
 * A ledger that outlives the process, so that stopping `dev` in the middle of a training loses nothing at the
 * sandbox either. Written whole after each change, before the answer goes out.
 */
export function ledgerInFile(file: string | null, startingCredits: number): Ledger {
  if (file === null) return new Ledger(Ledger.empty(startingCredits));
  const state = existsSync(file) ? Ledger.parse(readFileSync(file, 'utf8')) : Ledger.empty(startingCredits);
  return new Ledger(state, (changed) => writeWhole(file, changed));
}

function writeWhole(file: string, state: LedgerState): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.tmp`, JSON.stringify(state));
  renameSync(`${file}.tmp`, file);
}
