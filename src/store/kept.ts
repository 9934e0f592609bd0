// A database and the practice's key in, what several files of the store need of a batch out: its seal, its places.
import type { Problem } from '../errors.ts';
import type { Practice } from '../merge/practice.ts';
import type { Open } from './database.ts';
import { openSeal, type Seal } from './seal.ts';
import type { OutcomeRow } from './tables.ts';

export interface Kept extends Open {
  /** Reads the practice's key, or makes it. */
  key(): Buffer;
  /** Throws where the batch is gone or was sealed with another key. */
  seal(batch: string): Promise<Seal>;
}

export function kept(open: Open, key: () => Buffer): Kept {
  return {
    ...open,
    key,
    async seal(batch) {
      const found = await open.db.selectFrom('batches').select('key').where('id', '=', batch).executeTakeFirst();
      if (found === undefined || found.key === null) throw new GoneError();
      return openSeal(key(), batch, found.key);
    },
  };
}

/** The batch was deleted, or a lease was lost to another worker: whoever works on it stops, and nothing is wrong. */
export class GoneError extends Error {
  constructor() {
    super('This work is no longer ours.');
    this.name = 'GoneError';
  }
}

/** What a seal is bound to, beside the batch. */
export const PLACES = {
  request: (position: number, id: string) => `request ${position} ${id}`,
  reason: (position: number, id: string) => `reason ${position} ${id}`,
  chunk: (part: string, number: number) => `chunk ${part} ${number}`,
  letterhead: 'letterhead',
  mail: (row: number) => `mail ${row}`,
  mailSettings: 'mail settings',
};

export const toJson = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
export const fromJson = (bytes: Buffer): unknown => JSON.parse(bytes.toString());

export const letterheadToJson = (practice: Practice): Buffer =>
  toJson({ ...practice, logo: practice.logo?.toString('base64') ?? null });

export function letterheadFromJson(bytes: Buffer): Practice {
  const read = fromJson(bytes) as Omit<Practice, 'logo'> & { logo: string | null };
  return { ...read, logo: read.logo === null ? null : Buffer.from(read.logo, 'base64') };
}

/** Lists are written and deleted in pieces of this size, so that others get their turn in between. */
export function* inPieces<T>(list: readonly T[], size = 200): Generator<readonly T[]> {
  for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size);
}

/** A row that can't be made, as it is kept. */
export const refusal = (
  own: Seal,
  batch: string,
  { position, id, problems }: { position: number; id: string; problems: readonly Problem[] },
): OutcomeRow => ({
  batch,
  position,
  id,
  state: 'refused',
  reason: own.close(PLACES.reason(position, id), toJson(problems)),
  pages: null,
  sheets: null,
  first_page: null,
  sha256: null,
});
