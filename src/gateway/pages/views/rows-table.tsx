import type { ComponentChildren, VNode } from 'preact';

interface RowsTableProps {
  columns: readonly string[];
  caption?: string;
  children: ComponentChildren;
}

/** A table of the same shape on every page. Its roles are said, because the style of a phone takes those of its elements away. */
export function RowsTable({ columns, caption, children }: RowsTableProps): VNode {
  return (
    <table class="rows" role="table">
      {caption !== undefined && <caption class="soft">{caption}</caption>}
      <thead>
        <tr role="row">
          {columns.map((name) => (
            <th scope="col" role="columnheader">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

/** @param column on a phone it stands before what is in the cell */
export function Cell({ column, children }: { column: string; children: ComponentChildren }): VNode {
  return (
    <td role="cell" data-label={column}>
      {children}
    </td>
  );
}
