// What a worker may do with a part of a batch while its lease is its own. Types only.
import type { Problem } from '../errors.ts';
import type { Practice } from '../merge/practice.ts';
import type { Span } from './batch.ts';
import type { BatchKind } from './tables.ts';

/** A part in the hands of one worker, whose process has to give a sign of life within `LEASE_MS`. */
export interface Lease extends Span {
  part: string;
  batch: string;
  holder: string;
  kind: BatchKind;
  settings: unknown;
  practice: Practice;
  /** How many recipients the whole batch makes. */
  places: number;
  /** Printed once more: its outcomes are not counted. */
  again: boolean;
  /** How many workers have died on it. After the first, recipients are made one by one: the next death tells which it was. */
  deaths: number;
}

export interface Asked {
  position: number;
  row: number;
  id: string;
  request: unknown;
  kills: number;
}

export type Come = { position: number; id: string } & (
  | { state: 'done'; pages: number; sheets: number | null; firstPage: number; sha256: string | null }
  | { state: 'refused'; problems: readonly Problem[] }
);

/** A piece of a print file in order, or the file of the position that is its number. */
export interface Chunk {
  number: number;
  bytes: Uint8Array;
}

/** A run of bytes of a file. A `common` one is the very same Buffer in files of other clients, and holds nothing of them. */
export interface Stretch {
  bytes: Buffer;
  common: boolean;
}

/** The file of a position, in its stretches. */
export interface MadeFile {
  position: number;
  stretches: readonly Stretch[];
}

export interface Work {
  /** How many parts could be taken up now. */
  waiting(): Promise<number>;
  /** Takes up a part, the oldest batch first. */
  claim(holder: string): Promise<Lease | null>;
  /** Recipients of these positions that nothing has come of yet. */
  asked(lease: Lease, span: Span): Promise<Asked[]>;
  /** A print file is one stream of bytes: a part of it that was begun is begun anew, and its outcomes are forgotten. */
  beginAnew(lease: Lease): Promise<void>;
  /** The process of these workers lives. */
  alive(holders: readonly string[]): Promise<void>;
  /** Says what is being made just now. Throws GoneError when the lease is lost. */
  mark(lease: Lease, span: Span): Promise<void>;
  /** Writes what was made of a print file since the last time. Throws GoneError when the lease is lost, and then writes nothing. */
  save(lease: Lease, come: readonly Come[], chunks: readonly Chunk[]): Promise<void>;
  /** Likewise single files; what they have in common is written once. */
  saveFiles(lease: Lease, come: readonly Come[], files: readonly MadeFile[]): Promise<void>;
  /** The part is whole; with the last of them the batch is ready. */
  finish(lease: Lease, sha256: string | null): Promise<void>;
  /** The worker is known to have died. */
  died(holder: string): Promise<void>;
  /** The worker is told to stop: another can take up the part at once. */
  giveBack(holder: string): Promise<void>;
  /** Those of these workers that have come no step further for too long. */
  stuck(holders: readonly string[]): Promise<string[]>;
}
