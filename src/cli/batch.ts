// `keepsake batch`: a spreadsheet in, one PDF for the printer or a ZIP with a PDF for each client out, and a report.
import { createHash, randomUUID } from 'node:crypto';
import type { Recipient } from '../deliver/recipient.ts';
import { type Made, outcomesOf, reportFile, tally } from '../deliver/report.ts';
import { type ZipFile, zipOf } from '../deliver/zip.ts';
import { HandoutError, type Problem } from '../errors.ts';
import { type Lead, MOST_NAMED } from '../make/lead.ts';
import type { Printing } from '../make/packet.ts';
import { makePacketFile } from '../make/packet-file.ts';
import { makePrintFile } from '../make/print-file.ts';
import { asksForReview, type CheckedFile, type CheckFlags, checkFile, refusals } from './check.ts';
import { write, writeWhole } from './files.ts';
import { openProgress } from './progress.ts';
import type { Settings } from './settings.ts';
import { openData, today } from './wire.ts';

export interface BatchFlags extends Omit<CheckFlags, 'by'> {
  out?: string;
  zip?: string;
  simplex?: boolean;
  separators?: boolean;
  covers?: boolean;
  addresses?: boolean;
  from?: number;
  to?: number;
  report?: string;
  despiteReview?: boolean;
  again?: string;
}

interface Run {
  made: readonly Made[];
  /** Of all that was made. */
  pages: number;
  sheets: number | null;
  sha256: string | null;
}

/** True when every row was made. What is ready is made, and of the rest it is said why not. */
export async function batch(
  path: string,
  flags: BatchFlags,
  settings: Settings,
  say: (line: string) => void,
  complain: (line: string) => void,
): Promise<boolean> {
  const file = await checkFile(path, { ...flags, by: 'print' }, settings, complain, () => randomUUID());
  const { checked } = file;
  for (const line of refusals(checked)) complain(line);
  if (!flags.despiteReview && asksForReview(checked, complain)) return false;
  const isRange = flags.from !== undefined || flags.to !== undefined;
  if (!isRange && flags.again === undefined) await refuseMadeToday(file.bytes, settings);
  const from = flags.from ?? 1;
  const chosen = checked.recipients.slice(from - 1, flags.to);
  const run = chosen.length === 0 ? NOTHING : await make(chosen, from, file, flags);
  if (!isRange && run !== NOTHING) await remember(file.bytes, flags, settings);

  const outcomes = outcomesOf({ ...checked, recipients: chosen }, run.made);
  if (flags.report !== undefined) await write(flags.report, reportFile(outcomes), 'report');
  const { made, ...totals } = run;
  const written = run === NOTHING ? null : (flags.out ?? flags.zip ?? null);
  if (flags.json)
    say(JSON.stringify({ rows: outcomes.length, done: made.length, file: written, ...totals, outcomes }, null, 2));
  else say(`${tally(outcomes)}.${run === NOTHING ? ' Nothing was made.' : ` ${saySize(run)}`}`);
  return made.length === outcomes.length;
}

/** Twice in the tray is twice in the post. */
async function refuseMadeToday(bytes: Buffer, settings: Settings): Promise<void> {
  const store = await openData(settings);
  try {
    const made = await store.batches.sameFile(bytes, new Date().setHours(0, 0, 0, 0));
    if (made !== null) throw new HandoutError([madeToday(new Date(made))]);
  } finally {
    await store.close();
  }
}

const madeToday = (at: Date): Problem => ({
  code: 'file-twice',
  message: `This very file was made today at ${at.toTimeString().slice(0, 5)} already.`,
  hint: 'To make it once more give --again and a reason, or --from and --to for a few of its clients.',
  place: { field: 'file' },
});

async function remember(bytes: Buffer, { zip }: BatchFlags, settings: Settings): Promise<void> {
  const store = await openData(settings);
  try {
    await store.batches.remember(bytes, zip === undefined ? 'print' : 'zip');
  } finally {
    await store.close();
  }
}

const NOTHING: Run = { made: [], pages: 0, sheets: 0, sha256: null };

function saySize({ pages, sheets }: Run): string {
  const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;
  return sheets === null ? `${count(pages, 'page')}.` : `${count(pages, 'page')} on ${count(sheets, 'sheet')}.`;
}

async function make(chosen: readonly Recipient[], from: number, file: CheckedFile, flags: BatchFlags): Promise<Run> {
  const progress = openProgress(chosen.length);
  try {
    return flags.zip === undefined
      ? await makePrint(chosen, from, file, flags, progress.step)
      : await makeZip(chosen, file, flags.zip, progress.step);
  } finally {
    progress.end();
  }
}

async function makePrint(
  chosen: readonly Recipient[],
  from: number,
  { checked, library, practice, press }: CheckedFile,
  flags: BatchFlags,
  step: () => void,
): Promise<Run> {
  const { simplex = false, separators = false, covers = false, addresses = false } = flags;
  const printing: Printing = { simplex, separators, covers, addressPages: addresses };
  const isWhole = chosen.length === checked.recipients.length;
  const date = flags.date ?? today();
  const lead = isWhole ? { lead: leadOf(checked) } : {};
  const job = { printing, date, from, places: checked.recipients.length, ...lead };
  const { printed, sheets, sha256 } = await writeWhole(
    flags.out!,
    (sink) => makePrintFile(told(chosen, step), job, library, practice, press, sink),
    'out',
  );
  const pages = printed.reduce((sum, packet) => sum + packet.pages, isWhole ? 1 : 0);
  return { made: printed.map((packet) => ({ ...packet, sha256 })), pages, sheets, sha256 };
}

function leadOf({ rows, recipients, ...rest }: CheckedFile['checked']): Lead {
  const refused = outcomesOf({ ...rest, recipients: [] }, []);
  const named = refused.slice(0, MOST_NAMED).map(({ row }) => row);
  return { rows, packets: recipients.length, refused: refused.length, named, part: null };
}

/** One at a time, so that no more than one PDF is held. */
async function makeZip(
  chosen: readonly Recipient[],
  { library, practice, press }: CheckedFile,
  path: string,
  step: () => void,
): Promise<Run> {
  const made: Made[] = [];
  async function* files(): AsyncGenerator<ZipFile> {
    for (const packet of told(chosen, step)) {
      const { id, pdf, pages } = await makePacketFile(packet, library, practice, press);
      if (id !== packet.id) throw new Error('A file of one client came for another.');
      const sha256 = createHash('sha256').update(pdf).digest('hex');
      made.push({ row: packet.row, pages, sheets: Math.ceil(pages / 2), firstPage: 1, sha256 });
      yield { row: packet.row, request: packet, pdf };
    }
  }
  const day = new Date(`${chosen[0]!.handouts[0]!.date}T12:00:00Z`);
  const lastRow = chosen.reduce((last, { row }) => Math.max(last, row), 0);
  const hash = createHash('sha256');
  await writeWhole(
    path,
    async (sink) => {
      for await (const chunk of zipOf(files(), { names: 'row', lastRow, date: day })) {
        hash.update(chunk);
        await sink(chunk);
      }
    },
    'zip',
  );
  const pages = made.reduce((sum, packet) => sum + packet.pages, 0);
  return { made, pages, sheets: null, sha256: hash.digest('hex') };
}

function* told<T>(all: readonly T[], step: () => void): Generator<T> {
  for (const one of all) {
    yield one;
    step();
  }
}
