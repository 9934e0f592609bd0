// What became of each row of a batch in, the report as a CSV file without anything of a client out.
import type { Problem } from '../errors.ts';
import type { Printed } from '../make/packet.ts';
import type { Checked } from './check-rows.ts';
import { writeCsv } from './csv.ts';
import type { RowProblem } from './recipient.ts';

export interface Outcome {
  row: number;
  /** Null when it was made. */
  refused: string | null;
  printed: Printed | null;
  sha256: string;
}

/** `sha256` of the file a row is in: of each in a ZIP, of the whole for a print file. */
export type Made = Printed & { sha256: string };

/**
 * One outcome for every row of the file, in its order. A row that was ready and of which nothing was made (the batch was
 * stopped) is refused for that.
 */
export function outcomesOf(
  { recipients, problems, same, hidden }: Pick<Checked, 'recipients' | 'problems' | 'same' | 'hidden'>,
  made: readonly Made[],
): Outcome[] {
  const refused = new Map<number, string>();
  for (const problem of problems) {
    const before = refused.get(problem.row);
    refused.set(problem.row, before === undefined ? reasonOf(problem) : `${before} ${reasonOf(problem)}`);
  }
  for (const { row, as } of same) refused.set(row, `Same as row ${as}.`);
  for (const row of hidden) refused.set(row, HIDDEN.message);
  const done = new Map(made.map((one) => [one.row, one]));
  const ready = recipients.map(({ row }): Outcome => {
    const printed = done.get(row) ?? null;
    return { row, refused: printed === null ? 'It was not made.' : null, printed, sha256: printed?.sha256 ?? '' };
  });
  const others = [...refused].map(([row, reason]): Outcome => ({ row, refused: reason, printed: null, sha256: '' }));
  return [...ready, ...others].toSorted((a, b) => a.row - b.row);
}

export const HIDDEN: Problem = { code: 'row-hidden', message: 'Hidden in the spreadsheet.' };

/** `300 rows: 296 done, 4 refused` */
export function tally(outcomes: readonly Outcome[]): string {
  const done = outcomes.filter(({ refused }) => refused === null).length;
  const rows = `${outcomes.length} ${outcomes.length === 1 ? 'row' : 'rows'}`;
  return `${rows}: ${done} done, ${outcomes.length - done} refused`;
}

export function reportFile(outcomes: readonly Outcome[]): Buffer {
  const rows = outcomes.map(({ row, refused, printed, sha256 }) => {
    const { pages = '', sheets = '', firstPage = '' } = printed ?? {};
    const numbers = [pages, sheets, firstPage].map(String);
    return [String(row), refused === null ? 'done' : 'refused', refused ?? '', ...numbers, sha256];
  });
  const head = ['Row', 'Result', 'Reason', 'Pages', 'Sheets', 'First page', 'SHA-256'];
  return writeCsv([head, ...rows, ['All', tally(outcomes), '', '', '', '', '']]);
}

/** `E-mail: This is not an e-mail address.` */
export function reasonOf({ column, message }: RowProblem): string {
  return column === null ? message : `${column}: ${message}`;
}
