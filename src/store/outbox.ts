// The outbox as a door sees it: mails in, how they stand out; a person's decisions about them.
import { randomUUID } from 'node:crypto';
import { type SqlBool, sql } from 'kysely';
import { inPieces, type Kept, PLACES, toJson } from './kept.ts';
import type { Counts, Mail, Mailing, NewMail, Why } from './mail.ts';
import { markOf, newSeal } from './seal.ts';
import { sweep } from './sweep.ts';
import type { MailState, OutboxRow } from './tables.ts';

/** What must not have gone since a time. */
export interface Once {
  sames: readonly string[];
  since: number;
}

export interface OutboxStore {
  /**
   * Keeps all of them, sealed, or none; the id of the mailing. Until `holdMs` have passed none can be taken up. Null where
   * one of `sames` went, or is still to go, since then: whoever asks at the same moment waits for the answer.
   */
  add(mails: readonly NewMail[], holdMs: number, unless?: Once): Promise<string | null>;
  /** The newest mailing first, its rows in order; or one mailing only. */
  list(mailing?: string): Promise<Mail[]>;
  find(id: string): Promise<Mail | null>;
  /** The newest first. */
  mailings(): Promise<Mailing[]>;
  counts(mailing?: string): Promise<Counts>;
  /** When the same last went, or is still to go, to the same address since then. */
  sameSince(same: string, since: number): Promise<number | null>;
  /** Of many at once those for which that is so. */
  sameAmong(sames: readonly string[], since: number): Promise<ReadonlySet<string>>;
  /** What waits or is parked will not be sent. False where it is too late. */
  cancel(id: string): Promise<boolean>;
  /** All that waits or is parked will not be sent, and nothing is left of it; of one mailing, or of all. How many. */
  deleteNow(mailing?: string): Promise<number>;
  /** What is parked is sent, perhaps for the second time. */
  release(id: string): Promise<boolean>;
  /** What waits is tried at once. */
  retry(id: string): Promise<boolean>;
  /** Why nothing is sent; null when it goes on. */
  paused(): Promise<string | null>;
  /** Nothing is changed where it is paused for `unless`. */
  resume(unless?: string): Promise<void>;
  /** Cancels what has been kept as long as it may be, and forgets what was over long ago. */
  expire(): Promise<void>;
  /** Wipes what is over from what the database leaves behind. */
  sweep(): Promise<void>;
}

const DAY_MS = 86_400_000;
export const KEEP_MS = 7 * DAY_MS;
/** That something was sent, and when. */
const REMEMBER_MS = 30 * DAY_MS;

const STATES = ['held', 'queued', 'sending', 'committing', 'sent', 'refused', 'parked', 'cancelled'] as const;
const WAITING: readonly MailState[] = ['held', 'queued'];
/** With nothing left to send and no key to open it. */
export const EMPTY = { key: null, request: null, holder: null, lease_until: null } as const;

/** What may have been sent stays known as that. */
const cancelled = (why: Why | null) => ({
  ...EMPTY,
  state: 'cancelled' as const,
  why: sql<
    string | null
  >`CASE WHEN state = 'parked' AND why NOT IN ('deadly', 'broken') THEN 'left' ELSE ${sql.val(why)} END`,
  reply: null,
});

const COLUMNS = ['id', 'mailing', 'row', 'state', 'made', 'due', 'changed', 'tries', 'why', 'reply'] as const;

