import { u16 } from './boxes';

const [TABLE, SCAN, END] = [0xc4, 0xda, 0xd9];

/** Of each component of 8 × 8 pixels, all but the mean. */
const DETAILS = 63;
const COMPONENTS = 3;

/** The shortest table of codes: one code of one bit, which says that the rest of a block is 0. */
const ALL_ZERO = segment(TABLE, Buffer.from([0x10, 1, ...Array<number>(15).fill(0), 0]));

/**
 * A progressive JPEG without halved chroma in 190 scans: its own first one, of the means, and one for each single detail,
 * all of which go over the whole picture once more (ITU-T T.81, annex G).
 */
export function manyScans(progressive: Buffer, width: number, height: number): Buffer {
  const means = progressive.indexOf(Buffer.from([0xff, SCAN]));
  const next = [TABLE, SCAN].map((mark) => progressive.indexOf(Buffer.from([0xff, mark]), means + 2));
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const zeros = Buffer.alloc(Math.ceil(blocks / 8));
  const scans = Array.from({ length: COMPONENTS * DETAILS }, (_, index) => {
    const [component, detail] = [1 + Math.floor(index / DETAILS), 1 + (index % DETAILS)];
    return [segment(SCAN, Buffer.from([1, component, 0, detail, detail, 0])), zeros];
  });
  const end = Buffer.from([0xff, END]);
  const first = progressive.subarray(0, Math.min(...next.filter((at) => at > 0)));
  return Buffer.concat([first, ALL_ZERO, ...scans.flat(), end]);
}

function segment(marker: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xff, marker]), u16(body.length + 2), body]);
}
