// `keepsake check`: a spreadsheet in; what is ready and what needs a fix, by row and column, out. Nothing is made.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Library } from '../content/article.ts';
import { openShelves } from '../content/shelf.ts';
import { type Read, readCopies, readWays } from '../deliver/cells.ts';
import { type Checked, checkRows } from '../deliver/check-rows.ts';
import { type Column, columnsOf, guessMapping } from '../deliver/columns.ts';
import { type Consent, consentSchema } from '../deliver/consent.ts';
import { FIELDS } from '../deliver/headings.ts';
import type { Defaults } from '../deliver/make-recipient.ts';
import { readTable } from '../deliver/read-table.ts';
import type { RowProblem } from '../deliver/recipient.ts';
import { dueIn } from '../deliver/reviews.ts';
import { HandoutError, type Problem, sentence } from '../errors.ts';
import type { Practice } from '../merge/practice.ts';
import { openPress, type Press } from '../pdf/press.ts';
import { openLibrary } from './library.ts';
import type { Settings } from './settings.ts';
import { openData, today } from './wire.ts';

export interface CheckFlags {
  article?: string;
  saved?: string[];
  preset?: string;
  sections?: string;
  lang?: string;
  clinician?: string;
  date?: string;
  paper?: string;
  fit?: string;
  largePrint?: boolean;
  /** To e-mail, of the clients of all rows that say nothing. */
  consent?: string;
  consentDate?: string;
  /** Whether nobody else reads the mailboxes of all rows that say nothing. */
  privateMailbox?: string;
  inkSaving?: boolean;
  binder?: boolean;
  discreet?: boolean;
  maySend?: string;
  copies?: string;
  hiddenToo?: boolean;
  by?: string;
  json?: boolean;
}

/** True when every row is ready. `say` gets the answer, `complain` what is wrong with articles. */
export async function check(
  path: string,
  flags: CheckFlags,
  settings: Settings,
  say: (line: string) => void,
  complain: (line: string) => void,
): Promise<boolean> {
  const { checked, columns } = await checkFile(path, flags, settings, complain, String);
  say(flags.json ? asJson(checked, columns) : forPeople(checked, columns));
  return checked.recipients.length === checked.rows;
}

/** The rows of a file, and all that they are checked against. */
export interface CheckedFile {
  bytes: Buffer;
  checked: Checked;
  columns: readonly Column[];
  library: Library;
  practice: Practice;
  press: Press;
}

export async function checkFile(
  path: string,
  flags: CheckFlags,
  settings: Settings,
  complain: (line: string) => void,
  idOf: (row: number) => string,
): Promise<CheckedFile> {
  const bytes = await bytesOf(path);
  const table = await readTable(bytes, basename(path));
  const mapping = guessMapping(table);
  if (mapping.every((field) => field === null)) throw noHeading(table.headingRow);
  const all = await openLibrary(settings, complain);
  const press = openPress();
  const store = await openData(settings);
  try {
    const library = openShelves(all)(await store.shelf.read());
    const practice = await store.practices.read();
    const batch = flags.by === 'email' ? 'email' : 'print';
    const defaults = defaultsOf(flags);
    const saved = await store.presets.list();
    const hiddenToo = flags.hiddenToo === true;
    const asked = { table, mapping, defaults, library, practice, saved, press, batch, hiddenToo, idOf } as const;
    const checked = await checkRows(asked);
    for (const name of defaults.saved ?? []) await store.presets.use(name);
    return { bytes, checked, columns: columnsOf(table, mapping), library, practice, press };
  } finally {
    await store.close();
  }
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch {
    const message = 'The file can’t be opened.';
    throw new HandoutError([{ code: 'table-unreadable', message, hint: 'Check its path.', place: { field: 'file' } }]);
  }
}

/** Its cells may be clients already: none of them is said. */
function noHeading(row: number): HandoutError {
  const message = `Row ${row} has no heading we know.`;
  const hint = `Put headings above the rows, such as ${['Client', 'Handouts', 'Note', 'May send', 'E-mail'].join(', ')}.`;
  return new HandoutError([{ code: 'table-unreadable', message, hint }]);
}

