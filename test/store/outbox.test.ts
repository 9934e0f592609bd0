// The outbox and those who send from it, the same on both stores: who may do what in which state, and what is left.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { openDatabase } from '../../src/store/database.ts';
import type { Errand, NewMail } from '../../src/store/mail.ts';
import { openStore, type Store, type StorePlace } from '../../src/store/store.ts';
import { onBothStores } from './both.ts';

const CANARY = 'zoe.canary.7f3a9c@example.org';
const MANY = 1_000_000;

const mails = (count: number): NewMail[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `id-${index}`,
    row: index + 2,
    same: `${CANARY} ${index}`,
    request: { email: CANARY, index },
  }));

onBothStores((newPlace, kind) => {
  let place: StorePlace;
  let store: Store;
  beforeEach(async () => {
    place = await newPlace();
    store = await openStore(place);
  });
  afterEach(() => store.close());

  const claim = async (holder = 'w1', perMinute = MANY) => {
    await store.post.recover();
    return store.post.claim(holder, perMinute);
  };
  const taken = async (holder = 'w1') => (await claim(holder)) as Errand;
  const states = async () => (await store.outbox.list()).map(({ state }) => state);
  /** Turns the clock on, as far as the tables know. */
  async function change(statement: string): Promise<unknown[]> {
    const { db } = await openDatabase(place);
    const { rows } = await sql.raw(statement).execute(db);
    await db.destroy();
    return rows;
  }
  const late = () => change('UPDATE outbox SET lease_until = 1 WHERE lease_until IS NOT NULL');

  describe('mailings', () => {
    it('are counted each for itself, and what is left of one is deleted without the other', async () => {
      const form = { id: 'form', row: 0, same: CANARY, request: { email: CANARY } };
      const one = (await store.outbox.add(mails(3), 60_000))!;
      await change('UPDATE outbox SET made = made - 1000');
      const other = await store.outbox.add([form], 60_000);
      await store.outbox.cancel('id-1');
      const counted = (await store.outbox.mailings()).map(({ mailing, fromForm, counts: { held, cancelled } }) => {
        return { mailing, fromForm, held, cancelled };
      });
      expect(counted).toEqual([
        { mailing: other, fromForm: true, held: 1, cancelled: 0 },
        { mailing: one, fromForm: false, held: 2, cancelled: 1 },
      ]);
      expect(await store.outbox.deleteNow(one)).toBe(2);
      expect((await store.outbox.counts()).held).toBe(1);
      expect(await store.outbox.deleteNow()).toBe(1);
      expect(await change('SELECT id FROM outbox WHERE request IS NOT NULL OR key IS NOT NULL')).toEqual([]);
    });
  });

  describe('a mail', () => {
    it('is held, taken by one, committed, sent, and then only its numbers are left', async () => {
      const mailing = (await store.outbox.add(mails(1), 60_000))!;
      expect(await claim()).toBeNull();
      expect(await states()).toEqual(['held']);
      await change('UPDATE outbox SET due = 1');
      const errand = await taken();
      expect(errand).toMatchObject({ id: 'id-0', row: 2, mailing, tries: 1, request: { email: CANARY, index: 0 } });
      expect(await claim('w2')).toBeNull();
      await store.post.commit(errand);
      expect(await states()).toEqual(['committing']);
      expect(await store.post.settle(errand, { state: 'sent' })).toBe(true);
      expect(await store.outbox.list(mailing)).toMatchObject([{ row: 2, state: 'sent', why: null, reply: null }]);
      const left = await change('SELECT key, request, holder FROM outbox');
      expect(left).toEqual([{ key: null, request: null, holder: null }]);
      expect(await store.outbox.counts()).toMatchObject({ sent: 1, held: 0, parked: 0 });
    });

    it('goes out in the order of the spreadsheet', async () => {
      await store.outbox.add(mails(3), 0);
      expect([(await taken()).row, (await taken('w2')).row, (await taken()).row]).toEqual([2, 3, 4]);
      expect(await claim()).toBeNull();
    });

    it('is kept with all the others or not at all', async () => {
      const twice = [...mails(2), { ...mails(1)[0]!, id: 'id-9' }];
      await expect(store.outbox.add(twice, 0)).rejects.toThrow(/unique/iu);
      expect(await states()).toEqual([]);
    });

    it('that is over can keep nothing, whoever writes', async () => {
      await store.outbox.add(mails(1), 0);
      await expect(change("UPDATE outbox SET state = 'sent'")).rejects.toThrow(/check/iu);
      await expect(change('UPDATE outbox SET key = NULL')).rejects.toThrow(/check/iu);
      await expect(change("UPDATE outbox SET state = 'lost'")).rejects.toThrow(/check/iu);
    });

    it('comes back later after a no for now, and keeps the server’s numbers', async () => {
      await store.outbox.add(mails(1), 0);
      const errand = await taken();
      const later = { state: 'queued', inMs: 60_000, why: 'server', reply: '451 4.7.1' } as const;
      expect(await store.post.settle(errand, later)).toBe(true);
      expect(await claim()).toBeNull();
      expect(await store.outbox.find('id-0')).toMatchObject({ state: 'queued', tries: 1, ...{ why: 'server' } });
      expect(await store.outbox.retry('id-0')).toBe(true);
      expect(await taken()).toMatchObject({ tries: 2 });
    });
  });

  describe('a person', () => {
    it('that may have been sent and is left at that is still known as sent', async () => {
      await store.outbox.add(mails(2), 0);
      for (const end of ['crash', 'deadly'] as const) {
        const errand = await taken();
        if (end === 'crash') await store.post.commit(errand);
        await store.post.settle(errand, { state: 'parked', why: end });
      }
      expect(await states()).toEqual(['parked', 'parked']);
      await store.outbox.cancel('id-0');
      await store.outbox.deleteNow();
      expect((await store.outbox.list()).map(({ state, why }) => [state, why])).toEqual([
        ['cancelled', 'left'],
        ['cancelled', null],
      ]);
      expect(await store.outbox.sameSince(`${CANARY} 0`, 0)).not.toBeNull();
      expect(await store.outbox.sameSince(`${CANARY} 1`, 0)).toBeNull();
      const among = await store.outbox.sameAmong([`${CANARY} 1`, `${CANARY} 0`, `${CANARY} 7`], 0);
      expect([...among]).toEqual([`${CANARY} 0`]);
    });

    it('puts the same in once when two ask for it at one moment, and all or nothing of a mailing', async () => {
      const sames = mails(2).map(({ same }) => same);
      const other = mails(3).map((mail) => ({ ...mail, id: `other-${mail.row}` }));
      const both = await Promise.all([
        store.outbox.add(mails(2), 60_000, { sames, since: 0 }),
        store.outbox.add(other, 60_000, { sames, since: 0 }),
      ]);
      expect(both.filter((mailing) => mailing === null)).toHaveLength(1);
      const [mailing] = both.filter((one) => one !== null);
      expect(await store.outbox.list()).toEqual(await store.outbox.list(mailing));
    });

    it('can cancel to the last moment, and not after it', async () => {
      await store.outbox.add(mails(2), 60_000);
      expect(await store.outbox.cancel('id-0')).toBe(true);
      await change("UPDATE outbox SET due = 1 WHERE state = 'held'");
      const errand = await taken();
      expect(await store.outbox.cancel(errand.id)).toBe(false);
      expect(await store.outbox.cancel('no-such')).toBe(false);
      expect(await states()).toEqual(['cancelled', 'sending']);
      expect(await claim()).toBeNull();
    });

    it('decides about what may have been sent', async () => {
      await store.outbox.add(mails(2), 0);
      for (const errand of [await taken(), await taken()]) {
        await store.post.commit(errand);
        await store.post.settle(errand, { state: 'parked', why: 'lost' });
      }
      expect(await claim()).toBeNull();
      expect([await store.outbox.release('id-0'), await store.outbox.cancel('id-1')]).toEqual([true, true]);
      expect(await taken()).toMatchObject({ id: 'id-0', tries: 2, request: { index: 0 } });
      expect(await store.outbox.release('id-1')).toBe(false);
    });

    it('is told that the same went to the same address', async () => {
      const { same } = mails(1)[0]!;
      expect(await store.outbox.sameSince(same, 0)).toBeNull();
      await store.outbox.add(mails(1), 0);
      const { made } = (await store.outbox.find('id-0'))!;
      expect([await store.outbox.sameSince(same, made), await store.outbox.sameSince(same, made + 1)]).toEqual([
        made,
        null,
      ]);
      expect(await store.outbox.sameSince(`${same}0`, 0)).toBeNull();
      await store.outbox.cancel('id-0');
      expect(await store.outbox.sameSince(same, 0)).toBeNull();
    });
  });

  describe('a worker', () => {
    it('that has died while it sent loses the mail, and can neither commit nor settle it any more', async () => {
      await store.outbox.add(mails(1), 0);
      const lost = await taken('w1');
      await late();
      const mine = await taken('w2');
      expect(mine).toMatchObject({ id: lost.id, tries: 2 });
      await expect(store.post.commit(lost)).rejects.toThrow('no longer ours');
      expect(await store.post.settle(lost, { state: 'sent' })).toBe(false);
      await store.post.commit(mine);
      expect(await store.post.settle(mine, { state: 'sent' })).toBe(true);
    });

    it('commits a mail once', async () => {
      await store.outbox.add(mails(1), 0);
      const errand = await taken();
      await store.post.commit(errand);
      await expect(store.post.commit(errand)).rejects.toThrow('no longer ours');
    });

    it('that takes the same mail up again is not the one it was before', async () => {
      await store.outbox.add(mails(1), 0);
      const before = await taken('w1');
      await store.post.giveBack(before);
      await taken('w1');
      await expect(store.post.commit(before)).rejects.toThrow('no longer ours');
    });

    it('that has died after it committed leaves the mail parked, and may still say that it was sent', async () => {
      await store.outbox.add(mails(1), 0);
      const errand = await taken();
      await store.post.commit(errand);
      await late();
      expect(await claim('w2')).toBeNull();
      expect(await store.outbox.list()).toMatchObject([{ state: 'parked', why: 'crash' }]);
      expect(await store.post.settle(errand, { state: 'queued', inMs: 0, why: 'server', reply: null })).toBe(false);
      expect(await store.post.settle(errand, { state: 'sent' })).toBe(true);
    });

    it('dies no third time of the same mail', async () => {
      await store.outbox.add(mails(1), 0);
      await taken('w1');
      await late();
      await taken('w2');
      await late();
      expect(await claim('w3')).toBeNull();
      expect(await store.outbox.list()).toMatchObject([{ state: 'parked', why: 'deadly' }]);
      await store.outbox.release('id-0');
      expect(await taken('w3')).toMatchObject({ tries: 3 });
    });

    it('keeps its mail as long as it lives and works on it', async () => {
      await store.outbox.add(mails(2), 0);
      await taken('w1');
      await store.post.commit(await taken('w1'));
      await late();
      await store.post.alive('w1', ['id-0']);
      expect(await claim('w2')).toBeNull();
      expect(await states()).toEqual(['sending', 'parked']);
      await late();
      await store.post.alive('w1', []);
      expect(await taken('w2')).toMatchObject({ id: 'id-0' });
    });

    it('sends no more a minute than all of them may', async () => {
      await store.outbox.add(mails(5), 0);
      expect([await claim('w1', 2), await claim('w2', 2), await claim('w1', 2)].map((one) => one?.row)).toEqual([
        2,
        3,
        undefined,
      ]);
      await change('UPDATE last_minute SET at = at - 60001');
      expect(await claim('w2', 2)).toMatchObject({ row: 4 });
      expect(await change('SELECT at FROM last_minute')).toHaveLength(1);
    });

    it('sends no more a minute though one mail is tried again and again by hand', async () => {
      await store.outbox.add(mails(1), 0);
      for (let tries = 0; tries < 2; tries++) {
        const errand = (await claim('w1', 2))!;
        await store.post.settle(errand, { state: 'queued', inMs: 60_000, why: 'server', reply: null });
        await store.outbox.retry('id-0');
      }
      expect(await claim('w1', 2)).toBeNull();
    });

    it('gets each mail once, though ten ask at once', async () => {
      await store.outbox.add(mails(20), 0);
      await store.post.recover();
      const got = await Promise.all(Array.from({ length: 30 }, (_, at) => store.post.claim(`w${at}`, MANY)));
      const ids = got.flatMap((errand) => (errand === null ? [] : [errand.id]));
      expect([ids.length, new Set(ids).size]).toEqual([20, 20]);
    });

    it('stops with all the others when the outbox is paused', async () => {
      await store.outbox.add(mails(1), 0);
      await store.post.pause('password');
      expect([await claim(), await store.outbox.paused()]).toEqual([null, 'password']);
      await store.outbox.resume();
      expect(await taken()).toMatchObject({ row: 2 });
    });

    it('passes over what was sealed with another key', async () => {
      await store.outbox.add(mails(2), 0);
      await change("UPDATE outbox SET key = (SELECT key FROM outbox WHERE id = 'id-1') WHERE id = 'id-0'");
      expect(await taken()).toMatchObject({ id: 'id-1' });
      expect(await claim()).toBeNull();
    });

    it('leaves what is damaged or of another row to a person, unsent, and passes on', async () => {
      await store.outbox.add(mails(3), 0);
      await change("UPDATE outbox SET request = (SELECT request FROM outbox WHERE id = 'id-2') WHERE id = 'id-0'");
      expect(await taken()).toMatchObject({ id: 'id-1' });
      expect(await store.outbox.find('id-0')).toMatchObject({ state: 'parked', why: 'broken', tries: 0 });
      await store.outbox.release('id-0');
      expect(await taken()).toMatchObject({ id: 'id-2' });
      await store.outbox.cancel('id-0');
      expect(await store.outbox.find('id-0')).toMatchObject({ state: 'cancelled', why: null });
    });
  });

  describe('what is left', () => {
    it('after a week of waiting or parking is nothing to send', async () => {
      await store.outbox.add(mails(2), 60_000);
      await change("UPDATE outbox SET expires = 1 WHERE id = 'id-0'");
      await store.outbox.expire();
      expect(await store.outbox.list()).toMatchObject([{ state: 'cancelled', why: 'expired' }, { state: 'held' }]);
      await change('UPDATE outbox SET changed = 1');
      await store.outbox.expire();
      expect(await store.outbox.list()).toMatchObject([{ state: 'held' }]);
    });

    if (kind === 'sqlite')
      it('of an address is nothing that could be read in the files, at any time', async () => {
        const files = () =>
          readdirSync(place.folder).map((name) => readFileSync(join(place.folder, name)).toString('latin1'));
        const sealed = async () => {
          const [row] = (await change("SELECT hex(request) AS request FROM outbox WHERE id = 'id-0'")) as {
            request: string;
          }[];
          return Buffer.from(row!.request, 'hex').toString('latin1');
        };
        await store.outbox.add(mails(1), 0);
        const before = await sealed();
        expect(files().some((text) => text.includes(before))).toBe(true);
        for (const text of files()) expect(text).not.toContain('canary');
        const errand = await taken();
        await store.post.commit(errand);
        await store.post.settle(errand, { state: 'sent' });
        await store.outbox.sweep();
        for (const text of files()) expect(text.includes(before)).toBe(false);
      });
  });
});
