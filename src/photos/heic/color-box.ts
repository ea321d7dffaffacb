import { topBoxes } from './top-boxes';

/** What a HEIF file says of its colors without a profile (`colr` of type `nclx`, ISO/IEC 23091-2): code points. */
export interface CodedColors {
  primaries: number;
  transfer: number;
}

/** SMPTE EG 432-1 with the curve of IEC 61966-2-1: Display-P3. */
const P3_PRIMARIES = 12;
const SRGB_TRANSFER = 13;

/** SMPTE ST 2084 (PQ) and ARIB STD-B67 (HLG): their values mean light of a screen that is far brighter than sRGB's. */
const HDR_TRANSFERS = [16, 18];

/**
 * The first such box of the file's pictures, which is the primary one's in what cameras write; null where there is none.
 * The video of a motion photo, behind them, has colors of its own.
 */
export function codedColors(bytes: Buffer): CodedColors | null {
  const meta = topBoxes(bytes).find(({ type }) => type === 'meta');
  if (meta === undefined || meta.size === null) return null;
  const pictures = bytes.subarray(meta.at, meta.at + meta.size);
  const at = pictures.indexOf('colrnclx', 0, 'latin1');
  if (at === -1 || at + 12 > pictures.length) return null;
  return { primaries: pictures.readUInt16BE(at + 8), transfer: pictures.readUInt16BE(at + 10) };
}

export function isDisplayP3({ primaries, transfer }: CodedColors): boolean {
  return primaries === P3_PRIMARIES && transfer === SRGB_TRANSFER;
}

export function isHdr({ transfer }: CodedColors): boolean {
  return HDR_TRANSFERS.includes(transfer);
}
