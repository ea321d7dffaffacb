import type { PhotoVerdict } from '../../contract/photo';
import type { Box } from '../raster';
import { RECIPE } from '../recipe';
import { escapeHtml as text } from '../../escape-html';
import { PAGE_STYLE } from './page-style';

export interface ReportPhoto {
  /** As the reader knows the photo. */
  name: string;
  verdict: PhotoVerdict['verdict'];
  /** Sentences: what is the matter, and what to do. */
  reasons: string[];
  /** Format and pixels; empty where nothing could be read. */
  facts: string;
  /** JPEG bytes; null where there is nothing to show. */
  original: Buffer | null;
  normalized: Buffer | null;
  /** In pixels of the normalized picture. */
  faces: Box[];
}

export interface Report {
  photos: ReportPhoto[];
  /** Paragraphs above the photos, such as the advice. */
  remarks: string[];
}

/** One HTML page with everything in it: no script, no network, nothing to load. Every value from outside is escaped. */
export function reportPage({ photos, remarks }: Report): string {
  const count = (verdict: PhotoVerdict['verdict']) =>
    photos.filter((photo) => photo.verdict === verdict).length;
  const totals = `${photos.length} photos: ${count('accepted')} accepted, ${count('warned')} warned, ${count('rejected')} rejected`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${totals}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>${totals}</h1>
${remarks.map((remark) => `<p>${text(remark)}</p>`).join('\n')}
<fieldset><legend>Show</legend>
${choice('all', `all ${photos.length}`, true)}
${(['accepted', 'warned', 'rejected'] as const).map((verdict) => choice(verdict, `${verdict} ${count(verdict)}`, false)).join('\n')}
</fieldset>
</header>
<main><ol>
${photos.map(card).join('\n')}
</ol></main>
</body>
</html>
`;
}

function choice(name: string, label: string, isChosen: boolean): string {
  return `<label class="${name}"><input type="radio" name="show" id="show-${name}"${isChosen ? ' checked' : ''}> ${label}</label>`;
}

function card(
  { name, verdict, reasons, facts, original, normalized, faces }: ReportPhoto,
  index: number,
): string {
  const why =
    reasons.length === 0
      ? ''
      : `<ul class="reasons">${reasons.map((reason) => `<li>${text(reason)}</li>`).join('')}</ul>`;
  return `<li class="${verdict}"><article>
<h2>${index + 1}. ${text(name)}</h2>
<span class="verdict">${verdict}</span> <span class="soft">${text(facts)}</span>
<div class="pictures">
<figure><div class="frame">${image(original, `original of ${name}`, 'no preview')}</div><figcaption>original</figcaption></figure>
<figure><div class="frame">${image(normalized, `${name}, normalized`, 'nothing made of it')}${normalized === null ? '' : boxes(faces)}</div><figcaption>normalized${faceCaption(faces)}</figcaption></figure>
</div>${why}
</article></li>`;
}

function image(jpeg: Buffer | null, alt: string, otherwise: string): string {
  if (jpeg === null) return `<span class="soft">${otherwise}</span>`;
  return `<img alt="${text(alt)}" src="data:image/jpeg;base64,${jpeg.toString('base64')}">`;
}

function faceCaption(faces: readonly Box[]): string {
  if (faces.length === 0) return '';
  return faces.length === 1 ? ', face marked' : `, ${faces.length} faces marked`;
}

/** Drawn twice, so that the mark is seen on light and on dark. */
function boxes(faces: readonly Box[]): string {
  const rects = faces.flatMap(({ left, top, width, height }) =>
    ['under', 'over'].map(
      (layer) => `<rect class="${layer}" x="${left}" y="${top}" width="${width}" height="${height}"/>`,
    ),
  );
  return `<svg viewBox="0 0 ${RECIPE.size} ${RECIPE.size}" aria-hidden="true">${rects.join('')}</svg>`;
}
