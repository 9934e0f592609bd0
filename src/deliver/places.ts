// A problem of a cell in, the same with the row and the heading staff know, and nothing of a client, out.
import type { Column } from './columns.ts';
import type { Field } from './headings.ts';
import type { RowProblem } from './recipient.ts';
import type { CellProblem } from './row.ts';

/** Where a field that has no column of its own is put right. */
const STANDS_FOR: Readonly<Partial<Record<Field, readonly Field[]>>> = {
  client: ['client', 'lastFirst', 'first', 'last'],
  address: ['address', 'street', 'city', 'postcode', 'state', 'country'],
};

/** The heading of the column that gives this field; null when the form gives it. */
export function labelOf(field: Field | null, columns: readonly Column[]): string | null {
  if (field === null) return null;
  for (const one of STANDS_FOR[field] ?? [field]) {
    const column = columns.find((candidate) => candidate.field === one);
    if (column !== undefined) return column.label;
  }
  return null;
}

export function placed({ field, problem }: CellProblem, row: number, columns: readonly Column[]): RowProblem {
  const message = problem.code === 'character-unprintable' ? codesOnly(problem.message) : problem.message;
  return { ...problem, message, row, column: labelOf(field, columns) };
}

/** As the columns stand in the file. */
export function inOrder(problems: readonly RowProblem[], columns: readonly Column[]): RowProblem[] {
  const at = new Map<string | null, number>(columns.map(({ label }, index) => [label, index]));
  return problems.toSorted((a, b) => (at.get(a.column) ?? -1) - (at.get(b.column) ?? -1));
}

/** `“𓀀” (U+13000)` becomes `U+13000`: lists of problems travel further than a form does. */
function codesOnly(message: string): string {
  return message.replace(/“[^”]*” \((U\+[0-9A-F]+(?: U\+[0-9A-F]+)*)\)/gu, '$1');
}