export function defaultsOf(flags: Omit<CheckFlags, 'by' | 'json'>): Defaults {
  const list = (text = '') =>
    text
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  const choice = {
    preset: flags.preset,
    sections: flags.sections === undefined ? undefined : list(flags.sections),
    language: flags.lang,
    clinician: flags.clinician,
    paper: flags.paper,
    fit: flags.fit === undefined ? undefined : Number(flags.fit),
    largePrint: flags.largePrint,
    inkSaving: flags.inkSaving,
    binder: flags.binder,
    discreet: flags.discreet,
  };
  const given = Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== undefined));
  return {
    saved: flags.saved ?? [],
    articles: list(flags.article),
    choice: { ...given, date: flags.date ?? today() },
    ...(flags.maySend === undefined ? {} : { maySend: cellOf('may-send', readWays(flags.maySend)) }),
    ...(flags.copies === undefined ? {} : { copies: cellOf('copies', readCopies(flags.copies)) }),
    ...(flags.consent === undefined ? {} : { consent: consentIn(flags) }),
    ...(flags.privateMailbox === undefined ? {} : { privateMailbox: flags.privateMailbox === 'yes' }),
  };
}

/** A flag that is read like the cell of the same name. */
function cellOf<T>(flag: string, read: Read<T>): T {
  if ('value' in read) return read.value;
  const message = `--${flag} can’t be read.`;
  throw new HandoutError([{ code: 'field-invalid', message, hint: read.hint, place: { field: flag } }]);
}

function consentIn({ consent: kind, consentDate: date }: CheckFlags): Consent {
  const read = consentSchema.safeParse(kind === 'after-warning' ? { kind, date } : { kind });
  if (!read.success) throw new HandoutError([NO_DAY]);
  return read.data;
}

const NO_DAY: Problem = {
  code: 'consent-missing',
  message: 'The day on which the clients were warned and agreed is missing, is no day, or is still to come.',
  hint: 'Add --consent-date, like 2026-11-20.',
  place: { field: 'consentDate' },
};

function forPeople(checked: Checked, columns: readonly Column[]): string {
  const { summary, warnings } = checked;
  const used = columns.filter(({ field }) => field !== null);
  const ignored = columns.filter(({ field }) => field === null).map(({ label }) => label);
  return [
    `${summary}.`,
    `Taken: ${used.map(({ label, field }) => `${label} = ${FIELDS[field!]}`).join('; ')}.`,
    ...(ignored.length === 0 ? [] : [`Ignored: ${ignored.join('; ')}.`]),
    ...refusals(checked),
    ...warnings.map((warning) => `Look at ${lineOf(warning).replace(/^Row/u, 'row')}`),
  ].join('\n');
}

/** What is wrong with rows, one a line. */
export function refusals({ problems, same, hidden }: Checked): string[] {
  return [
    ...problems.map(lineOf),
    ...same.map(({ row, as }) => `Row ${row}: same as row ${as}.`),
    ...hidden.map((row) => `Row ${row}: hidden in the spreadsheet. Give --hidden-too to make it.`),
  ];
}

/** Says which articles were to be reviewed again by now; true where a person has to decide first. */
export function asksForReview(checked: Checked, complain: (line: string) => void): boolean {
  const due = dueIn(checked);
  for (const { message } of due) complain(message);
  if (due.length > 0) complain('Nothing was made. Review it on the page Articles, or give --despite-review.');
  return due.length > 0;
}

/** `Row 41, Language: This is no language we know. Write it like en.` */
function lineOf(problem: RowProblem): string {
  const { row, column } = problem;
  return `Row ${row}${column === null ? '' : `, ${column}`}: ${sentence(problem)}`;
}

function asJson(
  { rows, recipients, problems, same, hidden, warnings, summary }: Checked,
  columns: readonly Column[],
): string {
  const plain = ({ row, column, code, message, hint }: RowProblem) => ({ row, column, code, message, hint });
  const answer = {
    summary,
    rows,
    ready: recipients.length,
    problems: problems.map(plain),
    same,
    hidden,
    warnings: warnings.map(plain),
    columns: columns.map(({ letter, label, field }) => ({ letter, heading: label, takenFor: field })),
  };
  return JSON.stringify(answer, null, 2);
}
