// A draft in; its rows checked, corrected, ordered, previewed and started as a batch out.
import { randomUUID } from 'node:crypto';
import type { Checked } from '../deliver/check-rows.ts';
import { guessMapping, type Mapping, mappingSchema, withoutIgnored } from '../deliver/columns.ts';
import { type Correction, correct } from '../deliver/corrections.ts';
import { readTable } from '../deliver/read-table.ts';
import type { Recipient } from '../deliver/recipient.ts';
import { HIDDEN, reasonOf } from '../deliver/report.ts';
import type { Table } from '../deliver/table.ts';
import { HandoutError, type Problem } from '../errors.ts';
import type { Printing } from '../make/packet.ts';
import { type BatchState, type Body, defaultsOf, inOrderOf, partSizeOf, wayOf } from './batch-state.ts';
import type { Draft } from './drafts.ts';
import type { Services } from './services.ts';
import type { Upload } from './upload.ts';

type Checkable = Pick<Draft, 'table' | 'mapping' | 'state'>;

/** Reads an upload and checks it. Throws where the file can't be read at all. */
export async function checkUpload({ bytes, name }: Upload, state: BatchState, services: Services) {
  const table = await readTable(bytes, name);
  const read = { table, mapping: guessMapping(table), state };
  const paper = { file: bytes, ...read, way: wayOf(state.output), outcome: await outcomeOf(read, services) };
  if (!isForMailOnly(paper.outcome)) return paper;
  const byMail = { ...read, state: { ...state, output: { ...state.output, kind: 'email' as const } } };
  return { ...paper, ...byMail, way: 'email' as const, outcome: await outcomeOf(byMail, services) };
}

/** Nobody in it may be given paper. */
const isForMailOnly = (outcome: Draft['outcome']) =>
  isChecked(outcome) && outcome.recipients.length === 0 && outcome.problems.some(({ code }) => code === 'way-refused');

/** What comes of every row, or what keeps all of them from being made. */
export async function outcomeOf({ table, mapping, state }: Checkable, services: Services): Promise<Draft['outcome']> {
  const practice = await services.practices.read();
  const saved = await services.presets.list();
  try {
    return await services.check({
      ...withoutIgnored(table, mapping),
      defaults: defaultsOf(state),
      practice,
      saved,
      batch: wayOf(state.output),
      idOf: () => randomUUID(),
      sameToo: state.sameToo,
      hiddenToo: state.hiddenToo,
    });
  } catch (error) {
    if (error instanceof HandoutError) return { problems: error.problems };
    throw error;
  }
}

/** Takes over what the page holds by now, and checks again where that can change anything. */
export async function update(draft: Draft, body: Body, state: BatchState, services: Services): Promise<boolean> {
  const corrections = correctionsIn(body, draft.table);
  const table = correct(draft.table, corrections);
  draft.corrected ||= corrections.length > 0;
  const mapping = mappingIn(body, draft.mapping);
  const way = wayOf(state.output);
  const isSame =
    way === draft.way &&
    JSON.stringify([forRows(draft.state), draft.mapping]) === JSON.stringify([forRows(state), mapping]) &&
    table.rows.every((row, index) => row === draft.table.rows[index]);
  Object.assign(draft, { table, mapping, state, way });
  if (isSame) return false;
  draft.sheets.clear();
  draft.outcome = await outcomeOf(draft, services);
  return true;
}

/** How it is printed changes no row; what clients said to e-mail does, for e-mail. */
function forRows({ output, mail, ...rest }: BatchState) {
  const { consent, mailbox, warned } = mail;
  const day = consent === 'after-warning' ? warned : '';
  return { ...rest, ...(output.kind === 'email' ? { consent, mailbox, day } : {}) };
}

/** `fix:17:3` is the cell of row 17 in the fourth column. What stands there already is no correction. */
function correctionsIn(body: Body, { rows }: Table): Correction[] {
  const cells = new Map(rows.map((row) => [row.row, row.cells]));
  return Object.entries(body).flatMap(([name, value]) => {
    const [, row, column] = /^fix:(\d{1,7}):(\d{1,3})$/u.exec(name) ?? [];
    if (row === undefined || column === undefined || typeof value !== 'string') return [];
    const typed = value.replace(/\r\n?/gu, '\n');
    const before = cells.get(Number(row))?.[Number(column)];
    if (before === undefined || before.replace(/\r\n?/gu, '\n') === typed) return [];
    return [{ row: Number(row), column: Number(column), value: typed }];
  });
}

