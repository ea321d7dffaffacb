export const D50 = [0.9642, 1, 0.8249] as const;

/** The smallest profile (ICC.1 version 2) of a kind of device color: these tags, and what every profile must have. */
export function profile(space: 'RGB ' | 'GRAY', own: readonly [string, Buffer][]): Buffer {
  const tags: [string, Buffer][] = [
    ['desc', description('made for a test')],
    ['cprt', Buffer.from('text\0\0\0\0none\0\0\0\0', 'latin1')],
    ['wtpt', xyz(D50)],
    ...own,
  ];
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length);
  let at = 128 + table.length;
  for (const [index, [name, body]] of tags.entries()) {
    table.write(name, 4 + index * 12, 'latin1');
    table.writeUInt32BE(at, 8 + index * 12);
    table.writeUInt32BE(body.length, 12 + index * 12);
    at += body.length;
  }
  const header = Buffer.alloc(128);
  header.writeUInt32BE(at);
  header.writeUInt32BE(0x0210_0000, 8);
  header.write(`mntr${space}XYZ `, 12, 'latin1');
  header.write('acsp', 36, 'latin1');
  xyz(D50).copy(header, 68, 8);
  return Buffer.concat([header, table, ...tags.map(([, body]) => body)]);
}

/** Gray whose values are amounts of light: 120 of 255 is what sRGB calls 182. */
export function linearGrayProfile(): Buffer {
  return profile('GRAY', [['kTRC', curve(1)]]);
}

/** A power of `gamma`, which is kept in 1/256. */
export function curve(gamma: number): Buffer {
  const body = Buffer.alloc(16);
  body.write('curv', 'latin1');
  body.writeUInt32BE(1, 8);
  body.writeUInt16BE(Math.round(gamma * 256), 12);
  return body;
}

export function xyz(values: readonly number[]): Buffer {
  const body = Buffer.alloc(20);
  body.write('XYZ ', 'latin1');
  for (const [index, value] of values.entries()) body.writeInt32BE(Math.round(value * 65_536), 8 + index * 4);
  return body;
}

function description(text: string): Buffer {
  const body = Buffer.alloc(12 + text.length + 1 + 78 + 3);
  body.write('desc', 'latin1');
  body.writeUInt32BE(text.length + 1, 8);
  body.write(text, 12, 'latin1');
  return Buffer.concat([body, Buffer.alloc(-body.length & 3)]);
}
