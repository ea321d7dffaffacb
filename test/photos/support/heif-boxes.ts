export interface Box {
  type: string;
  at: number;
  size: number;
}

export function boxesIn(bytes: Buffer, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at < to;) {
    const size = bytes.readUInt32BE(at);
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), at, size });
    at += size;
  }
  return boxes;
}

export function find(boxes: Box[], type: string): Box {
  const found = boxes.find((box) => box.type === type);
  if (!found) throw new Error(`no box ${type}`);
  return found;
}

export function grow(bytes: Buffer, { at, size }: Box, by: number): void {
  bytes.writeUInt32BE(size + by, at);
}

/** For `iloc` of version 0 or 1 with 4-byte offsets into the file, as libheif writes it. */
export function moveItems(bytes: Buffer, { at }: Box, by: number): void {
  const version = bytes.readUInt8(at + 8);
  const sizes = bytes.readUInt16BE(at + 12);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  if (version > 1 || offsetSize !== 4) throw new Error('another kind of iloc');
  let next = at + 16;
  for (let items = bytes.readUInt16BE(at + 14); items > 0; items -= 1) {
    next += 2 + (version === 1 ? 2 : 0) + 2 + baseSize;
    for (let extents = bytes.readUInt16BE(next), index = 0; index < extents; index += 1) {
      const offsetAt = next + 2 + index * (offsetSize + lengthSize);
      bytes.writeUInt32BE(bytes.readUInt32BE(offsetAt) + by, offsetAt);
    }
    next += 2 + bytes.readUInt16BE(next) * (offsetSize + lengthSize);
  }
}
