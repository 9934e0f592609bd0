// A table in, what each of its columns is taken for out: a guess, which a person may change.
import { z } from 'zod';
import { HandoutError } from '../errors.ts';
import { FIELDS, type Field, fieldOf } from './headings.ts';
import type { Table, TableRow } from './table.ts';

/** One entry a column, from the first; null = ignored. */
export type Mapping = readonly (Field | null)[];

export const mappingSchema = z.array(z.enum(Object.keys(FIELDS) as [Field, ...Field[]]).nullable()).max(200);

/** One column as a page shows it. */
export interface Column {
  /** `C`, as the spreadsheet names it. */
  letter: string;
  /** What messages call it: its heading, with the letter where that alone would not tell. */
  label: string;
  field: Field | null;
}

/** Fields that several columns may give together. */
const SEVERAL: readonly Field[] = ['handouts', 'address', 'note'];
/** Of these the guess takes several columns: Handout 1, Handout 2. Two notes are more likely not meant. */
const GUESSED_SEVERAL: readonly Field[] = ['handouts', 'address'];

/** A field goes to the first column that claims it. */
export function guessMapping({ headings, rows }: Table): Mapping {
  const taken = new Set<Field>();
  const mapping = headings.map((heading, index) => {
    const field = nameField(fieldOf(heading), index, headings, rows);
    if (field === null || (taken.has(field) && !GUESSED_SEVERAL.includes(field))) return null;
    taken.add(field);
    return field;
  });
  const whole = taken.has('client') || taken.has('lastFirst');
  return mapping.map((field) => (whole && (field === 'first' || field === 'last') ? null : field));
}

/** “Name” beside “Vorname” is the last name, and “Nombre” beside “Apellidos” the first. */
function nameField(
  field: Field | null,
  column: number,
  headings: readonly string[],
  rows: readonly TableRow[],
): Field | null {
  if (field !== 'client') return field;
  const has = (other: Field) => headings.some((heading) => fieldOf(heading) === other);
  const short = /^(name|nom|nombre)$/iu.test(headings[column]!);
  if (short && has('first') !== has('last')) return has('first') ? 'last' : 'first';
  return mostlyTurned(column, rows) ? 'lastFirst' : 'client';
}

const TURNED = /^[^,]+,[^,]+(?:,[^,]+)?$/u;

/** More than half of the names have a comma, or two: `King, Martin, Jr.` */
function mostlyTurned(column: number, rows: readonly TableRow[]): boolean {
  const names = rows.map(({ cells }) => cells[column]!.trim()).filter((name) => name !== '');
  return names.length > 0 && names.filter((name) => TURNED.test(name)).length > names.length / 2;
}

/** The columns in order, as the mapping takes them. Throws when the mapping does not fit the table. */
export function columnsOf({ headings }: Table, mapping: Mapping): Column[] {
  const twice = mapping.find(
    (field, index) => field !== null && !SEVERAL.includes(field) && mapping.indexOf(field) !== index,
  );
  if (mapping.length !== headings.length || twice !== undefined) {
    const message = twice
      ? `Two columns are taken for “${FIELDS[twice]}”.`
      : 'The columns chosen are not those of this file.';
    throw new HandoutError([{ code: 'field-invalid', message, hint: 'Choose again.', place: { field: 'mapping' } }]);
  }
  return headings.map((heading, index) => {
    const letter = letterOf(index);
    const alone = heading !== '' && headings.indexOf(heading) === headings.lastIndexOf(heading);
    const label = alone ? heading : heading === '' ? `column ${letter}` : `${heading} (column ${letter})`;
    return { letter, label, field: mapping[index] ?? null };
  });
}

/** The table with the columns that are used and nothing else. Row numbers stay. */
export function withoutIgnored(table: Table, mapping: Mapping): { table: Table; mapping: Mapping } {
  const isUsed = (_: unknown, index: number) => (mapping[index] ?? null) !== null;
  const rows = table.rows.map(({ row, cells }) => ({ row, cells: cells.filter(isUsed) }));
  return { table: { ...table, headings: table.headings.filter(isUsed), rows }, mapping: mapping.filter(isUsed) };
}

/** The first rows, to show what the columns hold. */
export function sampleRows({ rows }: Table): readonly TableRow[] {
  return rows.slice(0, 3);
}

/** 0 is A, 26 is AA. */
function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : `${letterOf(Math.floor(index / 26) - 1)}${last}`;
}
