// A worker's name in, a part of a batch under its lease out; what it has made is written only while the lease is its own.
import { sql, type Transaction } from 'kysely';
import { HandoutError } from '../errors.ts';
import { fromJson, GoneError, type Kept, letterheadFromJson, PLACES } from './kept.ts';
import type { Lease, Work } from './lease.ts';
import { saving } from './save.ts';
import type { PartRow, Tables } from './tables.ts';

type Candidate = Pick<PartRow, 'id' | 'batch' | 'state' | 'holder'>;

/** A process that has died is given up after this long; with a look every second the work goes on within 10 s. */
export const LEASE_MS = 6000;

/** No row takes this long, on the slowest machine: whoever comes no step further hangs. */
const STUCK_MS = 60_000;

export function work(keptIn: Kept): Work {
  const { db, now, seal } = keptIn;
  const leaseEnd = sql<number>`${now} + ${sql.lit(LEASE_MS)}`;

  /** Parts that wait, and those whose worker is gone. */
  const free = () =>
    db
      .selectFrom('parts')
      .innerJoin('batches', 'batches.id', 'parts.batch')
      .where((is) =>
        is.or([is('parts.state', '=', 'waiting'), is('parts.state', '=', 'leased').and('lease_until', '<', now)]),
      )
      .where((is) =>
        is.or([
          is('again', '=', 0).and('batches.state', '=', 'running'),
          is('again', '=', 1).and('batches.state', '=', 'ready'),
        ]),
      );

  /** Prolongs the lease; that it writes first makes a transaction wait for its turn instead of being refused. */
  async function prolong(transaction: Transaction<Tables>, lease: Lease, set: object): Promise<void> {
    const { numUpdatedRows } = await transaction
      .updateTable('parts')
      .set({ lease_until: leaseEnd, stepped: now, ...set })
      .where('id', '=', lease.part)
      .where('holder', '=', lease.holder)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('batches')
            .select('id')
            .where('id', '=', lease.batch)
            .where('state', '=', lease.again ? 'ready' : 'running'),
        ),
      )
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new GoneError();
  }

  async function take(candidate: Candidate, holder: string): Promise<PartRow | null> {
    return db.transaction().execute(async (transaction) => {
      const died = candidate.state === 'leased';
      let update = transaction
        .updateTable('parts')
        .set((is) => ({
          state: 'leased',
          holder,
          lease_until: leaseEnd,
          stepped: now,
          deaths: is('deaths', '+', died ? 1 : 0),
        }))
        .where('id', '=', candidate.id)
        .where('state', '=', candidate.state);
      if (died) update = update.where('holder', '=', candidate.holder).where('lease_until', '<', now);
      const part = await update.returningAll().executeTakeFirst();
      if (part === undefined) return null;
      await transaction
        .updateTable('batches')
        .set({ began: now })
        .where('id', '=', part.batch)
        .where('began', 'is', null)
        .execute();
      if (died && part.marked_from !== null && part.marked_from === part.marked_to) {
        await transaction
          .updateTable('recipients')
          .set((is) => ({ kills: is('kills', '+', 1) }))
          .where('batch', '=', part.batch)
          .where('position', '=', part.marked_from)
          .execute();
      }
      return part;
    });
  }

  async function lastPlace(batch: string): Promise<number> {
    const parts = db.selectFrom('parts').where('batch', '=', batch);
    const { last } = await parts.select(({ fn }) => fn.max('last_position').as('last')).executeTakeFirstOrThrow();
    return last;
  }

  async function leaseOf(part: PartRow, holder: string): Promise<Lease> {
    const batch = await db.selectFrom('batches').selectAll().where('id', '=', part.batch).executeTakeFirst();
    if (batch === undefined || batch.letterhead === null) throw new GoneError();
    const own = await seal(part.batch);
    return {
      part: part.id,
      batch: part.batch,
      holder,
      kind: batch.kind,
      settings: JSON.parse(batch.settings),
      practice: letterheadFromJson(own.open(PLACES.letterhead, batch.letterhead)),
      places: (await lastPlace(part.batch)) + 1,
      again: part.again === 1,
      deaths: part.deaths,
      first: part.first_position,
      last: part.last_position,
    };
  }

  /** What was sealed with another key waits until that is back; the door tells of it. */
  async function canOpen(batch: string): Promise<boolean> {
    try {
      await seal(batch);
      return true;
    } catch (error) {
      if (error instanceof HandoutError || error instanceof GoneError) return false;
      throw error;
    }
  }

  /** A print file is one stream of bytes, so it begins anew; the single files of a ZIP that are there stay. */
  async function beginAnew(lease: Lease): Promise<void> {
    await db.transaction().execute(async (transaction) => {
      await prolong(transaction, lease, { made: 0, refused: 0, bytes: 0, marked_from: null, marked_to: null });
      await transaction.deleteFrom('chunks').where('part', '=', lease.part).execute();
      if (lease.again) return;
      await transaction
        .deleteFrom('outcomes')
        .where('batch', '=', lease.batch)
        .where('position', '>=', lease.first)
        .where('position', '<=', lease.last)
        .execute();
    });
  }

  async function completeIfLast(transaction: Transaction<Tables>, batch: string): Promise<void> {
    // Locks the row: of two workers that finish at once on PostgreSQL, neither would see that the other has.
    const { rows } = await transaction
      .updateTable('batches')
      .set((is) => ({ rows: is.ref('rows') }))
      .where('id', '=', batch)
      .returning('rows')
      .executeTakeFirstOrThrow();
    const unfinished = transaction.selectFrom('parts').where('batch', '=', batch).where('state', '!=', 'done');
    if ((await unfinished.select('id').executeTakeFirst()) !== undefined) return;
    const outcomes = transaction.selectFrom('outcomes').where('batch', '=', batch);
    const { come } = await outcomes.select(({ fn }) => fn.countAll<number>().as('come')).executeTakeFirstOrThrow();
    if (come !== rows) throw new Error(`Of ${rows} rows ${come} were done or refused.`);
    await transaction.updateTable('batches').set({ state: 'ready' }).where('id', '=', batch).execute();
  }

  return {
    async waiting() {
      const count = free().select(({ fn }) => fn.countAll<number>().as('count'));
      return (await count.executeTakeFirstOrThrow()).count;
    },

    async claim(holder) {
      const locked: string[] = [];
      for (;;) {
        const candidates = await free()
          .select(['parts.id', 'parts.batch', 'parts.state', 'holder'])
          .where('parts.batch', 'not in', ['', ...locked])
          .orderBy('batches.made')
          .orderBy('number')
          .limit(8)
          .execute();
        if (candidates.length === 0) return null;
        for (const candidate of candidates) {
          if (!(await canOpen(candidate.batch))) locked.push(candidate.batch);
          else {
            const part = await take(candidate, holder);
            if (part !== null) return leaseOf(part, holder);
          }
        }
      }
    },

    async asked(lease, { first, last }) {
      const own = await seal(lease.batch);
      const rows = await db
        .selectFrom('recipients')
        .selectAll()
        .where('batch', '=', lease.batch)
        .where('position', '>=', first)
        .where('position', '<=', last)
        .orderBy('position')
        .execute();
      const come = await db
        .selectFrom('outcomes')
        .select('position')
        .where('batch', '=', lease.batch)
        .where('position', '>=', first)
        .where('position', '<=', last)
        .execute();
      const done = new Set(lease.again ? [] : come.map(({ position }) => position));
      return rows
        .filter(({ position }) => !done.has(position))
        .map(({ position, row, id, request, kills }) => ({
          position,
          row,
          id,
          kills,
          request: fromJson(own.open(PLACES.request(position, id), request)),
        }));
    },

    beginAnew,

    mark: (lease, { first, last }) =>
      db.transaction().execute((transaction) => prolong(transaction, lease, { marked_from: first, marked_to: last })),

    ...saving(keptIn, prolong),

    async finish(lease, sha256) {
      await db.transaction().execute(async (transaction) => {
        const marked = { marked_from: null, marked_to: null };
        await prolong(transaction, lease, { ...marked, state: 'done', holder: null, lease_until: null, sha256 });
        if (lease.again) return;
        await completeIfLast(transaction, lease.batch);
      });
    },

    async alive(holders) {
      if (holders.length === 0) return;
      await db.updateTable('parts').set({ lease_until: leaseEnd }).where('holder', 'in', holders).execute();
    },

    async died(holder) {
      await db.updateTable('parts').set({ lease_until: 0 }).where('holder', '=', holder).execute();
    },

    async giveBack(holder) {
      const given = { state: 'waiting', holder: null, lease_until: null } as const;
      await db.updateTable('parts').set(given).where('holder', '=', holder).execute();
    },

    async stuck(holders) {
      if (holders.length === 0) return [];
      const late = await db
        .selectFrom('parts')
        .select('holder')
        .where('holder', 'in', holders)
        .where('stepped', '<', sql<number>`${now} - ${sql.lit(STUCK_MS)}`)
        .execute();
      return late.map(({ holder }) => holder!);
    },
  };
}
