// Rows -> columns as Go's text/tabwriter aligns them (minwidth 0, padding with blanks).
// https://pkg.go.dev/text/tabwriter

/** Every column but the last is as wide as its widest cell plus `padding`; widths count code points. */
export function alignColumns(rows: readonly (readonly string[])[], padding: number): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, cell] of row.slice(0, -1).entries())
      widths[i] = Math.max(widths[i] ?? 0, lengthOf(cell) + padding);
  return rows.map((row) => `${row.map((cell, i) => padded(cell, row, i, widths)).join('')}\n`).join('');
}

function padded(cell: string, row: readonly string[], i: number, widths: readonly number[]): string {
  return i === row.length - 1 ? cell : cell + ' '.repeat(Math.max(0, (widths[i] ?? 0) - lengthOf(cell)));
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}
