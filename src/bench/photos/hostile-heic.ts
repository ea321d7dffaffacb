import { readFileSync } from 'node:fs';
import path from 'node:path';
import { box, u16, u32 } from './boxes';

/** Coded by heif-enc and committed: nothing here writes HEVC. 240 × 180 pixels in 4 kB. */
const SAMPLE = path.join(__dirname, '../../../test/photos/support/heic/plain.heic');

const [HIDDEN, SHOWN] = [0x0200_0001, 0x0200_0000];

/**
 * A HEIC whose picture is a grid of tiles (ISO/IEC 23008-12 §6.6.2.3), each of them the same few kilobytes, and each decoded
 * by itself. 255 say 11 megapixels in 16 kB; libheif opens no file with more items than these and the grid.
 */
export function gridHeic(columns: number, rows: number): Buffer {
  const sample = readFileSync(SAMPLE);
  const boxOf = (type: string) => {
    const at = sample.indexOf(type) - 4;
    return sample.subarray(at, at + sample.readUInt32BE(at));
  };
  const [width, height] = [boxOf('ispe').readUInt32BE(12), boxOf('ispe').readUInt32BE(16)];
  const coded = boxOf('mdat').subarray(8);
  const tiles = Array.from({ length: columns * rows }, (_, index) => index + 2); // 1 is the grid
  const items = u16(tiles.length + 1);
  const meta = (codedAt: number) =>
    box(
      'meta',
      u32(0),
      box('hdlr', u32(0, 0), 'pict', Buffer.alloc(13)),
      box('pitm', u32(0), u16(1)),
      box('idat', Buffer.from([0, 0, rows - 1, columns - 1]), u16(columns * width, rows * height)),
      box(
        'iloc',
        u32(0x0100_0000),
        u16(0x4400),
        items,
        Buffer.concat([u16(1, 1, 0, 1), u32(0, 8)]),
        ...tiles.map((id) => Buffer.concat([u16(id, 0, 0, 1), u32(codedAt, coded.length)])),
      ),
      box(
        'iinf',
        u32(0),
        items,
        box('infe', u32(SHOWN), u16(1, 0), 'grid\0'),
        ...tiles.map((id) => box('infe', u32(HIDDEN), u16(id, 0), 'hvc1\0')),
      ),
      box(
        'iprp',
        box('ipco', boxOf('hvcC'), boxOf('ispe'), box('ispe', u32(0, columns * width, rows * height))),
        box(
          'ipma',
          u32(0, tiles.length + 1),
          Buffer.concat([u16(1), Buffer.from([1, 3])]),
          ...tiles.map((id) => Buffer.concat([u16(id), Buffer.from([2, 0x81, 2])])),
        ),
      ),
      box('iref', u32(0), box('dimg', u16(1, tiles.length, ...tiles))),
    );
  const head = box('ftyp', 'heic\0\0\0\0mif1heic');
  return Buffer.concat([head, meta(head.length + meta(0).length + 8), box('mdat', coded)]);
}
