import { FACTS, creditsFor } from '../batches/price';
import type { CheckedRow } from '../batches/check/check-sum';
import type { Config } from '../config';
import { DEFAULT_GATES, withGates, type PhotoPolicy } from '../contract/gates';
import { leaveOut } from '../contract/leave-out';
import type { PhotoVerdict } from '../contract/photo';
import type { TrainRequest } from '../contract/request';
import { shownRef } from '../contract/shown-ref';
import { maxPhotoBytes } from '../photos/limits';
import type { PhotoPool } from '../photos/process/photo-pool';
import { describeSet } from '../photos/set/describe-set';
import type { Located } from '../photos/set/look-at-photos';
import { memoryLibrary } from '../photos/set/memory-library';
import { locatePhotoFile, type PhotoSource } from '../storage/photo-source';
import { decideGate } from '../workflows/photo-gate';
import type { FoundRow } from './batch-rows';
import { judgePhotos } from './judge-photos';

export interface CheckTools {
  config: Config;
  pool: PhotoPool;
  source: PhotoSource;
  signal: AbortSignal;
}

/** Before anything is known of its photos. */
export function uncheckedRow({ row, request, photos }: FoundRow): CheckedRow {
  return {
    row,
    subject: request.subject,
    provider: request.provider,
    customer: request.customer ?? null,
    photos: 'refs' in photos ? photos.refs.length : photos.files.length,
    good: 0,
    rejected: 0,
    creditsNeeded: 0,
    creditsSaved: 0,
    problems: [],
  };
}

/** Judges the photos of a row as its training would, and says what it would cost. Starts nothing. */
export async function checkRow(row: FoundRow, tools: CheckTools): Promise<CheckedRow> {
  const { request, photos } = row;
  const { provider, maxPhotos = null } = request;
  const checked = uncheckedRow(row);
  const facts = FACTS[provider];
  if (maxPhotos !== null && maxPhotos < facts.minPhotos) {
    const message = `max_photos is ${maxPhotos} and ${facts.title} needs at least ${facts.minPhotos} photos`;
    return { ...checked, problems: [message] };
  }
  const refused = 'refs' in photos ? null : await firstRefused(photos);
  if (refused !== null) return { ...checked, problems: [refused] };
  const { verdicts, creditsSaved } = await judged(row, tools);
  const gate = decideGate(verdicts, facts, maxPhotos);
  const rejected = verdicts.filter(({ verdict }) => verdict === 'rejected').length;
  if (gate.gate !== 'open')
    return {
      ...checked,
      good: verdicts.length - rejected,
      rejected,
      problems: [`photos: ${gate.message}`],
    };
  const good = gate.photos.filter(({ verdict }) => verdict !== 'rejected').length;
  return { ...checked, good, rejected, creditsNeeded: creditsFor(provider, good), creditsSaved };
}

/** `batch run` takes a row with all of its files or not at all: it would be paid for with fewer than were meant. */
async function firstRefused({
  files,
  root,
}: Extract<FoundRow['photos'], { root: string }>): Promise<string | null> {
  for (const { name, file } of files) {
    const located = await locatePhotoFile(file, maxPhotoBytes, root);
    const reason =
      'rejected' in located ? located.rejected : located.file.bytes === 0 ? ('empty' as const) : null;
    if (reason !== null) return `photos: ${name} cannot be taken over (${reason})`;
  }
  return null;
}

async function judged(
  { request, photos }: FoundRow,
  { config, pool, source, signal }: CheckTools,
): Promise<{ verdicts: PhotoVerdict[]; creditsSaved: number }> {
  const policy = policyOf(request, config);
  const named = namedPhotos(photos, source, signal);
  const library = memoryLibrary();
  const onPhoto = () => undefined;
  const set = await judgePhotos(named, ({ locate }) => locate(), { pool, policy, library, signal, onPhoto });
  const verdicts = set.judged.map(({ judgement }, at): PhotoVerdict => ({
    photo: named[at]?.name ?? '',
    ...judgement,
    output: null,
  }));
  const { maxPhotos = null } = request;
  const { creditsSaved } = describeSet(leaveOut(verdicts, maxPhotos ?? Infinity), set.seen, {
    creditsPerPhoto: FACTS[request.provider].trainingCreditsPerPhoto,
    maxPhotos,
    policy,
    facesUnavailable: set.facesUnavailable !== null,
  });
  return { verdicts, creditsSaved };
}

function namedPhotos(
  photos: FoundRow['photos'],
  source: PhotoSource,
  signal: AbortSignal,
): { name: string; locate: () => Promise<Located> }[] {
  if ('refs' in photos)
    return photos.refs.map((ref) => ({
      name: shownRef(ref),
      locate: () => source.locate(ref, maxPhotoBytes, signal),
    }));
  return photos.files.map(({ name, file }) => ({
    name,
    locate: () => locatePhotoFile(file, maxPhotoBytes, photos.root),
  }));
}

function policyOf({ gates = {}, crop = 'whole' }: TrainRequest, { photos }: Config): PhotoPolicy {
  return { gates: withGates(withGates(DEFAULT_GATES, photos.gates), gates), crop };
}
