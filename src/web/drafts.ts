// Spreadsheets that are being checked: kept in memory and nowhere else, a few at a time and half an hour at most.
import { randomUUID } from 'node:crypto';
import type { Checked } from '../deliver/check-rows.ts';
import type { Mapping } from '../deliver/columns.ts';
import type { Table } from '../deliver/table.ts';
import type { Batch } from '../deliver/ways.ts';
import type { Problem } from '../errors.ts';
import { type BatchMail, noMail } from './batch-mail-state.ts';
import type { BatchState } from './batch-state.ts';

export interface Draft {
  /** Random; all that an address holds of it. */
  id: string;
  /** As it came, to know it again. */
  file: Uint8Array;
  /** With what was put right since. */
  table: Table;
  corrected: boolean;
  mapping: Mapping;
  state: BatchState;
  /** What the rows were checked for. */
  way: Batch;
  outcome: Checked | { problems: readonly Problem[] };
  /** Sheets by how they would be printed: counted once, null where that can't be. */
  sheets: Map<string, Promise<number | null>>;
  /** Staff changed something and pressed the button at once: they have not seen what came of it. */
  unseen: boolean;
  /** What has been e-mailed of it. */
  mail: BatchMail;
  touched: number;
}

export interface Drafts {
  keep(draft: Omit<Draft, 'id' | 'touched' | 'sheets' | 'unseen' | 'mail' | 'corrected'>): Draft;
  /** Null when it is over. */
  find(id: string): Draft | null;
  forget(id: string): void;
}

const MINUTE_MS = 60_000;
const KEPT_MS = 30 * MINUTE_MS;
const MOST = 8;
const MOST_BYTES = 60_000_000;

/** Counted from the last time a draft was touched. `now` is for tests. */
export function openDrafts(now = Date.now): Drafts {
  const drafts = new Map<string, Draft>();
  const sweep = () => {
    for (const { id, touched } of drafts.values()) if (touched < now() - KEPT_MS) drafts.delete(id);
  };
  const bytes = () => [...drafts.values()].reduce((sum, { file }) => sum + file.length, 0);
  setInterval(sweep, MINUTE_MS).unref();
  return {
    keep(given) {
      sweep();
      const own = {
        id: randomUUID(),
        sheets: new Map(),
        corrected: false,
        unseen: false,
        mail: noMail(),
        touched: now(),
      };
      const draft = { ...given, ...own };
      drafts.set(draft.id, draft);
      for (const oldest of drafts.keys()) {
        if (drafts.size <= MOST && (bytes() <= MOST_BYTES || drafts.size === 1)) break;
        drafts.delete(oldest);
      }
      return draft;
    },
    find(id) {
      sweep();
      const draft = drafts.get(id);
      if (draft === undefined) return null;
      drafts.delete(id);
      drafts.set(id, draft);
      draft.touched = now();
      return draft;
    },
    forget: (id) => void drafts.delete(id),
  };
}
