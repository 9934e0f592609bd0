// A worker's name in, one mail after another out, each in one hand at a time; whoever has lost it can write nothing.
import { sql, type Transaction } from 'kysely';
import { HandoutError } from '../errors.ts';
import { fromJson, GoneError, type Kept, PLACES } from './kept.ts';
import type { Errand, Outcome } from './mail.ts';
import { EMPTY } from './outbox.ts';
import { BrokenSealError, openSeal } from './seal.ts';
import type { OutboxRow, Tables } from './tables.ts';

export interface Post {
  /** Takes up the mail that has waited longest and parks what is damaged; null when nothing is due, all is paused, or the minute is full. */
  claim(holder: string, perMinute: number): Promise<Errand | null>;
  /** Written, and synced, before the last byte may leave. Throws GoneError when the mail is not ours any more. */
  commit(errand: Errand): Promise<void>;
  /** What came of it. False when it is not ours any more. */
  settle(errand: Errand, outcome: Outcome): Promise<boolean>;
  /** Its last byte did not leave, and that is not the mail's fault: it waits as before. */
  giveBack(errand: Errand): Promise<void>;
  /** Nothing more is sent until a person says so. */
  pause(why: string): Promise<void>;
  /** This worker lives, and works on these. */
  alive(holder: string, ids: readonly string[]): Promise<void>;
  /**
   * What was held long enough waits for its turn. Of workers that have died: what can't have left waits again, what may
   * have left is parked for a person.
   */
  recover(): Promise<void>;
}

/** A worker that has died is given up after this long; with a look every second the work goes on within 10 s. */
export const LEASE_MS = 6000;
const MOST_KILLS = 2;
const MINUTE_MS = 60_000;
/** Of those sealed with another key, so many are passed over. */
const LOOK_AT = 50;

