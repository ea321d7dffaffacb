import { topBoxes } from './top-boxes';

/** What a track holds stands behind 8 bytes of its handler: `pict`; the video of a motion photo is `vide`. */
const PICTURE_TRACK = 'hdlr\0\0\0\0\0\0\0\0pict';

/**
 * Pictures of an animation or a burst in a HEIF file (ISO/IEC 23008-12 §7), by the table of its first such track; 0 where
 * there is none.
 */
export function sequenceLength(bytes: Buffer): number {
  const movie = topBoxes(bytes).find(({ type }) => type === 'moov');
  if (movie === undefined || movie.size === null) return 0;
  const tracks = bytes.subarray(movie.at, movie.at + movie.size);
  const track = tracks.indexOf(PICTURE_TRACK, 0, 'latin1');
  const sizes = track === -1 ? -1 : tracks.indexOf('stsz', track, 'latin1');
  return sizes === -1 || sizes + 16 > tracks.length ? 0 : tracks.readUInt32BE(sizes + 12);
}
