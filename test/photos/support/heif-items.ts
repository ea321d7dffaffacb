import { box, u16, u32 } from '../../../src/bench/photos/boxes';
import { boxesIn, find, grow, moveItems } from './heif-boxes';

/** Metadata of a picture: `Exif`, or XMP as an item of a media type (ISO/IEC 23008-12, annex A). */
export interface Metadata {
  type: 'Exif' | 'mime';
  content: Buffer;
}

/** EXIF as JPEG holds it, `Exif\0\0` in front. */
export function exifItem(exif: Buffer): Metadata {
  return { type: 'Exif', content: Buffer.concat([u32(6), exif]) };
}

export function xmpItem(xmp: string): Metadata {
  return { type: 'mime', content: Buffer.from(xmp) };
}

/** The same file of one picture with metadata for it, as a camera writes it. */
export function withMetadata(heic: Buffer, items: readonly Metadata[]): Buffer {
  const meta = find(boxesIn(heic, 0, heic.length), 'meta');
  const inMeta = boxesIn(heic, meta.at + 12, meta.at + meta.size);
  if (inMeta.some(({ type }) => type === 'iref')) throw new Error('it has metadata, or several pictures');
  const [iloc, iinf] = [find(inMeta, 'iloc'), find(inMeta, 'iinf')];
  const ids = items.map((_, index) => index + 2);
  const infos = Buffer.concat(
    items.map(({ type }, index) => {
      const name = type === 'mime' ? 'mime\0application/rdf+xml\0' : 'Exif\0';
      return box('infe', u32(0x0200_0000), u16(ids[index] ?? 0, 0), name);
    }),
  );
  const references = box('iref', u32(0), ...ids.map((id) => box('cdsc', u16(id, 1, 1))));
  const placeBytes = 18;
  const moved = infos.length + references.length + items.length * placeBytes;

  let next = heic.length + moved + 8;
  const places = items.map(({ content }, index) => {
    const place = Buffer.concat([u16(ids[index] ?? 0, 0), u32(0), u16(1), u32(next, content.length)]);
    next += content.length;
    return place;
  });
  const patched = Buffer.from(heic);
  moveItems(patched, iloc, moved);
  patched.writeUInt16BE(1 + items.length, iloc.at + 14);
  patched.writeUInt16BE(1 + items.length, iinf.at + 12);
  grow(patched, iloc, items.length * placeBytes);
  grow(patched, iinf, infos.length);
  grow(patched, meta, moved);
  const [endOfIloc, endOfIinf, endOfMeta] = [iloc, iinf, meta].map(({ at, size }) => at + size);
  return Buffer.concat([
    patched.subarray(0, endOfIloc),
    ...places,
    patched.subarray(endOfIloc, endOfIinf),
    infos,
    patched.subarray(endOfIinf, endOfMeta),
    references,
    patched.subarray(endOfMeta),
    box('mdat', ...items.map(({ content }) => content)),
  ]);
}
