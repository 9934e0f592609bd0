// A table, what its columns are and what the form says in; recipients and every problem of every row out.
import { setImmediate } from 'node:timers/promises';
import type { Library } from '../content/article.ts';
import { refuse } from '../errors.ts';
import type { Practice } from '../merge/practice.ts';
import type { Preset } from '../merge/preset.ts';
import type { Press } from '../pdf/press.ts';
import { languageReader } from './cells.ts';
import { columnsOf, type Mapping } from './columns.ts';
import { overfull } from './fitting.ts';
import { hintsOf } from './hints.ts';
import { fingerprint, sameAddresses, sameNames, sameRow, withoutName } from './likeness.ts';
import { openLookups } from './lookups.ts';
import { type Defaults, type Making, makeRecipient } from './make-recipient.ts';
import { inOrder, labelOf, placed } from './places.ts';
import type { Recipient, RowProblem } from './recipient.ts';
import { dueReviews } from './reviews.ts';
import { type CellProblem, readRow } from './row.ts';
import { formProblems } from './row-handouts.ts';
import { type Preview, previewsOf, sentenceOf } from './summary.ts';
import type { Table } from './table.ts';
import type { Batch } from './ways.ts';

export interface Asked {
  table: Table;
  mapping: Mapping;
  defaults: Defaults;
  library: Library;
  practice: Practice;
  press: Press;
  batch: Batch;
  /** Choices that the practice saved, the one used last first: rows and the form may name them. */
  saved?: readonly Preset[];
  /** Makes the id of a packet: called once for each row that is ready. */
  idOf: (row: number) => string;
  /** Makes rows that are exactly like an earlier one as well. */
  sameToo?: boolean;
  /** Makes rows that are hidden in the spreadsheet as well. */
  hiddenToo?: boolean;
}

export interface Checked {
  /** How many rows there are: recipients + rows with problems + same + hidden. */
  rows: number;
  recipients: readonly Recipient[];
  /** Of rows that need a fix, in order. */
  problems: readonly RowProblem[];
  /** Rows left out because an earlier one says exactly the same. */
  same: readonly { row: number; as: number }[];
  /** Rows left out because staff who hid them, or filtered them away, do not see them. */
  hidden: readonly number[];
  /** Rows that are ready and that a person should look at. */
  warnings: readonly RowProblem[];
  /** `300 rows: 296 ready, 3 need a fix, 1 same as row 41` */
  summary: string;
  /** The rows to look at before anything is made. */
  previews: readonly Preview[];
}

/** Others get their turn after so many rows. */
const AT_ONCE = 20;

/** Throws a HandoutError when the form or the letterhead itself can't be used; a bad row is only reported. */
export async function checkRows(asked: Asked): Promise<Checked> {
  const { table, mapping, library, practice, press, idOf, sameToo = false, hiddenToo = false } = asked;
  const columns = columnsOf(table, mapping);
  const making = openMaking(asked);
  const language = languageReader([...new Set(library.articles.map(({ lang }) => lang))]);
  const reading = { mapping, lookups: making.lookups, language };
  const shifted = new Set(table.shifted);
  const hidden = new Set(hiddenToo ? [] : table.hidden);

  const recipients: Recipient[] = [];
  const problems: RowProblem[] = [];
  const warnings: RowProblem[] = [];
  const same: { row: number; as: number }[] = [];
  const known = new Map<string, number>();
  for (const [index, { row, cells }] of table.rows.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await setImmediate();
    if (hidden.has(row)) continue;
    const made = makeRecipient(row, readRow(cells, reading), making);
    const found = shifted.has(row) ? [SHIFTED, ...made.problems] : made.problems;
    if (found.length > 0) {
      problems.push(
        ...inOrder(
          found.map((one) => placed(one, row, columns)),
          columns,
        ),
      );
      continue;
    }
    const key = fingerprint(made.recipient);
    const as = known.get(key);
    if (as === undefined) known.set(key, row);
    else same.push({ row, as });
    if (as !== undefined && !sameToo) continue;
    recipients.push({ ...made.recipient, id: idOf(row) });
    warnings.push(...made.warnings.map((one) => placed(one, row, columns)));
  }
  const left = sameToo ? [] : same;
  const column = labelOf('client', columns);
  warnings.push(...sameNames(recipients, column), ...withoutName(recipients, column));
  if (asked.batch === 'email') warnings.push(...sameAddresses(recipients, labelOf('email', columns)));
  if (sameToo) warnings.push(...same.map(sameRow));
  warnings.push(...hintsOf(recipients, making.lookups, labelOf('discreet', columns)));
  warnings.push(...dueReviews(recipients, library, labelOf('handouts', columns)));
  warnings.push(...(await overfull(recipients, library, practice, press, labelOf('handouts', columns))));
  return {
    rows: table.rows.length,
    recipients,
    problems,
    same: left,
    hidden: [...hidden],
    warnings: warnings.toSorted((a, b) => a.row - b.row),
    summary: sentenceOf({ rows: table.rows.length, ready: recipients.length, same: left, hidden: hidden.size }),
    previews: previewsOf(recipients),
  };
}

const SHIFTED: CellProblem = {
  field: null,
  problem: {
    code: 'cell-invalid',
    message: 'The row has more cells than there are headings: a comma in a text has moved the rest to the right.',
    hint: 'Put the text into quotation marks, or move the cells back.',
  },
};

/** What is the same for all rows, with the form and the letterhead checked. */
function openMaking({ defaults, library, practice, press, batch, saved = [] }: Asked): Making {
  const known = new Map<string, string[]>();
  const remembering = {
    unprintable(text: string) {
      const found = known.get(text) ?? press.unprintable(text);
      known.set(text, found);
      return found;
    },
  };
  const making = { defaults, lookups: openLookups(library, saved), library, practice, press: remembering, batch };
  refuse(formProblems(making));
  return making;
}
