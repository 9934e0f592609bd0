// A checked spreadsheet in; a batch out that is made beside everything else, followed, handed out and deleted.
import { HandoutError, type Problem, sentence } from '../errors.ts';
import { MOST_NAMED } from '../make/lead.ts';
import type { Printing } from '../make/packet.ts';
import type { Practice } from '../merge/practice.ts';
import type { Batch, Span } from '../store/batch.ts';
import type { BatchStore } from '../store/batches.ts';
import type { BatchKind } from '../store/tables.ts';
import type { Bell } from './bell.ts';
import type { Crew } from './crew.ts';
import type { Recipient } from './recipient.ts';
import type { Outcome } from './report.ts';
import { zipOf } from './zip.ts';

/** What a batch is made with, for all its rows; nothing of a client, for it is kept unsealed. */
export interface BatchSettings {
  printing: Printing;
  /** The day of the run, YYYY-MM-DD. */
  date: string;
  /** How the files in a ZIP are named: with the row number alone, or with the client too. */
  names: 'row' | 'client';
  /** The last row that is made: file names have as many digits. */
  lastRow: number;
  /** Rows of the spreadsheet, and those of them that were refused before anything was made, the first by number. */
  rows: number;
  refusedRows: number;
  named: readonly number[];
  /** Clients in each of its print files but the last; all of them in a ZIP. */
  partSize: number;
  /** What a program asked for, to know the same question again: a digest salted with its own key. */
  request?: string;
}

export interface Start extends Omit<BatchSettings, 'lastRow' | 'rows' | 'refusedRows' | 'named' | 'partSize'> {
  /** Instead of a random one; refused by the store when there is a batch of this id, or was one lately. */
  id?: string;
  kind: BatchKind;
  practice: Practice;
  /** In the order they are made. */
  recipients: readonly Recipient[];
  /** Rows that can't be made, for the report. */
  refused: readonly { row: number; problems: readonly Problem[] }[];
  /** A print file for each so many clients, for the stapler; null = one file. */
  partsOf: number | null;
  /** The spreadsheet as it came, to know it again. */
  file: Uint8Array | null;
}

export interface Progress {
  state: Batch['state'];
  made: number;
  /** Of those that can be made. */
  of: number;
  /** Null until it can be told. */
  secondsLeft: number | null;
  /** What keeps it from going on, or why it failed. */
  trouble: string | null;
}

export interface Batches {
  /** After which it is deleted by itself. */
  readonly keepHours: number;
  /** Keeps it and begins; its id. Throws where there is nothing to make. */
  start(asked: Start): Promise<string>;
  /** When these very bytes were first made into a batch since then; also when it is deleted by now. */
  sameFile(file: Uint8Array, since: Date): Promise<Date | null>;
  list(): Promise<Batch[]>;
  find(id: string): Promise<Batch | null>;
  /** At once, then whenever something has changed, until it is over. Can be begun again at any time. */
  progress(id: string, signal?: AbortSignal): AsyncGenerator<Progress>;
  stop(id: string): Promise<void>;
  /** A print file that is whole, by the number of its part. */
  file(id: string, part?: number): AsyncGenerator<Buffer>;
  zip(id: string): AsyncGenerator<Uint8Array>;
  /** One for every row of the spreadsheet, in its order. */
  report(id: string): Promise<Outcome[]>;
  /** Prints clients `from` to `to` (counted from 1, as on their sheets) once more; the number of the new part. */
  reprint(id: string, from: number, to: number): Promise<number>;
  deleteNow(id: string): Promise<void>;
}

export interface BatchesPlan {
  store: BatchStore;
  crew: Crew;
  bell: Bell;
  keepHours: number;
}

/**
 * Of a ZIP each part is an eighth of the rows left, so that whoever ends first waits a moment for the last few, and not for
 * hundreds (guided self-scheduling: Polychronopoulos and Kuck, IEEE Transactions on Computers C-36, 1987).
 */
const ZIP_SHARE = 1 / 8;
const ZIP_PART = { least: 25, most: 200 };
const LOOK_MS = 400;
const HOUR_MS = 3_600_000;
/** The first ones take far longer: a thread starts, and what all share is drawn. */
const FIRST_TOLD = 20;

