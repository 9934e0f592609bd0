// A checked draft in, the data of the page `check.hbs` out: the sentence, the columns, every problem with its field.
import type { Library } from '../content/article.ts';
import type { Checked } from '../deliver/check-rows.ts';
import { type Column, columnsOf, sampleRows } from '../deliver/columns.ts';
import { warningIn } from '../deliver/consent.ts';
import { FIELDS } from '../deliver/headings.ts';
import type { RowProblem } from '../deliver/recipient.ts';
import { dueIn } from '../deliver/reviews.ts';
import { HandoutError, type Problem } from '../errors.ts';
import { wayOf } from './batch-state.ts';
import { timeOf } from './batches-view.ts';
import { isChecked } from './check.ts';
import type { Draft } from './drafts.ts';
import { summaryOf, words, wrongAt } from './errors.ts';
import { FOR_ALL_FIELDS, forAllView } from './for-all-view.ts';
import type { View } from './views.ts';
import { count, rowWords } from './words.ts';

export interface CheckPage {
  draft: Draft;
  library: Library;
  /** Names of the choices that the practice saved. */
  saved: readonly string[];
  /** Of the form itself, or of the button that was pressed. */
  problems: readonly Problem[];
  /** Null when they are not counted yet. */
  sheets: number | null;
  /** When the same file was made before, today. */
  made: Date | null;
}

const MOST_PROBLEMS = 50;
const MOST_WARNINGS = 20;
const MOST_RUNS = 12;

export function checkView({
  draft,
  library,
  saved,
  problems,
  sheets,
  made,
}: CheckPage): View & Record<string, unknown> {
  const { id, outcome, state, table, mapping } = draft;
  const checked = isChecked(outcome) ? outcome : null;
  const { summary, recipients, same, hidden, warnings, previews } = checked ?? NOTHING;
  const columns = columnsFor(draft);
  const { sums, others } = summed(checked?.problems ?? [], columns, recipients.length === 0);
  const wrong = [...sums, ...grouped(others, draft, columns)];
  const title = 'Check the file – Keepsake';
  const [rows, parts] = summary.split(': ');
  return {
    title: problems.length > 0 ? `Error: ${title}` : title,
    summary: summaryOf(problems, [...FOR_ALL_FIELDS, ...['mapping', 'partsOf', 'despiteReview', 'again', 'mailbox']]),
    id,
    checked: checked !== null,
    rows,
    parts: parts ?? '',
    unseen: draft.unseen,
    sheet: table.sheet,
    problems: wrong.slice(0, MOST_PROBLEMS),
    corrected: draft.corrected,
    more: Math.max(0, wrong.length - MOST_PROBLEMS).toLocaleString('en'),
    hasMore: wrong.length > MOST_PROBLEMS,
    needFix: count(new Set(checked?.problems.map(({ row }) => row)).size, 'row'),
    same: same.map(({ row, as }) => `Row ${row} says the same as row ${as}`).slice(0, MOST_WARNINGS),
    hasSame: same.length > 0 || state.sameToo,
    sameToo: state.sameToo,
    hidden: hidden.length === 0 ? null : { count: count(hidden.length, 'row'), rows: listOf(hidden) },
    hasHidden: table.hidden.length > 0,
    hiddenToo: state.hiddenToo,
    warnings: warnings.slice(0, MOST_WARNINGS).map((one) => `Row ${one.row}: ${words(one)}`),
    moreWarnings: Math.max(0, warnings.length - MOST_WARNINGS),
    warningCount: count(warnings.length, 'thing'),
    columns: columns.map((column, index) => ({
      ...column,
      index,
      heading: table.headings[index] === '' ? 'no heading' : table.headings[index],
      samples: sampleRows(table).map(({ cells }) => short(cells[index]!)),
      options: Object.entries(FIELDS).map(([field, name]) => ({ field, name, selected: field === mapping[index] })),
    })),
    mappingWrong: wrongAt(problems, 'mapping'),
    ignored: columns.filter(({ field }) => field === null).map(({ label }) => label),
    ...forAllView(library, saved, state, problems),
    open: problems.some(({ place }) => place !== undefined && 'field' in place && FOR_ALL_FIELDS.includes(place.field)),
    previews: previews.map(({ row, why }) => ({ row, why: capital(why.join(', ')) })),
    aRow: recipients[0]?.row ?? 1,
    output: outputView(draft, problems),
    mail: mailView(draft, problems),
    canMake: checked !== null,
    make: makeWords(draft, sheets),
    bare: makeWords(draft, null),
    counting: state.output.kind === 'print' && recipients.length > 0 && sheets === null,
    due: dueIn({ warnings }).map(({ message }) => message),
    dueWrong: wrongAt(problems, 'despiteReview') !== null,
    made: made === null ? null : timeOf(made),
    againWrong: wrongAt(problems, 'again'),
  };
}

const NOTHING: Pick<Checked, 'summary' | 'recipients' | 'same' | 'hidden' | 'warnings' | 'previews'> = {
  summary: 'Nothing is checked yet',
  recipients: [],
  same: [],
  hidden: [],
  warnings: [],
  previews: [],
};

