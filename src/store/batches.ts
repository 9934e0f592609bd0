// Batches as a door sees them: rows in, what has come of them and the finished files out.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Problem } from '../errors.ts';
import {
  type Batch,
  batchOf,
  type Found,
  type NewBatch,
  newPart,
  type Outcome,
  outcomeOf,
  type Span,
} from './batch.ts';
import { fromJson, GoneError, inPieces, type Kept, letterheadToJson, PLACES, refusal, toJson } from './kept.ts';
import { forget } from './purge.ts';
import { digest, newSeal, type Seal } from './seal.ts';
import { unpacked } from './stretches.ts';
import type { BatchKind } from './tables.ts';

export interface BatchStore {
  /** Keeps all of it, sealed, or nothing; then it can be taken up. Rejects an id that there is or was lately. */
  add(batch: NewBatch): Promise<string>;
  /** The newest first. */
  list(): Promise<Batch[]>;
  find(id: string): Promise<Batch | null>;
  /** When a batch was first made from these very bytes since then, though it may be deleted by now. */
  sameFile(file: Uint8Array, since: number): Promise<number | null>;
  /** Remembers for two days that a file was made elsewhere than here, and nothing else of it. */
  remember(file: Uint8Array, kind: BatchKind): Promise<void>;
  /** Throws a sentence when it was sealed with another key than the one there is. */
  unlock(id: string): Promise<void>;
  /** In their order, then those that were refused before anything was made. */
  outcomes(id: string): Promise<Outcome[]>;
  /** The pieces of a print file that is ready. */
  file(id: string, part: string): AsyncGenerator<Buffer>;
  /** The files of a ZIP that is ready, one after the other. */
  files(id: string): AsyncGenerator<{ row: number; position: number; request: unknown; pdf: Buffer }>;
  /** Makes a range once more, as a part of its own; its id. */
  again(id: string, span: Span): Promise<string>;
  /** What has been made of it is not kept. */
  stop(id: string): Promise<void>;
  /** Likewise, because of a bug of ours; the reason holds nothing of a client. */
  fail(id: string, reason: string): Promise<void>;
}

/** Every write waits for the disk; this many rows hold up others for some milliseconds. */
const ROWS_AT_ONCE = 1000;