/** Empty is ignored; a page without the selects changes nothing. */
function mappingIn(body: Body, before: Mapping): Mapping {
  const chosen = before.map((field, index) => {
    const value = body[`column:${index}`];
    return typeof value !== 'string' ? field : value === '' ? null : value;
  });
  const read = mappingSchema.safeParse(chosen);
  return read.success ? read.data : before;
}

export const isChecked = (outcome: Draft['outcome']): outcome is Checked => 'recipients' in outcome;

/** As they would be printed; none where the form itself can't be used. */
export function readyRows({ outcome, state }: Pick<Draft, 'outcome' | 'state'>): readonly Recipient[] {
  return isChecked(outcome) ? inOrderOf(outcome.recipients, state.output) : [];
}

/** More would take the machine away from others for longer than a number is worth. */
const MOST_COUNTED = 5000;

/** Null where there is nothing to count, too much, or a packet that can't be laid out. */
export async function sheetsOf(draft: Draft, services: Services): Promise<number | null> {
  const { kind, printing } = draft.state.output;
  const recipients = readyRows(draft);
  if (kind !== 'print' || recipients.length === 0 || recipients.length > MOST_COUNTED) return null;
  const key = JSON.stringify(printing);
  const counted = draft.sheets.get(key) ?? count(recipients, printing, services);
  draft.sheets.set(key, counted);
  const packets = await counted;
  // On each file lies a sheet for staff.
  const files = Math.ceil(recipients.length / (partSizeOf(draft.state.output)?.size ?? recipients.length));
  return packets === null ? null : packets + files;
}

async function count(recipients: readonly Recipient[], printing: Printing, services: Services): Promise<number | null> {
  try {
    return await services.countSheets(recipients, printing, await services.practices.read());
  } catch (error) {
    if (error instanceof HandoutError) return null;
    throw error;
  }
}

/** One row as the printer gets it; null where it is not ready. */
export async function pageOfRow(draft: Draft, row: number, services: Services): Promise<Buffer | null> {
  const recipients = readyRows(draft);
  const at = recipients.findIndex((one) => one.row === row);
  if (at === -1) return null;
  const { printing } = draft.state.output;
  const job = { printing, date: draft.state.date, from: at + 1, places: recipients.length };
  return services.printFile([recipients[at]!], job, await services.practices.read());
}

/** The id of the batch. Throws where nothing can be made, or the parts have no size. */
export async function startBatch(
  draft: Pick<Draft, 'outcome' | 'state' | 'file'>,
  services: Services,
  own: { id?: string; request?: string } = {},
) {
  const { outcome, state, file } = draft;
  if (!isChecked(outcome)) throw new HandoutError(outcome.problems);
  const { kind, printing, names } = state.output;
  if (kind === 'email') throw new Error('E-mails go into the outbox, not into a batch.');
  const part = partSizeOf(state.output);
  if (part === null) throw new HandoutError([NO_SIZE]);
  const id = await services.batches.start({
    kind,
    printing,
    names,
    date: state.date,
    partsOf: part.size,
    file,
    practice: await services.practices.read(),
    recipients: readyRows(draft),
    refused: refusedIn(outcome),
    ...own,
  });
  for (const name of state.saved) await services.presets.use(name);
  return id;
}

/** Rows that are not made, with the reasons as the report gives them. */
export function refusedIn({ problems, same, hidden }: Pick<Checked, 'problems' | 'same' | 'hidden'>) {
  const reasons = new Map<number, Problem[]>();
  for (const problem of problems) {
    const { row, code, hint } = problem;
    const said: Problem = { code, message: reasonOf(problem), ...(hint === undefined ? {} : { hint }) };
    reasons.set(row, [...(reasons.get(row) ?? []), said]);
  }
  const bad = [...reasons].map(([row, found]) => ({ row, problems: found }));
  const twice = same.map(({ row, as }): { row: number; problems: Problem[] } => ({
    row,
    problems: [{ code: 'row-same', message: `Same as row ${as}.` }],
  }));
  const unseen = hidden.map((row) => ({ row, problems: [HIDDEN] }));
  return [...bad, ...twice, ...unseen].toSorted((a, b) => a.row - b.row);
}

const NO_SIZE: Problem = {
  code: 'field-invalid',
  message: 'The parts need a whole number of clients.',
  hint: 'Write one like 50, or leave it empty for one file.',
  place: { field: 'partsOf' },
};
