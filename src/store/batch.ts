// Rows of the tables in, a batch and what has come of its rows out, as the doors see them.
import { randomUUID } from 'node:crypto';
import type { Problem } from '../errors.ts';
import type { Practice } from '../merge/practice.ts';
import type { BatchKind, BatchRow, BatchState, OutcomeRow, PartRow, RecipientRow } from './tables.ts';

/** A run of positions, both ends in it, counted from 0. */
export interface Span {
  first: number;
  last: number;
}

export interface NewBatch {
  /** Instead of a random one. */
  id?: string;
  kind: BatchKind;
  /** Kept as JSON, not sealed: nothing of a client. */
  settings: unknown;
  practice: Practice;
  keepMs: number;
  /** The file the rows were read from, to know it again; not kept. */
  file: Uint8Array | null;
  /** In the order they are made. */
  recipients: readonly { row: number; id: string; request: unknown }[];
  /** Rows that were refused before anything was made: kept for the report only. */
  refused: readonly { row: number; problems: readonly Problem[] }[];
  /** Together they hold every recipient once. */
  parts: readonly Span[];
}

export interface Part extends Span {
  id: string;
  /** From 1. */
  number: number;
  /** A range printed once more. */
  again: boolean;
  ready: boolean;
  made: number;
  refused: number;
  bytes: number;
  sha256: string | null;
}

export interface Batch {
  id: string;
  kind: BatchKind;
  state: Exclude<BatchState, 'new' | 'deleted'>;
  settings: unknown;
  /** Why it failed. */
  reason: string | null;
  /** Milliseconds since 1970. */
  made: number;
  began: number | null;
  expires: number;
  rows: number;
  done: number;
  refused: number;
  parts: readonly Part[];
}

/** What has come of one row; `waiting` only while the batch runs. */
export interface Outcome {
  position: number;
  row: number;
  state: 'done' | 'refused' | 'waiting';
  problems: readonly Problem[];
  pages: number | null;
  sheets: number | null;
  /** In the file of its part. */
  firstPage: number | null;
  sha256: string | null;
}

export type Found = Pick<RecipientRow, 'position' | 'row' | 'id'> & {
  [name in keyof Omit<OutcomeRow, 'batch' | 'position' | 'id'>]: OutcomeRow[name] | null;
};

const STOPPED: Problem = { code: 'batch-stopped', message: 'The batch was stopped before this row was made.' };

/** Rows are done or refused, always, once nothing runs any more. */
export function outcomeOf(found: Found, problems: readonly Problem[], runs: boolean): Outcome {
  const { position, row, state, pages, sheets, first_page, sha256 } = found;
  const known = { position, row, pages, sheets, firstPage: first_page, sha256 };
  if (state !== null) return { ...known, state, problems };
  return runs ? { ...known, state: 'waiting', problems } : { ...known, state: 'refused', problems: [STOPPED] };
}

export const newPart = (batch: string, number: number, { first, last }: Span, again: boolean): PartRow => ({
  id: randomUUID(),
  batch,
  number,
  again: again ? 1 : 0,
  first_position: first,
  last_position: last,
  state: 'waiting',
  holder: null,
  lease_until: null,
  stepped: null,
  marked_from: null,
  marked_to: null,
  deaths: 0,
  made: 0,
  refused: 0,
  bytes: 0,
  sha256: null,
});

export function batchOf(batch: BatchRow, found: readonly PartRow[]): Batch {
  const parts = found.map((part) => partOf(part, batch.kind));
  const counted = parts.filter(({ again }) => !again);
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
  const done = sum(counted.map((part) => part.made));
  const { id, kind, state, reason, made, began, expires, rows } = batch;
  return {
    id,
    kind,
    state: state as Batch['state'],
    settings: JSON.parse(batch.settings),
    reason,
    made,
    began,
    expires,
    rows,
    done,
    // Once nothing runs any more, what is not done is refused.
    refused: state === 'running' ? rows - sum(counted.map(toMake)) : rows - done,
    parts,
  };
}

/** Of a part that runs, what is neither made nor refused; rows refused at the start are in no part. */
const toMake = ({ first, last, refused }: Part) => last - first + 1 - refused;

/** What is made of a print file is known of once it is whole; until then, how far it has come. */
const madeOf = ({ state, made, marked_from, first_position }: PartRow, kind: BatchKind) =>
  kind === 'print' && state === 'leased' ? (marked_from ?? first_position) - first_position : made;

const partOf = (part: PartRow, kind: BatchKind): Part => ({
  id: part.id,
  number: part.number,
  again: part.again === 1,
  first: part.first_position,
  last: part.last_position,
  ready: part.state === 'done',
  made: madeOf(part, kind),
  refused: part.refused,
  bytes: part.bytes,
  sha256: part.sha256,
});
