/** What a HEIF file says of its colors without a profile (`colr` of type `nclx`, ISO/IEC 23091-2): code points. */
export interface CodedColors {
  primaries: number;
  transfer: number;
}

/** SMPTE EG 432-1: the primaries of Display-P3. */
const P3_PRIMARIES = 12;

/** SMPTE ST 2084 (PQ) and ARIB STD-B67 (HLG): their values mean light of a screen that is far brighter than sRGB's. */
const HDR_TRANSFERS = [16, 18];

/** The first such box, which is the primary picture's in what cameras write; null where there is none. */
export function codedColors(bytes: Buffer): CodedColors | null {
  const at = bytes.indexOf('colrnclx', 0, 'latin1');
  if (at === -1 || at + 12 > bytes.length) return null;
  return { primaries: bytes.readUInt16BE(at + 8), transfer: bytes.readUInt16BE(at + 10) };
}

export function isDisplayP3({ primaries }: CodedColors): boolean {
  return primaries === P3_PRIMARIES;
}

export function isHdr({ transfer }: CodedColors): boolean {
  return HDR_TRANSFERS.includes(transfer);
}
