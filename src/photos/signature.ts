import { isSvg } from './svg-text';

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'tiff' | 'avif' | 'heic';

/** `heif` is a container: only its header says whether AVIF or HEVC is in it. */
export type Signature = Exclude<PictureFormat, 'avif' | 'heic'> | 'heif' | 'unsupported' | 'unknown';

type Mark = readonly [signature: Signature, offset: number, text: string];

const MARKS: readonly Mark[] = [
  ['jpeg', 0, '\xff\xd8\xff'],
  ['png', 0, '\x89PNG\r\n\x1a\n'],
  ['webp', 8, 'WEBP'],
  // Canon's CR2 is a TIFF whose first picture is not the photo, so it has to come before TIFF.
  ['unsupported', 8, 'CR\x02'],
  ['tiff', 0, 'II*\0'],
  ['tiff', 0, 'MM\0*'],
  ['tiff', 0, 'II+\0'],
  ['tiff', 0, 'MM\0+'],
  ['unsupported', 0, 'GIF8'],
  ['unsupported', 0, '%PDF-'],
  ['unsupported', 0, '8BPS'],
  ['unsupported', 0, '\0\0\x01\0'],
  ['unsupported', 0, '\0\0\0\x0cJXL \r\n'],
  ['unsupported', 0, '\xff\x0a'],
  ['unsupported', 0, '\0\0\0\x0cjP  \r\n'],
  ['unsupported', 0, '\xff\x4f\xff\x51'],
  ['unsupported', 0, 'FUJIFILMCCD-RAW'],
  ['unsupported', 0, 'IIRO'],
  ['unsupported', 0, 'IIU\0'],
  ['unsupported', 4, 'ftypcrx '],
  // Animations of two brands that libvips does not open: they would count as damaged.
  ['unsupported', 4, 'ftypavis'],
  ['unsupported', 4, 'ftyphevx'],
];

const HEIF_BRANDS = new Set([
  ...['heic', 'heix', 'heim', 'heis', 'hevc', 'hevm', 'hevs'],
  ...['mif1', 'msf1', 'avif'],
]);

/** What a file is by its first bytes. A name is never looked at: `photo.jpg` may hold anything. */
export function recognize(bytes: Buffer): Signature {
  for (const [signature, offset, text] of MARKS) {
    if (bytes.subarray(offset, offset + text.length).equals(Buffer.from(text, 'latin1'))) return signature;
  }
  if (bytes.toString('latin1', 4, 8) === 'ftyp') return recognizeBrand(bytes.toString('latin1', 8, 12));
  if (isBitmap(bytes) || isSvg(bytes)) return 'unsupported';
  return 'unknown';
}

/** Videos are in this container too; they are no pictures. */
function recognizeBrand(brand: string): Signature {
  return HEIF_BRANDS.has(brand) ? 'heif' : 'unknown';
}

/** "BM" alone may begin any text; a bitmap also has four zero bytes at 6 and the size of a known header at 14. */
function isBitmap(bytes: Buffer): boolean {
  if (bytes.length < 18 || bytes.toString('latin1', 0, 2) !== 'BM') return false;
  return bytes.readUInt32LE(6) === 0 && [12, 40, 52, 56, 64, 108, 124].includes(bytes.readUInt32LE(14));
}
