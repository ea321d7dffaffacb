import type { Crop } from '../../contract/gates';
import type { PhotoVerdict } from '../../contract/photo';
import { subjectSquare } from '../faces/subject-square';
import type { PhotoFindings } from '../findings';
import type { Box } from '../raster';
import { REASON_SENTENCES } from '../reason-sentences';
import { RECIPE } from '../recipe';
import type { PhotoLibrary } from '../set/photo-library';
import type { SeenPhoto } from '../set/look-at-photos';
import { savingSentence, type SetDescription } from '../set/describe-set';
import { reportPage, type ReportPhoto } from './report-page';

/** The page of a photo set. `photo` of a verdict is the name that the reader sees. */
export async function writeReport(
  verdicts: readonly PhotoVerdict[],
  seen: readonly SeenPhoto[],
  library: PhotoLibrary,
  description: SetDescription,
  crop: Crop,
): Promise<string> {
  const photos: ReportPhoto[] = [];
  for (const [index, verdict] of verdicts.entries()) {
    const look = seen[index];
    const findings = look?.record.readable === true ? look.record.findings : null;
    const hash = look?.contentHash ?? null;
    const pictures = hash === null ? { jpeg: null, thumbnail: null } : await library.pictures(hash);
    photos.push({
      name: verdict.photo,
      verdict: verdict.verdict,
      reasons: sentences(verdict),
      facts: findings === null ? '' : factsOf(findings),
      original: pictures.thumbnail,
      normalized: pictures.jpeg,
      faces: findings === null ? [] : marked(findings, crop),
    });
  }
  const remarks = [description.advice, savingSentence(description), ...description.notices];
  return reportPage({ photos, remarks: remarks.filter((remark) => remark !== '') });
}

function sentences({ reasons, twin }: PhotoVerdict): string[] {
  return reasons.map((reason) => {
    const isRepeat = reason === 'duplicate' || reason === 'near-duplicate';
    return isRepeat && twin !== undefined
      ? `${REASON_SENTENCES[reason]} The other one: ${twin}`
      : REASON_SENTENCES[reason];
  });
}

function factsOf({ format, width, height, orientation }: PhotoFindings): string {
  const turned = orientation === 1 ? '' : `, stored turned (EXIF ${orientation})`;
  return `${format.toUpperCase()} ${width} × ${height}${turned}`;
}

/** From shares of the photo to pixels of the square that it, or a part of it, lies in. */
function marked({ width, height, faces }: PhotoFindings, crop: Crop): Box[] {
  const [face, ...others] = faces ?? [];
  if (face === undefined) return [];
  const isCropped = crop === 'subject' && others.length === 0;
  const shown = isCropped ? subjectSquare(face, { width, height }) : { left: 0, top: 0, width, height };
  const scale = RECIPE.size / Math.max(shown.width, shown.height);
  const left = (RECIPE.size - shown.width * scale) / 2 - shown.left * scale;
  const top = (RECIPE.size - shown.height * scale) / 2 - shown.top * scale;
  return [face, ...others].map((box) => ({
    left: Math.round(left + box.left * width * scale),
    top: Math.round(top + box.top * height * scale),
    width: Math.round(box.width * width * scale),
    height: Math.round(box.height * height * scale),
  }));
}
