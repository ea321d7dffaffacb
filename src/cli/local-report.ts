import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TrainStatus } from '../contract/status';
import { escapeHtml } from '../photos/report/escape';
import type { ImportedPhoto } from './import-photos';

/** The report as a file, where the store is on this machine; else it stays the key in the store. */
export function withReportFile(status: TrainStatus, storeDir: string): TrainStatus {
  if (status.photoSummary === null) return status;
  const report = path.join(storeDir, status.photoSummary.report);
  return existsSync(report) ? { ...status, photoSummary: { ...status.photoSummary, report } } : status;
}

/**
 * The same with the user's own names in it. Those never leave this machine: in the store and in Temporal photos are
 * known by their content.
 */
export async function withNamedReport(
  status: TrainStatus,
  imported: readonly ImportedPhoto[],
  { storeDir, home }: { storeDir: string; home: string },
): Promise<TrainStatus> {
  const local = withReportFile(status, storeDir);
  if (local.photoSummary === null || local === status) return status;
  const page = await readFile(local.photoSummary.report, 'utf8');
  const named = imported.reduce(
    (text, { name, ref }) => (ref === null ? text : text.replaceAll(escapeHtml(ref), () => escapeHtml(name))),
    page,
  );
  const folder = path.join(home, 'reports');
  const report = path.join(folder, `${status.id}.html`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(report, named, { mode: 0o600 });
  return { ...status, photoSummary: { ...local.photoSummary, report } };
}
