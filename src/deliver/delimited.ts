// The text of a CSV or TSV file in, its records as rows of cells out, one for each row a spreadsheet program shows.
import { setImmediate } from 'node:timers/promises';
import { type CsvError, type Options, parse as streamed } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { HandoutError } from '../errors.ts';
import { ableToRead } from './formulas.ts';
import { recognised } from './headings.ts';
import type { Delimiter } from './table.ts';

/** A first line that tells Excel how cells are parted; it is no row there. */
const SEP = /^sep=(?<delimiter>[,;\t])(?:\r\n?|\n|$)/iu;
const DELIMITERS: readonly Delimiter[] = ['\t', ';', ','];
const AHEAD = 20;
/** As much at once as keeps the server answering meanwhile. */
const SLICE = 50_000;
const MANY = 300;

const OPTIONS: Options = {
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: false,
  max_record_size: 1_000_000,
};

export interface Delimited {
  delimiter: Delimiter;
  /** The first is row 1; blank rows are there too. */
  rows: readonly (readonly string[])[];
}

/** Throws a HandoutError when a quotation mark is never closed or there are more than `most` rows. */
export async function readDelimited(text: string, most: number): Promise<Delimited> {
  const sep = SEP.exec(text);
  const body = sep === null ? text : text.slice(sep[0].length);
  const delimiter = (sep?.groups?.delimiter as Delimiter | undefined) ?? guessDelimiter(body);
  const rows: string[][] = [];
  const parser = streamed({ ...OPTIONS, delimiter });
  parser.on('data', (record: string[]) => rows.push(cellsOf(record)));
  const ended = new Promise<void>((resolve, reject) => parser.once('end', resolve).once('error', reject));
  ended.catch(() => {});
  // As bytes: a cut through a character heals, a cut through the two halves of one in a string does not.
  const bytes = Buffer.from(body);
  for (let at = 0; at < bytes.length && rows.length <= most && !parser.destroyed; at += SLICE) {
    parser.write(bytes.subarray(at, at + SLICE));
    await setImmediate();
  }
  parser.end();
  await ended.catch((error: CsvError) => {
    throw unreadable(rows.length + 1, error);
  });
  return { delimiter, rows };
}

/** The one that shows most headings we know, then the most cells. Where none parts anything, a comma is part of a name. */
function guessDelimiter(text: string): Delimiter {
  const start = text.slice(0, SLICE);
  const scores = DELIMITERS.map((delimiter) => {
    const rows = firstRows(start, delimiter);
    const known = Math.max(0, ...rows.map((row) => recognised(row)));
    const wide = Math.max(0, ...rows.filter((row) => recognised(row) === known).map(({ length }) => length));
    return { delimiter, score: known * 1000 + wide };
  });
  return scores.reduce((best, one) => (one.score > best.score ? one : best)).delimiter;
}

/** What can be read before anything goes wrong. */
function firstRows(text: string, delimiter: Delimiter): string[][] {
  const rows: string[][] = [];
  try {
    parse(text, { ...OPTIONS, delimiter, to: AHEAD, on_record: (record: string[]) => void rows.push(record) });
  } catch {
    // It is said where when the whole file is read.
  }
  return rows;
}

/** What was made inert for a spreadsheet is as it was. A row of a million commas is not kept. */
function cellsOf(record: readonly string[]): string[] {
  const end = record.length <= MANY ? record.length : record.findLastIndex((cell) => cell.trim() !== '') + 1;
  return record.slice(0, end).map(ableToRead);
}

function unreadable(row: number, { code }: CsvError): HandoutError {
  const open = code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE';
  const message = open
    ? `A quotation mark that opens in row ${row} is never closed.`
    : `Row ${row} can’t be read: its quotation marks do not fit together.`;
  return new HandoutError([
    { code: 'table-unreadable', message, hint: 'Put it right in your spreadsheet program and save the file again.' },
  ]);
}
