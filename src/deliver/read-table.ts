// The bytes and the name of a file in, a table with the row numbers of the spreadsheet out, or one sentence why not.
import { createHash } from 'node:crypto';
import { HandoutError } from '../errors.ts';
import { decode } from './decode.ts';
import { readDelimited } from './delimited.ts';
import { recognised } from './headings.ts';
import { hiddenRows } from './hidden-rows.ts';
import type { Delimiter, Table } from './table.ts';
import { type Limits, readSheets } from './xlsx.ts';
import { zipEntries } from './zip-entries.ts';

export const MOST_BYTES = 20_000_000;
export const MOST_ROWS = 100_000;
const MOST_COLUMNS = 200;
/** A title, a date and a blank row may stand above the headings. */
const HEADINGS_WITHIN = 20;

/** SHA-256 of a file, in hexadecimal: the same file has the same one. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Reads CSV, TSV and XLSX. `limits` is for tests: what a workbook may cost. */
export async function readTable(bytes: Uint8Array, name: string, limits?: Limits): Promise<Table> {
  if (bytes.length === 0) throw refusal('The file is empty.', 'Choose the spreadsheet again.');
  if (bytes.length > MOST_BYTES) throw tooLarge('The file is larger than 20 MB.');
  const kind = kindOf(bytes, name);
  if (kind === 'workbook') return fromWorkbook(bytes, limits);
  if (kind !== 'text') throw refusal(`This is ${kind}.`, 'Open it, save it as .xlsx or CSV, and choose that file.');
  const text = decode(bytes);
  if (text === null) throw refusal('This is not a spreadsheet we can read.', 'Save it as .xlsx or CSV.');
  const { delimiter, rows } = await readDelimited(text, MOST_ROWS + HEADINGS_WITHIN);
  return tableOf(rows, delimiter, null);
}

/** Of several sheets, the one with most headings we know. */
async function fromWorkbook(bytes: Uint8Array, limits?: Limits): Promise<Table> {
  const sheets = await readSheets(bytes, limits);
  const known = ({ rows }: { rows: readonly (readonly string[])[] }) =>
    Math.max(0, ...rows.slice(0, HEADINGS_WITHIN).map(recognised));
  const filled = sheets.filter(({ rows }) => rows.some((row) => widthOf(row) > 0));
  const best = filled.toSorted((a, b) => known(b) - known(a))[0];
  const table = tableOf(best?.rows ?? [], ',', best?.name ?? null);
  const hidden = new Set(best === undefined ? [] : await hiddenRows(bytes, sheets.indexOf(best)));
  return { ...table, hidden: table.rows.map(({ row }) => row).filter((row) => hidden.has(row)) };
}

function tableOf(rows: readonly (readonly string[])[], delimiter: Delimiter, sheet: string | null): Table {
  const heading = headingIndex(rows);
  const headings = rows[heading] ?? [];
  if (widthOf(headings) === 0) throw refusal('There is nothing in the file.', 'Choose the spreadsheet again.');
  const filled = rows.flatMap((cells, index) => {
    const width = widthOf(cells);
    return index > heading && width > 0 ? [{ row: index + 1, cells, width }] : [];
  });
  if (filled.length === 0) {
    throw refusal('There are headings but no rows under them.', 'Add a row for each client, and save the file again.');
  }
  if (filled.length > MOST_ROWS) throw tooLarge('The file has more than 100,000 rows.');
  const width = filled.reduce((most, one) => Math.max(most, one.width), widthOf(headings));
  if (width > MOST_COLUMNS) throw tooLarge(`The file has more than ${MOST_COLUMNS} columns.`);
  const padded = (cells: readonly string[]) => Array.from({ length: width }, (_, index) => cells[index] ?? '');
  const isShifted = (one: { width: number }) => sheet === null && one.width > headings.length;
  return {
    headings: padded(headings).map((text) => text.replace(/\s+/gu, ' ').trim()),
    headingRow: heading + 1,
    rows: filled.map(({ row, cells }) => ({ row, cells: padded(cells) })),
    shifted: filled.filter(isShifted).map(({ row }) => row),
    hidden: [],
    delimiter,
    sheet,
  };
}

/** Empty cells at the end are none. */
const widthOf = (cells: readonly string[]) => cells.findLastIndex((cell) => cell.trim() !== '') + 1;

/** The row with most headings we know among the first, else the first with anything in it. */
function headingIndex(rows: readonly (readonly string[])[]): number {
  const scores = rows.slice(0, HEADINGS_WITHIN).map(recognised);
  const best = Math.max(0, ...scores);
  return best > 0 ? scores.indexOf(best) : rows.findIndex((row) => widthOf(row) > 0);
}

const STARTS: readonly { bytes: string; kind: string }[] = [
  { bytes: '25504446', kind: 'a PDF' },
  { bytes: '7b5c727466', kind: 'a text document (RTF)' },
  { bytes: '89504e47', kind: 'a picture' },
  { bytes: 'ffd8ff', kind: 'a picture' },
];
const OLD_OFFICE = 'd0cf11e0';

/** What is inside tells; the name only tells apart what looks the same inside. */
function kindOf(bytes: Uint8Array, name: string): string {
  const start = Buffer.from(bytes.subarray(0, 512));
  const hex = start.toString('hex');
  const known = STARTS.find(({ bytes: magic }) => hex.startsWith(magic));
  if (known !== undefined) return known.kind;
  if (hex.startsWith(OLD_OFFICE)) {
    return /\.xls$/iu.test(name) ? 'an old Excel file (.xls)' : 'a file with a password, or of an old kind';
  }
  if (hex.startsWith('504b0304') || hex.startsWith('504b0506')) return kindOfZip(bytes);
  if (/^\s*<(?:!doctype|html|table|\?xml|meta|style)/iu.test(start.toString().replace(/^\ufeff/u, ''))) {
    return 'a web page or XML under the name of a spreadsheet';
  }
  return 'text';
}

function kindOfZip(bytes: Uint8Array): string {
  const names = new Set((zipEntries(bytes) ?? []).map(({ name }) => name));
  const has = (start: string) => [...names].some((name) => name.startsWith(start));
  if (names.has('xl/workbook.xml')) return 'workbook';
  if (names.has('xl/workbook.bin')) return 'a binary Excel file (.xlsb)';
  if (has('word/')) return 'a Word document';
  if (has('Index/') || names.has('Index.zip')) return 'a Numbers file';
  if (names.has('content.xml')) return 'an OpenDocument file (.ods)';
  return names.size === 0 ? 'a damaged workbook' : 'a ZIP file';
}

function refusal(message: string, hint: string): HandoutError {
  return new HandoutError([{ code: 'table-unreadable', message, hint }]);
}

function tooLarge(message: string): HandoutError {
  return new HandoutError([{ code: 'table-too-large', message, hint: 'Part it into several files.' }]);
}
