// A table and what staff changed in it in, the changed table out, also as a file they can keep.
import { z } from 'zod';
import { HandoutError } from '../errors.ts';
import { writeCsv } from './csv.ts';
import type { Table } from './table.ts';

export const correctionSchema = z.strictObject({
  /** As staff see it in their spreadsheet. */
  row: z.int().min(1),
  /** Counted from 0. */
  column: z.int().min(0),
  value: z.string().max(10_000),
});
export type Correction = z.output<typeof correctionSchema>;

/** Later ones win. Throws when a row or column is not in the table. */
export function correct(table: Table, corrections: readonly Correction[]): Table {
  const places = new Map(table.rows.map(({ row }, index) => [row, index]));
  const rows = [...table.rows];
  for (const { row, column, value } of corrections) {
    const index = places.get(row);
    if (index === undefined || column >= table.headings.length) throw nowhere();
    rows[index] = { row, cells: rows[index]!.cells.with(column, value) };
  }
  const touched = new Set(corrections.map(({ row }) => row));
  return { ...table, rows, shifted: table.shifted.filter((row) => !touched.has(row)) };
}

/**
 * Every row stands where it stood, so that the numbers in messages stay right. What is hidden would show in a text file, so
 * that it is left out.
 */
export function correctedFile({ headings, headingRow, rows, hidden, delimiter }: Table): Buffer {
  const lines: (readonly string[])[] = [];
  const put = (row: number, cells: readonly string[]) => {
    while (lines.length < row - 1) lines.push([]);
    lines.push(cells);
  };
  put(headingRow, headings);
  for (const { row, cells } of rows) if (!hidden.includes(row)) put(row, cells);
  return writeCsv(lines, delimiter);
}

function nowhere(): HandoutError {
  const message = 'A cell that was changed is not in the file.';
  const place = { field: 'corrections' };
  return new HandoutError([{ code: 'field-invalid', message, hint: 'Load the file again.', place }]);
}
