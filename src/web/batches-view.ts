// What holds for all rows and the batches there are in, the data of the page `batches.hbs` out.
import type { Library } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import type { Batch } from '../store/batch.ts';
import type { BatchState } from './batch-state.ts';
import { summaryOf, wrongAt } from './errors.ts';
import { FOR_ALL_FIELDS, forAllView } from './for-all-view.ts';
import type { View } from './views.ts';
import { count } from './words.ts';

export interface StartPage {
  library: Library;
  /** Names of the choices that the practice saved. */
  saved: readonly string[];
  state: BatchState;
  problems: readonly Problem[];
  list: readonly Batch[];
  /** After which a batch is deleted by itself. */
  keepHours: number;
  /** What was deleted just now. */
  deleted: string | null;
}

export function batchesView({
  library,
  saved,
  state,
  problems,
  list,
  keepHours,
  deleted,
}: StartPage): View & Record<string, unknown> {
  const title = 'Many clients – Keepsake';
  return {
    title: problems.length > 0 ? `Error: ${title}` : title,
    summary: summaryOf(problems, ['file', ...FOR_ALL_FIELDS]),
    fileWrong: wrongAt(problems, 'file'),
    ...forAllView(library, saved, state, problems),
    kept: hours(keepHours),
    batches: list.map((batch) => ({ id: batch.id, time: timeOf(batch.made), words: wordsOf(batch) })),
    deleted,
  };
}

const STATES: Readonly<Record<Batch['state'], string>> = {
  running: 'being made',
  ready: 'ready',
  stopped: 'stopped',
  failed: 'failed',
};

/** `print file, 296 of 300 clients, ready` */
function wordsOf({ kind, rows, done, state }: Batch): string {
  const what = kind === 'print' ? 'Print file' : 'ZIP';
  const how = state === 'ready' ? `${done} of ${count(rows, 'row')}` : count(rows, 'row');
  return `${what}, ${how}, ${STATES[state]}`;
}

/** `24 hours`, `3 days` */
export const hours = (number: number): string =>
  number > 24 && number % 24 === 0 ? `${number / 24} days` : count(number, 'hour');

/** On the clock of this machine, with the day when that is not today: `09:14`, `22 November, 17:40`. */
export function timeOf(at: number | Date, now = new Date()): string {
  const moment = new Date(at);
  const time = moment.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (moment.toDateString() === now.toDateString()) return time;
  return `${moment.toLocaleDateString('en-GB', { day: 'numeric', month: 'long' })}, ${time}`;
}