/** Without a mapping that fits, the columns are shown as they are, so that it can be changed. */
function columnsFor({ table, mapping }: Draft): Column[] {
  try {
    return columnsOf(table, mapping);
  } catch (error) {
    if (!(error instanceof HandoutError)) throw error;
    const plain = columnsOf(
      table,
      mapping.map(() => null),
    );
    return plain.map((column, index) => ({ ...column, field: mapping[index] ?? null }));
  }
}

interface Fix {
  row: number;
  /** `Row 7`, `Rows 2 to 13` */
  where: string;
  /** Or how many rows. */
  column: string | null;
  said: string[];
  /** Of the field to put it right in; null where no column gives it. */
  name: string | null;
  value: string;
  long: boolean;
  /** It can be put right below, for everybody at once. */
  forAll: boolean;
}

/**
 * What the very same sentence says of several rows is said once, where no cell of theirs puts it right; nor is there a use
 * in a field for each where nobody at all has agreed.
 */
function summed(problems: readonly RowProblem[], columns: readonly Column[], none: boolean) {
  const alike = new Map<string, RowProblem[]>();
  for (const problem of problems) {
    const isInCell = columns.some(({ label }) => label === problem.column);
    if (isInCell && !(none && problem.code === 'consent-missing')) continue;
    const key = `${problem.code} ${words(problem)}`;
    alike.set(key, [...(alike.get(key) ?? []), problem]);
  }
  const several = [...alike.values()].filter((all) => all.length > 1);
  const sums = several.map((all): Fix => {
    const rows = all.map(({ row }) => row);
    const where = capital(rowWords(rows, MOST_RUNS));
    return {
      row: rows[0]!,
      where,
      column: count(rows.length, 'row'),
      said: [words(all[0]!)],
      forAll: all[0]!.code === 'consent-missing',
      ...NO_FIELD,
    };
  });
  const told = new Set(several.flat());
  return { sums, others: problems.filter((problem) => !told.has(problem)) };
}

const NO_FIELD = { name: null, value: '', long: false };

/** One field for each cell, with everything that is wrong with it. */
function grouped(problems: readonly RowProblem[], { table }: Draft, columns: readonly Column[]): Fix[] {
  const cells = new Map(table.rows.map((row) => [row.row, row.cells]));
  const fixes = new Map<string, Fix>();
  for (const problem of problems) {
    const { row, column } = problem;
    const at = column === null ? -1 : columns.findIndex(({ label }) => label === column);
    const key = `${row} ${at}`;
    const known = fixes.get(key);
    if (known !== undefined) {
      known.said.push(words(problem));
      continue;
    }
    const value = at === -1 ? '' : (cells.get(row)?.[at] ?? '');
    const name = at === -1 ? null : `fix:${row}:${at}`;
    const long = value.length > 60 || value.includes('\n');
    fixes.set(key, { row, where: `Row ${row}`, column, said: [words(problem)], name, value, long, forAll: false });
  }
  return [...fixes.values()];
}

function outputView({ state: { output } }: Draft, problems: readonly Problem[]) {
  const { kind, printing, order, partsOf, names } = output;
  return {
    print: kind === 'print',
    zip: kind === 'zip',
    email: kind === 'email',
    ...printing,
    byClinician: order === 'clinician',
    partsOf,
    partsOfWrong: wrongAt(problems, 'partsOf'),
    byName: names === 'client',
  };
}

function mailView({ state: { mail, language, date } }: Draft, problems: readonly Problem[]) {
  const { consent, warned, mailbox } = mail;
  return {
    warning: warningIn(language),
    agreed: consent === 'after-warning',
    locked: consent === 'password',
    unsaid: consent === '',
    warned: warned || date,
    isPrivate: mailbox === 'private',
    isShared: mailbox === 'shared',
    mailboxWrong: wrongAt(problems, 'mailbox'),
  };
}

/** `Make 296 packets, 592 sheets` */
export function makeWords(
  { outcome, state, way }: Pick<Draft, 'outcome' | 'state' | 'way'>,
  sheets: number | null,
): string {
  const ready = isChecked(outcome) ? outcome.recipients.length : 0;
  const isAsChecked = way === wayOf(state.output);
  if (isAsChecked && ready === 0) return 'Check again';
  if (state.output.kind === 'email') return isAsChecked ? `Go on to ${count(ready, 'e-mail')}` : CHECK_MAIL;
  if (!isAsChecked) return CHECK_PRINT;
  if (state.output.kind === 'zip') return `Make ${count(ready, 'file')} in a ZIP`;
  return sheets === null
    ? `Make ${count(ready, 'packet')}`
    : `Make ${count(ready, 'packet')}, ${count(sheets, 'sheet')}`;
}

/** `5, 6, 7 and 40 more` */
function listOf(rows: readonly number[]): string {
  const shown = rows.slice(0, MOST_WARNINGS).join(', ');
  return rows.length > MOST_WARNINGS ? `${shown} and ${rows.length - MOST_WARNINGS} more` : shown;
}
/** Other rows are ready for paper than for e-mail. */
const CHECK_MAIL = 'Check the rows for e-mail';
const CHECK_PRINT = 'Check the rows for paper';

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
const short = (cell: string) => (cell.length > 70 ? `${cell.slice(0, 69)}…` : cell);
