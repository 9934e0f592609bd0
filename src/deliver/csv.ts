// Rows of text in, a CSV file that spreadsheet programs open right and run nothing of out.
import { inert } from './formulas.ts';
import type { Delimiter } from './table.ts';

/** With the mark without which Excel takes UTF-8 for the code page of Windows. */
export function writeCsv(rows: readonly (readonly string[])[], delimiter: Delimiter = ','): Buffer {
  const lines = rows.map((cells) => cells.map((cell) => quoted(inert(cell))).join(delimiter));
  return Buffer.from(`\ufeff${lines.map((line) => `${line}\r\n`).join('')}`, 'utf8');
}

/** All that a program may part cells or rows at is quoted, whatever parts them here: programs differ by country. */
function quoted(cell: string): string {
  return /[",;\t\r\n]|^\s|\s$/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
