import { stripVTControlCharacters } from 'node:util';
import { photoCounter } from '../../src/cli/photo-counter';

/** A terminal, or not, that remembers what was written to it. */
function stream(isTTY: boolean) {
  const written: string[] = [];
  const write = (text: string) => written.push(text) > 0;
  return { written, stream: { isTTY, write } as unknown as NodeJS.WriteStream };
}

test('in a terminal a bar counts the photos', () => {
  const { written, stream: terminal } = stream(true);
  const counter = photoCounter(terminal, 8);
  counter.show(2);
  expect(stripVTControlCharacters(written.join(''))).toBe(`${'█'.repeat(6)}${'░'.repeat(18)}  2/8 photos`);
  counter.show(8);
  expect(stripVTControlCharacters(written.join(''))).toContain(`${'█'.repeat(24)}  8/8 photos`);
  counter.clear();
});

test('anywhere else nothing is written, not even control characters', () => {
  const { written, stream: file } = stream(false);
  const counter = photoCounter(file, 8);
  counter.show(2);
  counter.clear();
  expect(written).toEqual([]);
});
