import { u16, u32 } from '../../../src/bench/photos/boxes';
import { segment, withSegments } from './jpeg-segments';

const [APP1, APP2] = [0xe1, 0xe2];
const MPF_BYTES = 90;

/**
 * A JPEG with a gain map behind it, from which a screen makes HDR: as Android's Ultra HDR format 1.1 says it (XMP and
 * the Multi-Picture Format), and as ISO 21496-1 does.
 */
export function withGainMap(jpeg: Buffer, gainMap: Buffer): Buffer {
  const map = withSegments(gainMap, xmp('hdrgm:GainMapMax="2" hdrgm:HDRCapacityMax="2"'), iso(GAIN));
  const items = [
    '<Container:Item Item:Semantic="Primary" Item:Mime="image/jpeg"/>',
    `<Container:Item Item:Semantic="GainMap" Item:Mime="image/jpeg" Item:Length="${map.length}"/>`,
  ].map((item) => `<rdf:li rdf:parseType="Resource">${item}</rdf:li>`);
  const directory = `<Container:Directory><rdf:Seq>${items.join('')}</rdf:Seq></Container:Directory>`;
  const before = [xmp('', directory), iso(Buffer.alloc(0))];
  const start = before.reduce((sum, { length }) => sum + length, 2);
  const size = jpeg.length + start - 2 + MPF_BYTES;
  return Buffer.concat([withSegments(jpeg, ...before, mpf(size, start + 8, map.length)), map]);
}

function xmp(attributes: string, content = ''): Buffer {
  const names = [
    'xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/"',
    'xmlns:Container="http://ns.google.com/photos/1.0/container/"',
    'xmlns:Item="http://ns.google.com/photos/1.0/container/item/"',
  ].join(' ');
  const description = `<rdf:Description ${names} hdrgm:Version="1.0" ${attributes}>${content}</rdf:Description>`;
  const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${description}</rdf:RDF>`;
  const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/">${rdf}</x:xmpmeta>`;
  return segment(APP1, 'http://ns.adobe.com/xap/1.0/\0', packet);
}

/** One channel, in fractions: headroom of both renditions, smallest and largest gain, gamma, two offsets. */
const GAIN = Buffer.concat([Buffer.from([0]), u32(0, 1, 2, 1, 0, 1, 2, 1, 1, 1, 1, 64, 1, 64)]);

function iso(gain: Buffer): Buffer {
  return segment(APP2, 'urn:iso:std:iso:ts:21496:-1\0', u16(0, 0), gain);
}

/** The list of both pictures (CIPA DC-007 §5). Places count from behind `MPF\0`. */
function mpf(size: number, listAt: number, mapSize: number): Buffer {
  const entries = [u16(0xb000, 7), u32(4), '0100', u16(0xb001, 4), u32(1, 2), u16(0xb002, 7), u32(32, 50)];
  const pictures = [u32(0x03_0000, size, 0, 0), u32(0, mapSize, size - listAt, 0)];
  return segment(APP2, 'MPF\0', 'MM\0*', u32(8), u16(3), ...entries, u32(0), ...pictures);
}