export function openBatches({ store, crew, bell, keepHours }: BatchesPlan): Batches {
  async function found(id: string): Promise<Batch> {
    const batch = await store.find(id);
    if (batch === null) throw new HandoutError([GONE]);
    return batch;
  }

  return {
    keepHours,

    async start({ id: own, kind, practice, recipients, refused, partsOf, file, ...rest }) {
      if (recipients.length === 0) throw new HandoutError([NOTHING]);
      const partSize = partsOf ?? recipients.length;
      const parts = kind === 'zip' ? zipParts(recipients.length) : partsIn(recipients.length, partSize);
      const { printing, date, names, request } = rest;
      const lastRow = recipients.reduce((last, { row }) => Math.max(last, row), 0);
      const counts = { rows: recipients.length + refused.length, refusedRows: refused.length };
      const named = refused.slice(0, MOST_NAMED).map(({ row }) => row);
      const settings: BatchSettings = {
        printing,
        date,
        names,
        lastRow,
        ...counts,
        named,
        partSize,
        ...(request === undefined ? {} : { request }),
      };
      const asked = recipients.map((recipient) => ({ row: recipient.row, id: recipient.id, request: recipient }));
      const keepMs = keepHours * HOUR_MS;
      const batch = { kind, settings, practice, keepMs, file, recipients: asked, refused, parts };
      const id = await store.add(own === undefined ? batch : { ...batch, id: own });
      await bell.ring(id, parts.length);
      return id;
    },

    async sameFile(file, since) {
      const made = await store.sameFile(file, since.getTime());
      return made === null ? null : new Date(made);
    },

    list: () => store.list(),
    find: (id) => store.find(id),

    async *progress(id, signal) {
      await found(id);
      await store.unlock(id);
      let last = '';
      while (signal?.aborted !== true) {
        const progress = progressOf(await found(id), crew.trouble());
        const text = JSON.stringify(progress);
        if (text !== last) yield progress;
        last = text;
        if (progress.state !== 'running') return;
        await crew.rest(LOOK_MS, signal);
      }
    },

    stop: (id) => store.stop(id),

    async *file(id, part = 1) {
      const { parts } = await found(id);
      const one = parts.find(({ number }) => number === part);
      if (one?.ready !== true) throw new HandoutError([NOT_READY]);
      yield* store.file(id, one.id);
    },

    async *zip(id) {
      const { state, settings, made } = await found(id);
      if (state !== 'ready') throw new HandoutError([NOT_READY]);
      const { names, lastRow } = settings as BatchSettings;
      yield* zipOf(store.files(id), { names, lastRow, date: new Date(made) });
    },

    async report(id) {
      const { parts } = await found(id);
      const outcomes = await store.outcomes(id);
      const shaOf = (position: number) =>
        parts.find(({ again, first, last }) => !again && first <= position && position <= last)?.sha256 ?? '';
      return outcomes
        .map(({ row, position, state, problems, pages, sheets, firstPage, sha256 }): Outcome => {
          if (state !== 'done')
            return { row, refused: problems.map(sentence).join(' ') || 'It was not made.', printed: null, sha256: '' };
          const printed = { row, pages: pages ?? 0, sheets: sheets ?? 0, firstPage: firstPage ?? 1 };
          return { row, refused: null, printed, sha256: sha256 ?? shaOf(position) };
        })
        .toSorted((a, b) => a.row - b.row);
    },

    async reprint(id, from, to) {
      const { kind, state, parts } = await found(id);
      const places = parts.reduce((most, { last }) => Math.max(most, last + 1), 0);
      if (kind !== 'print' || state !== 'ready') throw new HandoutError([NOT_READY]);
      if (!(from >= 1 && from <= to && to <= places)) throw new HandoutError([noSuchRange(places)]);
      const part = await store.again(id, { first: from - 1, last: to - 1 });
      await bell.ring(id, 1);
      return (await found(id)).parts.find((one) => one.id === part)!.number;
    },

    async deleteNow(id) {
      await store.stop(id);
      await crew.purge(id);
    },
  };
}

/** Smaller and smaller ones, each after the one before. */
function zipParts(recipients: number): Span[] {
  const parts: Span[] = [];
  for (let first = 0; first < recipients; ) {
    const share = Math.ceil((recipients - first) * ZIP_SHARE);
    const size = Math.min(ZIP_PART.most, Math.max(ZIP_PART.least, share), recipients - first);
    parts.push({ first, last: first + size - 1 });
    first += size;
  }
  return parts;
}

function partsIn(recipients: number, size: number): Span[] {
  const count = Math.ceil(recipients / size);
  return Array.from({ length: count }, (_, part) => ({
    first: part * size,
    last: Math.min((part + 1) * size, recipients) - 1,
  }));
}

function progressOf({ state, parts, began, reason }: Batch, trouble: Problem | null): Progress {
  const counted = parts.filter(({ again }) => !again);
  const of = counted.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  const made = counted.reduce((sum, part) => sum + part.made + part.refused, 0);
  const isTold = began !== null && made >= Math.min(of, FIRST_TOLD);
  const ms = !isTold ? null : ((Date.now() - began) / made) * (of - made);
  return {
    state,
    made,
    of,
    secondsLeft: ms === null ? null : Math.max(0, Math.ceil(ms / 1000)),
    trouble: state === 'running' && trouble !== null ? sentence(trouble) : reason,
  };
}

const GONE: Problem = {
  code: 'batch-unknown',
  message: 'There is no such batch. Its time is over, or it was deleted.',
  hint: 'Start it again from the spreadsheet.',
};
const NOT_READY: Problem = { code: 'batch-unready', message: 'This file is not ready.', hint: 'Wait until it is.' };
const NOTHING: Problem = {
  code: 'batch-empty',
  message: 'No row of this file can be made.',
  hint: 'Mend what is told of them, then try again.',
};
const noSuchRange = (places: number): Problem => ({
  code: 'field-invalid',
  message: 'There is no such range.',
  hint: `Give two numbers from 1 to ${places}, the smaller one first.`,
  place: { field: 'from' },
});