export function post({ db, now, key }: Kept): Post {
  const later = (ms: number) => sql<number>`${now} + ${sql.lit(ms)}`;

  const waiting = (from: Pick<Transaction<Tables>, 'selectFrom'>) =>
    from.selectFrom('outbox').where('state', '=', 'queued').where('due', '<=', now);

  async function isFull(transaction: Transaction<Tables>, perMinute: number): Promise<boolean> {
    await transaction.deleteFrom('last_minute').where('at', '<=', later(-MINUTE_MS)).execute();
    const { count } = await transaction
      .selectFrom('last_minute')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return count >= perMinute;
  }

  /** Null where it was sealed with another key than the one there is: it waits until that is back. */
  function opened({ id, row, key: wrapped, request }: Pick<OutboxRow, 'id' | 'row' | 'key' | 'request'>): unknown {
    try {
      return fromJson(openSeal(key(), id, wrapped!).open(PLACES.mail(row), request!));
    } catch (error) {
      if (error instanceof HandoutError) return null;
      throw error;
    }
  }

  async function take(transaction: Transaction<Tables>, holder: string): Promise<Errand | null> {
    const chosen = (await firstToOpen(transaction, 1)) ?? (await firstToOpen(transaction, LOOK_AT));
    if (chosen === null) return null;
    const taken = await transaction
      .updateTable('outbox')
      .set((is) => ({
        state: 'sending',
        changed: now,
        tried: now,
        holder,
        lease_until: later(LEASE_MS),
        tries: is('tries', '+', 1),
      }))
      .where('id', '=', chosen.id)
      .where('state', '=', 'queued') // a person may have cancelled it just now
      .returning(['id', 'mailing', 'row', 'made', 'tries', 'tried'])
      .executeTakeFirst();
    if (taken === undefined) return null;
    await transaction.insertInto('last_minute').values({ at: now }).execute();
    const { id, mailing, row, made, tries, tried } = taken;
    return { id, mailing, row, holder, tries, ageMs: tried! - made, request: chosen.request };
  }

  async function firstToOpen(transaction: Transaction<Tables>, most: number) {
    const candidates = await waiting(transaction)
      .select(['id', 'row', 'key', 'request'])
      .orderBy('due')
      .orderBy('row')
      .limit(most)
      .execute();
    for (const found of candidates) {
      try {
        const request = opened(found);
        if (request !== null) return { id: found.id, request };
      } catch (error) {
        if (!(error instanceof BrokenSealError)) throw error;
        await parkBroken(transaction, found.id);
      }
    }
    return null;
  }

  /** Nobody can know whose it was, so that nobody gets it; the others need not wait for it. */
  async function parkBroken(transaction: Transaction<Tables>, id: string): Promise<void> {
    await transaction
      .updateTable('outbox')
      .set({ state: 'parked', changed: now, why: 'broken' })
      .where('id', '=', id)
      .where('state', '=', 'queued')
      .execute();
  }

  /** Ours, as it was taken up. */
  const own = ({ id, holder, tries }: Errand) =>
    db.updateTable('outbox').where('id', '=', id).where('holder', '=', holder).where('tries', '=', tries);

  return {
    async claim(holder, perMinute) {
      if ((await waiting(db).select('id').limit(1).executeTakeFirst()) === undefined) return null;
      return db.transaction().execute(async (transaction) => {
        // Writes first: whoever takes up a mail waits for this row, so that the limit holds across machines.
        const { numUpdatedRows } = await transaction
          .updateTable('post')
          .set((is) => ({ turn: is('turn', '+', 1) }))
          .where('paused', 'is', null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n || (await isFull(transaction, perMinute))) return null;
        return take(transaction, holder);
      });
    },

    async commit(errand) {
      const { numUpdatedRows } = await own(errand)
        .set({ state: 'committing', changed: now, lease_until: later(LEASE_MS) })
        .where('state', '=', 'sending')
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw new GoneError();
    },

    async settle(errand, outcome) {
      const { numUpdatedRows } = await own(errand)
        .set({ changed: now, ...changesOf(outcome) })
        // A worker that was only slow has been given up and its mail parked: that it was sent is still good to know.
        .where('state', 'in', outcome.state === 'sent' ? ['committing', 'parked'] : ['sending', 'committing'])
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async giveBack(errand) {
      await own(errand)
        .set({ state: 'queued', changed: now, due: now, holder: null, lease_until: null })
        .where('state', 'in', ['sending', 'committing'])
        .execute();
    },

    async pause(why) {
      await db.updateTable('post').set({ paused: why }).execute();
    },

    async alive(holder, ids) {
      if (ids.length === 0) return;
      await db
        .updateTable('outbox')
        .set({ lease_until: later(LEASE_MS) })
        .where('holder', '=', holder)
        .where('id', 'in', ids)
        .where('state', 'in', ['sending', 'committing'])
        .execute();
    },

    async recover() {
      await db
        .updateTable('outbox')
        .set({ state: 'queued', changed: now })
        .where('state', '=', 'held')
        .where('due', '<=', now)
        .execute();
      const dead = await db
        .selectFrom('outbox')
        .select(['id', 'holder', 'tries', 'kills', 'state'])
        .where('state', 'in', ['sending', 'committing'])
        .where('lease_until', '<', now)
        .execute();
      for (const { id, holder, tries, kills, state } of dead) {
        const deadly = kills + 1 >= MOST_KILLS;
        const parked = { state: 'parked', why: state === 'committing' ? 'crash' : 'deadly' } as const;
        const again = { state: 'queued', due: now, holder: null } as const;
        await db
          .updateTable('outbox')
          .set({ changed: now, lease_until: null, kills: kills + 1 })
          .set(state === 'committing' || deadly ? parked : again)
          .where('id', '=', id)
          .where('state', '=', state)
          .where('holder', '=', holder)
          .where('tries', '=', tries)
          .where('lease_until', '<', now)
          .execute();
      }
    },
  };

  function changesOf(outcome: Outcome) {
    switch (outcome.state) {
      case 'sent':
        return { ...EMPTY, state: 'sent', why: null, reply: null } as const;
      case 'refused':
        return { ...EMPTY, state: 'refused', why: outcome.why, reply: outcome.reply } as const;
      case 'parked':
        return { state: 'parked', why: outcome.why, lease_until: null } as const;
      case 'queued':
        return {
          state: 'queued',
          due: later(outcome.inMs),
          holder: null,
          lease_until: null,
          why: outcome.why,
          reply: outcome.reply,
        } as const;
    }
  }
}
