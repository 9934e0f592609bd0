// The bytes of an Excel workbook in, its sheets as rows of text out: read in a thread that may neither grow nor linger.
import { createRequire } from 'node:module';
import { isDate } from 'node:util/types';
import { Worker } from 'node:worker_threads';
import { HandoutError } from '../errors.ts';
import { threadLimits } from './thread-limits.ts';
import { zipEntries } from './zip-entries.ts';

export interface Sheet {
  name: string;
  /** The first is row 1; blank rows are there too. */
  rows: readonly (readonly string[])[];
}

export interface Limits {
  heapMb: number;
  milliseconds: number;
}

/** What the XML of a workbook may unfold to: 100,000 rows of twenty columns stay below. */
const MOST_UNFOLDED = 120_000_000;
const MOST_CELLS = 5_000_000;

/** As much as honest workbooks of this size were seen to need, and as much again while they are small. */
function limitsFor(unfolded: number): Limits {
  const megabytes = unfolded / 1_000_000;
  return { heapMb: Math.min(MOST_HEAP_MB, 128 + 10 * megabytes), milliseconds: 10_000 + 250 * megabytes };
}

/** Enough for 100,000 rows of twenty columns. */
const MOST_HEAP_MB = 512;
const YOUNG_MB = 64;

type Cell = string | number | boolean | Date | null;
type Answer = readonly { sheet: string; data: readonly (readonly Cell[])[] }[] | 'damaged' | 'too much';

/** The thread's whole program. What the reader says of a damaged file may hold what is in it. */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const readXlsx = require(workerData.reader);
readXlsx(workerData.bytes.buffer).then(
  (sheets) => {
    const cells = sheets.flatMap(({ data }) => data.map((row) => row.length)).reduce((sum, some) => sum + some, 0);
    parentPort.postMessage(cells > workerData.most ? 'too much' : sheets);
  },
  () => parentPort.postMessage('damaged'),
);
`;

/** Throws a HandoutError with one sentence when the workbook can't be read within the limits. */
export async function readSheets(bytes: Uint8Array, limits?: Limits): Promise<Sheet[]> {
  const entries = (zipEntries(bytes) ?? []).filter(({ name }) => /\.(?:xml|rels)$/u.test(name));
  const unfolded = entries.reduce((sum, { size }) => sum + size, 0);
  if (unfolded > MOST_UNFOLDED) throw tooMuch();
  const answer = await askThread(bytes, limits ?? limitsFor(unfolded));
  if (answer === 'too much') throw tooMuch();
  if (answer === 'damaged') throw damaged();
  return answer.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(textOf)) }));
}

function askThread(bytes: Uint8Array, { heapMb, milliseconds }: Limits): Promise<Answer> {
  const reader = createRequire(import.meta.url).resolve('read-excel-file/universal');
  const copy = Uint8Array.from(bytes);
  const worker = new Worker(PROGRAM, {
    eval: true,
    // Nothing of the server's settings is this thread's business.
    env: {},
    execArgv: [],
    workerData: { reader, bytes: copy, most: MOST_CELLS },
    transferList: [copy.buffer],
    resourceLimits: threadLimits({ oldMb: heapMb, youngMb: YOUNG_MB }),
    stdout: true,
    stderr: true,
  });
  return new Promise<Answer>((resolve, reject) => {
    const timer = setTimeout(() => reject(tooMuch()), milliseconds);
    worker.once('message', resolve);
    worker.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch() : damaged()),
    );
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(damaged());
    });
  }).finally(() => worker.terminate());
}

function textOf(cell: Cell): string {
  if (cell === null) return '';
  if (isDate(cell)) return dateText(cell);
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return String(cell);
}

/** Excel keeps days as numbers; a bare time of day lies on the day before its first. */
function dateText(date: Date): string {
  const [day = '', time = ''] = date.toISOString().split('T');
  const minutes = time.slice(0, 5);
  if (date.getUTCFullYear() < 1900) return minutes;
  return minutes === '00:00' ? day : `${day} ${minutes}`;
}

function tooMuch(): HandoutError {
  const message = 'The workbook unfolds to more than can be read here.';
  const hint = 'Copy the rows you need into a new workbook, or save the sheet as CSV.';
  return new HandoutError([{ code: 'table-too-large', message, hint }]);
}

function damaged(): HandoutError {
  const message = 'The workbook is damaged or protected.';
  const hint = 'Open it, save it as .xlsx or CSV, and try again.';
  return new HandoutError([{ code: 'table-unreadable', message, hint }]);
}
