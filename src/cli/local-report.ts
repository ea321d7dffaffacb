import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { storedReport } from '../activities/stored-report';
import { errorMessage } from '../error-facts';
import type { TrainStatus } from '../contract/status';
import type { ReportedPhoto } from '../photos/report/report-record';
import { writeReport } from '../photos/report/write-report';
import { filesystemStorage } from '../storage/filesystem';
import type { Storage } from '../storage/port';
import type { ImportedPhoto } from './import-photos';
import { named } from './named-verdicts';
import { writeWhole } from './write-whole';

/** The report as a file, where the store is on this machine; else it stays the key in the store. */
export function withReportFile(status: TrainStatus, storeDir: string): TrainStatus {
  if (status.photoSummary === null) return status;
  const report = path.join(storeDir, status.photoSummary.report);
  return existsSync(report) ? { ...status, photoSummary: { ...status.photoSummary, report } } : status;
}

interface ReportPlaces {
  storeDir: string;
  home: string;
  /** Where the store is no folder of this machine. */
  storage?: Storage;
}

/**
 * A page of all files that the user named, under their own names. Those never leave this machine: in the store and in
 * Temporal photos are known by their content, and those that were not taken over are not known at all.
 */
export async function withNamedReport(
  status: TrainStatus,
  imported: readonly ImportedPhoto[],
  places: ReportPlaces,
): Promise<TrainStatus> {
  try {
    return await namedReport(status, imported, places);
  } catch (error) {
    // The outcome of what was paid for is said whatever becomes of a page.
    process.stderr.write(`darkroom: the report could not be written here: ${errorMessage(error)}\n`);
    return status;
  }
}

async function namedReport(
  status: TrainStatus,
  imported: readonly ImportedPhoto[],
  { storeDir, home, storage = filesystemStorage(storeDir) }: ReportPlaces,
): Promise<TrainStatus> {
  if (status.photoSummary === null) return status;
  const stored = await storedReport(storage, status.photoSummary.report);
  if (stored === null) return withReportFile(status, storeDir);
  const { record, library } = stored;
  const photos = named(imported, record.photos, (photo, reason): ReportedPhoto => ({
    photo,
    verdict: 'rejected',
    reasons: [reason],
    facts: '',
    contentHash: null,
    faces: [],
  }));
  const folder = path.join(home, 'reports');
  const report = path.join(folder, `${status.id}.html`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeWhole(report, await writeReport({ ...record, photos }, library));
  return { ...status, photoSummary: { ...status.photoSummary, report } };
}
