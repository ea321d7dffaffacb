import { box, u16, u32 } from '../../../src/bench/photos/boxes';
import { boxesIn, find } from './heif-boxes';

const MATRIX = u32(0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000);

/**
 * A HEIC or an AVIF of one picture with a track of several beside it, each of them the same one: pictures of an animation
 * (`pict`), or a video (`vide`).
 */
export function withTrack(heif: Buffer, handler: 'pict' | 'vide', brand: string, count = 3): Buffer {
  const [codec, configuration, sequence] = heif.includes('av1C')
    ? ['av01', 'av1C', 'avis']
    : ['hvc1', 'hvcC', 'hevc'];
  const from = heif.indexOf(configuration) - 4;
  const config = heif.subarray(from, from + heif.readUInt32BE(from));
  const [width, height] = [8, 12].map((at) => heif.readUInt32BE(heif.indexOf('ispe') + at)) as [
    number,
    number,
  ];
  const data = find(boxesIn(heif, 0, heif.length), 'mdat');
  const ofEach = (value: number) => u32(...Array<number>(count).fill(value));
  const look = [u16(0, 0, 0, 1), Buffer.alloc(16), u16(width, height), u32(0x48_0000, 0x48_0000, 0), u16(1)];
  const table = box(
    'stbl',
    box('stsd', u32(0, 1), box(codec, ...look, Buffer.alloc(32), u16(24, 0xffff), config)),
    box('stts', u32(0, 1, count, 100)),
    box('stsc', u32(0, 1, 1, 1, 1)),
    box('stsz', u32(0, 0, count), ofEach(data.size - 8)),
    box('stco', u32(0, count), ofEach(data.at + 8)),
  );
  const media = box(
    'mdia',
    box('mdhd', u32(0, 0, 0, 1000, count * 100), u16(0x55c4, 0)),
    box('hdlr', u32(0, 0), handler, Buffer.alloc(13)),
    box('minf', box('vmhd', u32(1, 0, 0)), box('dinf', box('dref', u32(0, 1), box('url ', u32(1)))), table),
  );
  const head = box(
    'tkhd',
    u32(7, 0, 0, 1, 0, count * 100, 0, 0, 0, 0),
    MATRIX,
    u32(width << 16, height << 16),
  );
  const film = box(
    'mvhd',
    u32(0, 0, 0, 1000, count * 100, 0x1_0000, 0x100_0000, 0, 0),
    MATRIX,
    Buffer.alloc(24),
    u32(2),
  );
  const branded = Buffer.from(heif);
  branded.write(brand, 8, 'latin1');
  branded.write(sequence, 24, 'latin1'); // the last of the brands that it also has
  return Buffer.concat([branded, box('moov', film, box('trak', head, media))]);
}
