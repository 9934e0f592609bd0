import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { NewBatch } from '../../src/store/batch.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { Come, Lease } from '../../src/store/lease.ts';
import { openStore, type Store, type StorePlace } from '../../src/store/store.ts';
import { onBothStores } from './both.ts';

const CANARY = 'Zoë Canary 7f3a9c';
const HOUR = 3_600_000;

const practice = {
  name: 'Harbour Street',
  contact: [],
  crisisLine: '',
  country: 'NZ',
  countryIsGuess: false,
  paper: 'a4',
  colour: '',
  clinician: '',
  credentials: '',
  logo: Buffer.from([1, 2]),
} as const;

const batchOf = (rows: number, other: Partial<NewBatch> = {}): NewBatch => ({
  kind: 'zip',
  settings: { neutral: true },
  practice,
  keepMs: 24 * HOUR,
  file: Buffer.from('name\nZoë\n'),
  recipients: Array.from({ length: rows }, (_, position) => ({
    row: position + 2,
    id: `id-${position}`,
    request: { client: `${CANARY} ${position}` },
  })),
  refused: [],
  parts: [{ first: 0, last: rows - 1 }],
  ...other,
});

const done = (position: number): Come => ({
  position,
  id: `id-${position}`,
  state: 'done',
  pages: 2,
  sheets: 1,
  firstPage: 1,
  sha256: 'abc',
});
const chunk = (number: number) => ({ number, bytes: Buffer.from(`PDF of ${CANARY} ${number}`) });
const file = (position: number) => ({ position, stretches: [{ bytes: chunk(position).bytes, common: false }] });

async function collect<T>(from: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of from) all.push(one);
  return all;
}

