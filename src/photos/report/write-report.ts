import { REASON_SENTENCES } from '../reason-sentences';
import type { PhotoLibrary } from '../set/photo-library';
import { reportPage, type ReportPhoto } from './report-page';
import type { ReportContent, ReportedPhoto } from './report-record';

/** The page of a photo set, with the pictures that the library has of it. */
export async function writeReport(
  { photos, remarks }: ReportContent,
  library: Pick<PhotoLibrary, 'pictures'>,
): Promise<string> {
  const shown: ReportPhoto[] = [];
  for (const photo of photos) {
    const { contentHash, faces, facts, verdict } = photo;
    const pictures = contentHash === null ? null : await library.pictures(contentHash);
    shown.push({
      name: photo.photo,
      verdict,
      reasons: sentences(photo),
      facts,
      original: pictures?.thumbnail ?? null,
      normalized: pictures?.jpeg ?? null,
      faces,
    });
  }
  return reportPage({ photos: shown, remarks });
}

function sentences({ reasons, twin }: ReportedPhoto): string[] {
  return reasons.map((reason) => {
    const isRepeat = reason === 'duplicate' || reason === 'near-duplicate';
    return isRepeat && twin !== undefined
      ? `${REASON_SENTENCES[reason]} The other one: ${twin}`
      : REASON_SENTENCES[reason];
  });
}
