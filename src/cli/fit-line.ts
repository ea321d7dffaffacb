/**
 * Cuts a line to the width of a terminal: one that wraps would be counted as one, and the next redraw would leave a trail. Color codes
 * have no width and stay whole.
 *
 * @param columns 0 is said by terminals that do not know, such as the one of a container
 */
export function fitLine(line: string, columns: number): string {
  if (columns < 1) return line;
  let visible = 0;

  return line.replace(/\x1b\[[0-9;]*m|./gu, (piece) =>
    piece.length > 2 || ++visible < columns ? piece : '',
  );
}