onBothStores((newPlace, kind) => {
  let place: StorePlace;
  let store: Store;
  beforeEach(async () => {
    place = await newPlace();
    store = await openStore(place);
  });
  afterEach(() => store.close());

  const claim = async (holder = 'w1') => (await store.work.claim(holder)) as Lease;
  /** Turns the clock on, as far as the tables know. */
  async function change(statement: string): Promise<void> {
    const { db } = await openDatabase(place);
    await sql.raw(statement).execute(db);
    await db.destroy();
  }

  describe('a batch', () => {
    it('is given to one worker, made, and handed out whole', async () => {
      const id = await store.batches.add(batchOf(3));
      expect(await store.work.waiting()).toBe(1);
      const lease = await claim();
      expect(lease).toMatchObject({ batch: id, first: 0, last: 2, places: 3, kind: 'zip', practice, deaths: 0 });
      expect([await store.work.waiting(), await store.work.claim('w2')]).toEqual([0, null]);
      const asked = await store.work.asked(lease, lease);
      expect(asked.map(({ row, id: own, request }) => [row, own, request])).toEqual([
        [2, 'id-0', { client: `${CANARY} 0` }],
        [3, 'id-1', { client: `${CANARY} 1` }],
        [4, 'id-2', { client: `${CANARY} 2` }],
      ]);
      await store.work.saveFiles(lease, [done(0), done(1)], [file(0), file(1)]);
      expect(await store.batches.find(id)).toMatchObject({ state: 'running', rows: 3, done: 2, refused: 0 });
      await expect(collect(store.batches.files(id))).rejects.toThrow('no longer ours');
      const problems = [{ code: 'character-unprintable', message: `No letters for ${CANARY}.` }] as const;
      await store.work.save(lease, [{ position: 2, id: 'id-2', state: 'refused', problems }], []);
      await store.work.finish(lease, null);
      expect(await store.batches.list()).toMatchObject([{ id, state: 'ready', done: 2, refused: 1 }]);
      const files = await collect(store.batches.files(id));
      expect(files.map(({ row, pdf }) => [row, pdf.toString()])).toEqual([
        [2, `PDF of ${CANARY} 0`],
        [3, `PDF of ${CANARY} 1`],
      ]);
      const outcomes = await store.batches.outcomes(id);
      expect(outcomes.map(({ row, state }) => [row, state])).toEqual([
        [2, 'done'],
        [3, 'done'],
        [4, 'refused'],
      ]);
      expect(outcomes[2]!.problems).toEqual(problems);
    });

    it('counts rows that were refused before, and makes them no more', async () => {
      const problems = [{ code: 'field-invalid', message: 'There is no such article.' }] as const;
      const id = await store.batches.add(batchOf(1, { refused: [{ row: 9, problems }] }));
      const lease = await claim();
      expect(lease).toMatchObject({ first: 0, last: 0, places: 1 });
      expect(await store.batches.find(id)).toMatchObject({ rows: 2, done: 0, refused: 1 });
      await store.work.save(lease, [done(0)], [chunk(0)]);
      await store.work.finish(lease, null);
      expect(await store.batches.find(id)).toMatchObject({ state: 'ready', rows: 2, done: 1, refused: 1 });
      const outcomes = await store.batches.outcomes(id);
      expect(outcomes.map(({ row, state, problems: why }) => [row, state, why])).toEqual([
        [2, 'done', []],
        [9, 'refused', problems],
      ]);
    });

    it('is not ready while a row is neither done nor refused', async () => {
      const id = await store.batches.add(batchOf(3));
      const lease = await claim();
      await store.work.save(lease, [done(0)], []);
      await expect(store.work.finish(lease, null)).rejects.toThrow('Of 3 rows 1 were done or refused.');
      expect(await store.batches.find(id)).toMatchObject({ state: 'running' });
    });

    it('takes no result for another row’s id, and none twice', async () => {
      const id = await store.batches.add(batchOf(3));
      const lease = await claim();
      await expect(store.work.save(lease, [{ ...done(0), id: 'id-1' }], [chunk(0)])).rejects.toThrow(/foreign key/iu);
      await store.work.save(lease, [done(0)], [chunk(0)]);
      await expect(store.work.save(lease, [done(0)], [])).rejects.toThrow(/unique/iu);
      expect(await store.batches.find(id)).toMatchObject({ done: 1, parts: [{ bytes: chunk(0).bytes.length }] });
    });

    it('can be stopped: what was made is gone, and every row is refused', async () => {
      const id = await store.batches.add(batchOf(2));
      const lease = await claim();
      await store.work.save(lease, [done(0)], [chunk(0)]);
      await store.batches.stop(id);
      await expect(store.work.save(lease, [done(1)], [chunk(1)])).rejects.toThrow('no longer ours');
      expect(await store.batches.find(id)).toMatchObject({ state: 'stopped', rows: 2, done: 0, refused: 2 });
      const outcomes = await store.batches.outcomes(id);
      expect(outcomes.map(({ state, problems }) => [state, problems[0]?.code])).toEqual([
        ['refused', 'batch-stopped'],
        ['refused', 'batch-stopped'],
      ]);
      expect(await store.work.waiting()).toBe(0);
    });

    it('fails for a bug with the reason, and keeps nothing half made', async () => {
      const id = await store.batches.add(batchOf(2));
      await store.batches.fail(id, 'A row got mixed up.');
      expect(await store.batches.find(id)).toMatchObject({ state: 'failed', reason: 'A row got mixed up.' });
    });

    it('of the same file is known again by its bytes, also once it is deleted', async () => {
      const before = Date.now() - HOUR;
      const file = Buffer.from('name\nAnn\n');
      expect(await store.batches.sameFile(file, before)).toBeNull();
      const id = await store.batches.add(batchOf(1, { file }));
      const { made } = (await store.batches.find(id))!;
      expect(await store.batches.sameFile(file, before)).toBe(made);
      await store.purge.remove(id);
      expect(await store.batches.sameFile(file, before)).toBe(made);
      expect(await store.batches.sameFile(file, made + 1)).toBeNull();
      expect(await store.batches.sameFile(Buffer.from('name\nBob\n'), before)).toBeNull();
    });

    it('made elsewhere is known by its bytes alone', async () => {
      const file = Buffer.from('name\nCy\n');
      await store.batches.remember(file, 'print');
      expect(await store.batches.sameFile(file, Date.now() - HOUR)).not.toBeNull();
      expect(await store.batches.list()).toEqual([]);
      expect(await store.purge.due()).toEqual([]);
    });

    it('prints a range once more without counting it twice', async () => {
      const id = await store.batches.add(batchOf(3, { kind: 'print' }));
      const lease = await claim();
      await store.work.save(lease, [done(0), done(1), done(2)], [chunk(0)]);
      await store.work.finish(lease, 'abc');
      const part = await store.batches.again(id, { first: 1, last: 2 });
      const second = await claim();
      expect(second).toMatchObject({ part, first: 1, last: 2, again: true });
      expect((await store.work.asked(second, second)).map(({ position }) => position)).toEqual([1, 2]);
      await expect(collect(store.batches.file(id, part))).rejects.toThrow('no longer ours');
      await store.work.save(second, [done(1), done(2)], [chunk(0), chunk(1)]);
      await store.work.finish(second, 'def');
      expect((await collect(store.batches.file(id, part))).map(String)).toEqual([
        `PDF of ${CANARY} 0`,
        `PDF of ${CANARY} 1`,
      ]);
      const parts = [
        { number: 1, again: false, ready: true },
        { number: 2, again: true, ready: true, made: 2 },
      ];
      expect(await store.batches.find(id)).toMatchObject({ state: 'ready', done: 3, parts });
    });

    it('of several parts is ready with the last of them, though two finish at once', async () => {
      const halves = Array.from({ length: 10 }, (_, first) => ({ first, last: first }));
      const id = await store.batches.add(batchOf(10, { parts: halves }));
      const leases: Lease[] = [];
      for (const { first } of halves) leases.push(await claim(`w${first}`));
      await Promise.all(
        leases.map(async (lease) => {
          await store.work.save(lease, [done(lease.first)], []);
          await store.work.finish(lease, null);
        }),
      );
      expect(await store.batches.find(id)).toMatchObject({ state: 'ready', done: 10 });
    });
  });

  describe('a lease', () => {
    const late = () => change('UPDATE parts SET lease_until = 1');

    it('is taken over when its worker gives no sign of life, who then can write nothing', async () => {
      await store.batches.add(batchOf(2));
      const lost = await claim('w1');
      await store.work.save(lost, [done(0)], [chunk(0)]);
      await late();
      const lease = await claim('w2');
      expect(lease).toMatchObject({ part: lost.part, deaths: 1 });
      expect((await store.work.asked(lease, lease)).map(({ position }) => position)).toEqual([1]);
      await expect(store.work.save(lost, [done(1)], [chunk(1)])).rejects.toThrow('no longer ours');
      await expect(store.work.mark(lost, lost)).rejects.toThrow('no longer ours');
      await expect(store.work.finish(lost, null)).rejects.toThrow('no longer ours');
    });

    it('is prolonged by a step and by a sign of life', async () => {
      await store.batches.add(batchOf(2));
      const lease = await claim('w1');
      for (const sign of [() => store.work.mark(lease, lease), () => store.work.alive(['w1'])]) {
        await late();
        await sign();
        expect(await store.work.claim('w2')).toBeNull();
      }
    });

    it('whose worker lives and comes no step further is told of', async () => {
      await store.batches.add(batchOf(2));
      await claim('w1');
      expect(await store.work.stuck(['w1'])).toEqual([]);
      await change('UPDATE parts SET stepped = 1');
      await store.work.alive(['w1']);
      expect(await store.work.stuck(['w1', 'w2'])).toEqual(['w1']);
    });

    it('of a print file begins anew, for it is one stream', async () => {
      const id = await store.batches.add(batchOf(2, { kind: 'print' }));
      await store.work.save(await claim('w1'), [done(0)], [chunk(0)]);
      await store.work.died('w1');
      const lease = await claim('w2');
      await store.work.beginAnew(lease);
      expect((await store.work.asked(lease, lease)).map(({ position }) => position)).toEqual([0, 1]);
      expect(await store.batches.find(id)).toMatchObject({ done: 0, parts: [{ bytes: 0 }] });
    });

    it('counts deaths for a row only where it was made alone', async () => {
      await store.batches.add(batchOf(3));
      const kills = async (lease: Lease) => (await store.work.asked(lease, lease)).map((row) => row.kills);
      const first = await claim('w1');
      await store.work.mark(first, { first: 0, last: 2 });
      await store.work.died('w1');
      const second = await claim('w2');
      expect(await kills(second)).toEqual([0, 0, 0]);
      await store.work.mark(second, { first: 1, last: 1 });
      await store.work.died('w2');
      const third = await claim('w3');
      expect(third.deaths).toBe(2);
      expect(await kills(third)).toEqual([0, 1, 0]);
    });

    it('that is given back waits for the next worker and counts as no death', async () => {
      await store.batches.add(batchOf(1));
      await claim('w1');
      await store.work.giveBack('w1');
      expect(await claim('w2')).toMatchObject({ deaths: 0 });
    });
  });

  describe('what is over', () => {
    it('is due after its time, also when it never began', async () => {
      const id = await store.batches.add(batchOf(1, { keepMs: HOUR }));
      expect(await store.purge.due()).toEqual([]);
      await change('UPDATE batches SET expires = 1');
      expect(await store.purge.due()).toEqual([id]);
      await store.purge.remove(id);
      expect(await store.purge.due()).toEqual([]);
      expect([await store.batches.list(), await store.batches.find(id)]).toEqual([[], null]);
      const other = await store.batches.add(batchOf(1));
      await change(`UPDATE batches SET state = 'new', made = 1 WHERE id = '${other}'`);
      expect(await store.purge.due()).toEqual([other]);
    });

    it('is refused with a sentence when the key is another one', async () => {
      const id = await store.batches.add(batchOf(1));
      const stranger = await openStore({ ...place, key: { key: 'ab'.repeat(32), file: '' } });
      await expect(stranger.batches.outcomes(id)).rejects.toThrow(/sealed with another key/u);
      await stranger.close();
    });

    it('leaves no byte of its rows and files behind', async () => {
      const id = await store.batches.add(batchOf(300));
      const lease = await claim();
      await store.work.save(lease, [done(0)], [{ number: 0, bytes: Buffer.from(CANARY.repeat(20_000)) }]);
      await store.work.finish(lease, null).catch(() => undefined);
      const { db } = await openDatabase(place);
      const requests = await db.selectFrom('recipients').select('request').execute();
      const [sealedFile] = await db.selectFrom('chunks').select('sealed').execute();
      const wrapped = await db.selectFrom('batches').select('key').executeTakeFirstOrThrow();
      await db.destroy();
      const found = () => (kind === 'sqlite' ? rawFiles(place.folder) : Buffer.alloc(0));
      const traces = [wrapped.key!, sealedFile!.sealed.subarray(0, 100), ...requests.map(({ request }) => request)];
      if (kind === 'sqlite') expect(traces.filter((trace) => found().includes(trace))).toHaveLength(302);
      expect(found().includes('Canary')).toBe(false);
      await store.purge.remove(id);
      const left = found();
      expect(traces.filter((trace) => left.includes(trace))).toEqual([]);
      const again = await openDatabase(place);
      for (const table of ['recipients', 'outcomes', 'parts', 'chunks'] as const)
        expect(await again.db.selectFrom(table).selectAll().execute()).toEqual([]);
      const [rest] = await again.db.selectFrom('batches').selectAll().execute();
      expect(rest).toMatchObject({ state: 'deleted', key: null, letterhead: null, settings: '{}' });
      await again.db.destroy();
    });
  });
});

function rawFiles(folder: string): Buffer {
  return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
}