export function outboxStore(open: Kept): OutboxStore {
  const { db, now, key } = open;

  async function change(id: string, from: readonly MailState[], set: object): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('outbox')
      .set({ changed: now, ...set })
      .where('id', '=', id)
      .where('state', 'in', from)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** What went, may have gone, or is still to go. */
  const sent = (since: number, from: Pick<typeof db, 'selectFrom'> = db) =>
    from
      .selectFrom('outbox')
      .where('made', '>=', since)
      .where((is) => is.or([is('state', 'not in', ['refused', 'cancelled']), is('why', '=', 'left')]));

  async function among(sames: readonly string[], since: number, from: Pick<typeof db, 'selectFrom'> = db) {
    const marks = new Map(sames.map((same) => [markOf(key(), same), same]));
    const found = new Set<string>();
    for (const piece of inPieces([...marks.keys()])) {
      const rows = await sent(since, from).select('mark').where('mark', 'in', piece).execute();
      for (const { mark } of rows) found.add(marks.get(mark)!);
    }
    return found;
  }

  return {
    async add(mails, holdMs, unless) {
      const mailing = randomUUID();
      // One time for all of them: it keeps a mailing together.
      const { rows: clock } = await sql<{ at: number }>`SELECT ${now} AS at`.execute(db);
      const timed = timedAt(clock[0]!.at, holdMs);
      return db.transaction().execute(async (transaction) => {
        // Writes first: two that come at once get their turns here.
        await transaction
          .updateTable('post')
          .set((is) => ({ turn: is('turn', '+', 1) }))
          .execute();
        if (unless !== undefined && (await among(unless.sames, unless.since, transaction)).size > 0) return null;
        for (const piece of inPieces(mails, 50)) {
          const rows = piece.map((mail) => ({ ...closed(mail), ...timed, mailing }));
          await transaction.insertInto('outbox').values(rows).execute();
        }
        return mailing;
      });
    },

    async list(mailing) {
      let found = db.selectFrom('outbox').select(COLUMNS);
      if (mailing !== undefined) found = found.where('mailing', '=', mailing);
      const rows = await found.orderBy('made', 'desc').orderBy('mailing').orderBy('row').execute();
      return rows.map(mailOf);
    },

    async find(id) {
      const row = await db.selectFrom('outbox').select(COLUMNS).where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : mailOf(row);
    },

    async mailings() {
      const counted = await db
        .selectFrom('outbox')
        .select(({ fn }) => ['mailing', 'made', 'state', fn.countAll<number>().as('count'), fn.max('row').as('row')])
        .groupBy(['mailing', 'made', 'state'])
        .orderBy('made', 'desc')
        .orderBy('mailing')
        .execute();
      const found = new Map<string, typeof counted>();
      for (const one of counted) found.set(one.mailing, [...(found.get(one.mailing) ?? []), one]);
      return [...found].map(([mailing, states]) => {
        const fromForm = states.every(({ row }) => row === 0);
        return { mailing, made: states[0]!.made, fromForm, counts: countsOf(states) };
      });
    },

    async counts(mailing) {
      let found = db.selectFrom('outbox').select(({ fn }) => ['state', fn.countAll<number>().as('count')]);
      if (mailing !== undefined) found = found.where('mailing', '=', mailing);
      return countsOf(await found.groupBy('state').execute());
    },

    async sameSince(same, since) {
      const last = await sent(since)
        .select('made')
        .where('mark', '=', markOf(key(), same))
        .orderBy('made', 'desc')
        .executeTakeFirst();
      return last?.made ?? null;
    },

    sameAmong: (sames, since) => among(sames, since),

    cancel: (id) => change(id, [...WAITING, 'parked'], cancelled(null)),

    async deleteNow(mailing) {
      let all = db
        .updateTable('outbox')
        .set({ changed: now, ...cancelled(null) })
        .where('state', 'in', [...WAITING, 'parked']);
      if (mailing !== undefined) all = all.where('mailing', '=', mailing);
      const { numUpdatedRows } = await all.executeTakeFirst();
      await sweep(open, ['outbox']);
      return Number(numUpdatedRows);
    },

    release: (id) => change(id, ['parked'], { state: 'queued', due: now, holder: null, kills: 0, why: null }),
    retry: (id) => change(id, ['queued'], { due: now }),

    async paused() {
      const { paused } = await db.selectFrom('post').select('paused').executeTakeFirstOrThrow();
      return paused;
    },

    async resume(unless = '') {
      await db.updateTable('post').set({ paused: null }).where('paused', '<>', unless).execute();
    },

    async expire() {
      const { numUpdatedRows } = await db
        .updateTable('outbox')
        .set({ changed: now, ...cancelled('expired') })
        .where('state', 'in', [...WAITING, 'parked'])
        .where('expires', '<', now)
        .executeTakeFirst();
      await db
        .deleteFrom('outbox')
        .where('request', 'is', null)
        .where(sql<SqlBool>`changed < ${now} - ${sql.lit(REMEMBER_MS)}`)
        .execute();
      if (numUpdatedRows > 0n) await sweep(open, ['outbox']);
    },

    sweep: () => sweep(open, ['outbox']),
  };

  function closed({ id, row, same, request }: NewMail) {
    const { seal, wrapped } = newSeal(key(), id);
    return { id, row, mark: markOf(key(), same), key: wrapped, request: seal.close(PLACES.mail(row), toJson(request)) };
  }
}

function countsOf(states: readonly { state: MailState; count: number }[]): Counts {
  const none = Object.fromEntries(STATES.map((state) => [state, 0]));
  return { ...none, ...Object.fromEntries(states.map(({ state, count }) => [state, count])) } as Counts;
}

function timedAt(at: number, holdMs: number) {
  const nobody = { holder: null, lease_until: null, tried: null, tries: 0, kills: 0, why: null, reply: null };
  return { state: 'held', made: at, due: at + holdMs, expires: at + KEEP_MS, changed: at, ...nobody } as const;
}

const mailOf = (row: Pick<OutboxRow, (typeof COLUMNS)[number]>): Mail => ({ ...row, why: row.why as Why | null });
