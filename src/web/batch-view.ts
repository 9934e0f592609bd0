// A batch and what has come of its rows in, the data of the page `batch.hbs` out; and its progress in words.
import type { Progress } from '../deliver/batches.ts';
import { type Outcome, tally } from '../deliver/report.ts';
import type { Problem } from '../errors.ts';
import type { Batch, Part } from '../store/batch.ts';
import { timeOf } from './batches-view.ts';
import { summaryOf, wrongAt } from './errors.ts';
import type { View } from './views.ts';

export interface BatchPage {
  batch: Batch;
  progress: Progress;
  /** Empty while it runs. */
  report: readonly Outcome[];
  /** The first row of the table to show, counted from 0; null = the table stays folded. */
  from: number | null;
  problems: readonly Problem[];
}

const MOST_ROWS = 200;
const MOST_REFUSED = 50;

export function batchView({ batch, progress, report, from, problems }: BatchPage): View & Record<string, unknown> {
  const { id, kind, state, parts, rows } = batch;
  const places = parts.reduce((most, { last }) => Math.max(most, last + 1), 0);
  const refused = report.filter((one) => one.refused !== null);
  const done = report.length - refused.length;
  const again = parts.filter((part) => part.again);
  const start = Math.min(from ?? 0, Math.max(0, rows - 1));
  const words = wordsOf(progress);
  return {
    title: `${problems.length > 0 ? 'Error: ' : ''}Packets – Keepsake`,
    refresh: state === 'running' || again.some(({ ready }) => !ready),
    summary: summaryOf(problems, ['from']),
    id,
    running: state === 'running',
    words,
    of: progress.of,
    made: progress.made,
    trouble: progress.trouble ?? '',
    heading: headingOf(batch, done),
    tally: tally(report),
    sheets:
      state === 'ready' && kind === 'print'
        ? many(sheetsIn(report) + parts.filter((part) => !part.again).length, 'sheet')
        : null,
    ready: state === 'ready',
    print: kind === 'print',
    files: parts.filter((part) => !part.again).map((part, _, all) => fileOf(part, all.length)),
    again: again.map((part) => fileOf(part, 2)),
    waiting: again.some(({ ready }) => !ready),
    places,
    fromWrong: wrongAt(problems, 'from'),
    refused: refused.slice(0, MOST_REFUSED).map((one) => `Row ${one.row}: ${one.refused}`),
    moreRefused: Math.max(0, refused.length - MOST_REFUSED),
    open: from !== null,
    rows: report.slice(start, start + MOST_ROWS).map(rowOf),
    back: start > 0 ? { from: Math.max(0, start - MOST_ROWS) + 1 } : null,
    next: start + MOST_ROWS < report.length ? { from: start + MOST_ROWS + 1 } : null,
    began: timeOf(batch.made),
    expires: timeOf(batch.expires),
  };
}

/** `212 of 296, about 3 s left` */
export function wordsOf({ made, of, secondsLeft, state }: Progress): string {
  const counted = `${made.toLocaleString('en')} of ${of.toLocaleString('en')}`;
  if (state !== 'running' || secondsLeft === null) return counted;
  const left = secondsLeft < 90 ? `${secondsLeft} s` : `${Math.round(secondsLeft / 60)} min`;
  return secondsLeft === 0 ? `${counted}, nearly done` : `${counted}, about ${left} left`;
}

function headingOf({ state, kind }: Batch, done: number): string {
  if (state === 'running') return 'Making them';
  if (state === 'stopped') return 'Stopped';
  if (state === 'failed') return 'This did not work';
  const what = kind === 'print' ? 'packet' : 'file';
  return done === 1 ? `1 ${what} is ready` : `${done.toLocaleString('en')} ${what}s are ready`;
}

function fileOf({ number, first, last, ready }: Part, of: number) {
  const clients = first === last ? `Client ${first + 1}` : `Clients ${first + 1} to ${last + 1}`;
  return { number, ready, name: of === 1 ? null : clients };
}

function rowOf({ row, refused, printed }: Outcome) {
  const { pages = '–', sheets = '–', firstPage = '–' } = printed ?? {};
  return { row, result: refused === null ? 'done' : 'refused', pages, sheets, firstPage };
}

const sheetsIn = (report: readonly Outcome[]) => report.reduce((sum, { printed }) => sum + (printed?.sheets ?? 0), 0);
const many = (number: number, noun: string) => `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;

/** The start page, which says what was deleted as often as it is loaded: numbers and a time, and nothing of whom. */
export function deletedPath({ kind, done, rows, made }: Batch): string {
  return `/batches?${new URLSearchParams({ deleted: kind, done: `${done}`, rows: `${rows}`, made: `${made}` })}`;
}

/** Null where the address says nothing of it. */
export function deletedWords({ deleted, ...numbers }: Readonly<Record<string, unknown>>): string | null {
  const [done, rows, made] = [numbers.done, numbers.rows, numbers.made].map((text) =>
    typeof text === 'string' && /^\d{1,15}$/u.test(text) ? Number(text) : null,
  );
  if (done == null || rows == null || made == null || (deleted !== 'print' && deleted !== 'zip')) return null;
  const what = deleted === 'print' ? 'the print file' : 'the ZIP';
  const all = `${done.toLocaleString('en')} client${done === 1 ? '' : 's'}`;
  const read = `${rows.toLocaleString('en')} row${rows === 1 ? '' : 's'}`;
  return `Deleted: ${what} for ${all}, made at ${timeOf(made)}, and everything read from ${read} of the spreadsheet.`;
}