export function batchStore(keptIn: Kept): BatchStore {
  const { db, now, key, seal } = keptIn;

  async function add(batch: NewBatch): Promise<string> {
    const { kind, settings, practice, keepMs, file, recipients, refused, parts } = batch;
    const id = batch.id ?? randomUUID();
    const { seal: own, wrapped } = newSeal(key(), id);
    await db
      .insertInto('batches')
      .values({
        id,
        made: now,
        expires: sql<number>`${now} + ${sql.lit(keepMs)}`,
        began: null,
        kind,
        settings: JSON.stringify(settings),
        state: 'new',
        reason: null,
        rows: recipients.length + refused.length,
        digest: file === null ? null : digest(key(), file),
        key: wrapped,
        letterhead: own.close(PLACES.letterhead, letterheadToJson(practice)),
      })
      .execute();
    try {
      await addRows(id, batch, own);
      await begin(id, parts);
      return id;
    } catch (error) {
      await db.deleteFrom('batches').where('id', '=', id).execute();
      throw error;
    }
  }

  async function addRows(id: string, { recipients, refused }: NewBatch, own: Seal): Promise<void> {
    const ready = recipients.map((recipient, position) => ({ ...recipient, position }));
    for (const piece of inPieces(ready, ROWS_AT_ONCE)) {
      const rows = piece.map(({ position, row, id: rowId, request }) => ({
        batch: id,
        position,
        row,
        id: rowId,
        request: own.close(PLACES.request(position, rowId), toJson(request)),
        kills: 0,
      }));
      await db.insertInto('recipients').values(rows).execute();
      await new Promise(setImmediate);
    }
    const others = refused.map(({ row, problems }, index) => ({
      row,
      position: recipients.length + index,
      id: randomUUID(),
      problems,
    }));
    for (const piece of inPieces(others)) {
      const nothing = { batch: id, request: Buffer.alloc(0), kills: 0 };
      const rows = piece.map(({ position, row, id: rowId }) => ({ ...nothing, position, row, id: rowId }));
      await db.insertInto('recipients').values(rows).execute();
      await db
        .insertInto('outcomes')
        .values(piece.map((one) => refusal(own, id, one)))
        .execute();
    }
  }

  async function begin(id: string, parts: readonly Span[]): Promise<void> {
    await db.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('parts')
        .values(parts.map((span, index) => newPart(id, index + 1, span, false)))
        .execute();
      await transaction.updateTable('batches').set({ state: 'running' }).where('id', '=', id).execute();
    });
  }

  async function read(id?: string): Promise<Batch[]> {
    let found = db.selectFrom('batches').selectAll().where('state', 'not in', ['new', 'deleted']);
    if (id !== undefined) found = found.where('id', '=', id);
    const batches = await found.orderBy('made', 'desc').execute();
    if (batches.length === 0) return [];
    const ids = batches.map((batch) => batch.id);
    const parts = await db.selectFrom('parts').selectAll().where('batch', 'in', ids).orderBy('number').execute();
    return batches.map((batch) =>
      batchOf(
        batch,
        parts.filter((part) => part.batch === batch.id),
      ),
    );
  }

  /** Those from number 0 on. */
  async function* chunks(id: string, part: string) {
    const own = await seal(id);
    for (let number = -1; ; ) {
      const next = await db
        .selectFrom('chunks')
        .select(['number', 'sealed'])
        .where('part', '=', part)
        .where('number', '>', number)
        .orderBy('number')
        .limit(1)
        .executeTakeFirst();
      if (next === undefined) return;
      number = next.number;
      yield { number, bytes: own.open(PLACES.chunk(part, number), next.sealed) };
    }
  }

  /** What the files of a part have in common, by number. */
  async function commonOf(own: Seal, part: string): Promise<Map<number, Buffer>> {
    const kept = db.selectFrom('chunks').select(['number', 'sealed']).where('part', '=', part).where('number', '<', 0);
    const all = await kept.execute();
    return new Map(all.map(({ number, sealed }) => [number, own.open(PLACES.chunk(part, number), sealed)]));
  }

  async function end(id: string, state: 'stopped' | 'failed', reason: string | null): Promise<void> {
    await db.transaction().execute(async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('batches')
        .set({ state, reason })
        .where('id', '=', id)
        .where('state', '=', 'running')
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return;
      const parts = transaction.selectFrom('parts').select('id').where('batch', '=', id);
      await transaction.deleteFrom('chunks').where('part', 'in', parts).execute();
      await transaction.deleteFrom('outcomes').where('batch', '=', id).where('state', '=', 'done').execute();
      await transaction.updateTable('parts').set({ made: 0, refused: 0 }).where('batch', '=', id).execute();
    });
  }

  return {
    add,
    list: () => read(),
    find: async (id) => (await read(id))[0] ?? null,

    async sameFile(file, since) {
      const first = await db
        .selectFrom('batches')
        .select('made')
        .where('digest', '=', digest(key(), file))
        .where('made', '>=', since)
        .where('state', '!=', 'new')
        .orderBy('made')
        .executeTakeFirst();
      return first?.made ?? null;
    },

    async remember(file, kind) {
      const nothing = { began: null, settings: '{}', reason: null, rows: 0, key: null, letterhead: null } as const;
      const over = { id: randomUUID(), made: now, expires: now, kind, state: 'deleted', ...nothing } as const;
      await db
        .insertInto('batches')
        .values({ ...over, digest: digest(key(), file) })
        .execute();
      await forget(keptIn);
    },

    async unlock(id) {
      await seal(id);
    },

    async outcomes(id) {
      const [batch] = await read(id);
      if (batch === undefined) return [];
      const own = await seal(id);
      const rows = await db
        .selectFrom('recipients')
        .leftJoin('outcomes', (join) =>
          join.onRef('outcomes.batch', '=', 'recipients.batch').onRef('outcomes.position', '=', 'recipients.position'),
        )
        .select(['recipients.position', 'recipients.row', 'recipients.id'])
        .select(['state', 'reason', 'pages', 'sheets', 'first_page', 'sha256'])
        .where('recipients.batch', '=', id)
        .orderBy('recipients.position')
        .execute();
      const problems = ({ position, id: rowId, reason }: Found) =>
        reason === null ? [] : (fromJson(own.open(PLACES.reason(position, rowId), reason)) as Problem[]);
      return rows.map((row) => outcomeOf(row, problems(row), batch.state === 'running'));
    },

    async *file(id, part) {
      const batch = (await read(id))[0];
      if (!batch?.parts.some((one) => one.id === part && one.ready)) throw new GoneError();
      for await (const { bytes } of chunks(id, part)) yield bytes;
    },

    async *files(id) {
      const batch = (await read(id))[0];
      if (batch?.state !== 'ready') throw new GoneError();
      const own = await seal(id);
      for (const part of batch.parts.filter(({ again }) => !again)) {
        const rows = await db
          .selectFrom('recipients')
          .select(['position', 'row', 'id', 'request'])
          .where('batch', '=', id)
          .where('position', '>=', part.first)
          .where('position', '<=', part.last)
          .execute();
        const asked = new Map(rows.map((row) => [row.position, row]));
        const common = await commonOf(own, part.id);
        for await (const { number, bytes } of chunks(id, part.id)) {
          const { row, position, id: rowId, request: sealed } = asked.get(number)!;
          const request = fromJson(own.open(PLACES.request(position, rowId), sealed));
          yield { row, position, request, pdf: unpacked(bytes, common) };
        }
      }
    },

    async again(id, span) {
      const last = await db
        .selectFrom('parts')
        .select(({ fn }) => fn.max('number').as('number'))
        .where('batch', '=', id)
        .executeTakeFirst();
      const part = newPart(id, (last?.number ?? 0) + 1, span, true);
      await db.insertInto('parts').values(part).execute();
      return part.id;
    },

    stop: (id) => end(id, 'stopped', null),
    fail: (id, reason) => end(id, 'failed', reason),
  };
}
