export interface Column<T> {
  /** Fixed text of ours. */
  name: string;
  /** HTML: what others have written is escaped here. */
  cell: (row: T) => string;
}

/** A table whose roles survive the cards that it becomes on a phone. */
export function htmlTable<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  const head = columns.map(({ name }) => `<th scope="col" role="columnheader">${name}</th>`).join('');
  const body = rows.map(
    (row) => `<tr role="row">${columns.map((column, at) => tableCell(column, row, at === 0)).join('')}</tr>`,
  );
  return `<table role="table"><thead><tr role="row">${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody></table>`;
}

function tableCell<T>({ name, cell }: Column<T>, row: T, isHead: boolean): string {
  return isHead
    ? `<th scope="row" role="rowheader" data-label="${name}">${cell(row)}</th>`
    : `<td role="cell" data-label="${name}">${cell(row)}</td>`;
}
