import type { ReactNode } from 'react';
import '../styles/scrolled-table.css';

export interface TableColumn {
  readonly title: string;
  readonly isNumber?: boolean;
}

/** A column without a title, such as one of bars or of buttons. */
export interface BlankColumn {
  readonly title: null;
  readonly className?: string;
}

interface ScrolledTableProps {
  /** The ID of the heading that names the table, or the name itself. */
  readonly name: { readonly headingId: string } | { readonly text: string };
  readonly columns: readonly (TableColumn | BlankColumn)[];
  /** The rows. */
  readonly children: ReactNode;
}

/** A table of figures. If it is wider than its place, the keyboard can scroll it, too. */
export function ScrolledTable({ name, columns, children }: ScrolledTableProps) {
  const naming = 'text' in name ? { 'aria-label': name.text } : { 'aria-labelledby': name.headingId };
  return (
    <div className="scrolled-table" tabIndex={0} role="group" {...naming}>
      <table {...naming}>
        <thead>
          <tr>
            {columns.map((column, at) =>
              column.title === null ? (
                // Columns never change their places.
                <td key={at} className={column.className} />
              ) : (
                <th key={at} scope="col" className={column.isNumber === true ? 'number' : undefined}>
                  {column.title}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
