import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import Database from 'libsql';
import type { Practice } from '../../src/merge/practice.ts';
import { type Open, openDatabase } from '../../src/store/database.ts';
import { migrate, STEPS, version } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/store.ts';
import { onBothStores, placeIn } from './both.ts';

const practice: Practice = {
  name: 'Harbour Street Practice',
  contact: ['12 Harbour Street', '555 0100'],
  crisisLine: 'Call our night line.',
  country: 'NZ',
  countryIsGuess: false,
  paper: 'a4',
  clinician: 'Dr Zoë Łukasiewicz',
  credentials: 'PhD',
  colour: '#7a1f3d',
  logo: Buffer.from([0, 1, 2, 255]),
};

onBothStores((newPlace, kind) => {
  describe('the letterhead', () => {
    it('begins empty, its country guessed from the locale', async () => {
      const store = await openStore(await newPlace(), 'de-AT');
      expect(await store.practices.isNew()).toBe(true);
      expect(await store.practices.read()).toMatchObject({
        name: '',
        country: 'AT',
        countryIsGuess: true,
        paper: 'a4',
      });
      await store.close();
    });

    it('is given back after a restart as it was saved, the logo as a Buffer', async () => {
      const place = await newPlace();
      const first = await openStore(place);
      await first.practices.save({ ...practice, logo: null });
      await first.practices.save(practice);
      await first.close();
      const second = await openStore(place);
      expect(await second.practices.isNew()).toBe(false);
      expect(await second.practices.read()).toEqual(practice);
      expect(Buffer.isBuffer((await second.practices.read()).logo)).toBe(true);
      await second.close();
    });
  });

  describe('saved choices', () => {
    const looks = { largePrint: false, inkSaving: false, binder: false, discreet: true, fillable: true };
    const preset = (name: string, article = 'sleep') => ({ name, choice: { article, language: 'en', ...looks } });

    it('come back as they were saved, the one used last first', async () => {
      const { presets, close } = await openStore(await newPlace());
      for (const name of ['First visit', 'Zoë’s group', 'After panic']) {
        await presets.save(preset(name));
        await setTimeout(5); // the clock counts in milliseconds
      }
      expect((await presets.list()).map(({ name }) => name)).toEqual(['After panic', 'Zoë’s group', 'First visit']);
      expect(await presets.use('First visit')).toEqual(preset('First visit'));
      expect((await presets.list())[0]).toEqual(preset('First visit'));
      await close();
    });

    it('are replaced under the same name, and gone when removed', async () => {
      const { presets, close } = await openStore(await newPlace());
      await presets.save(preset('Group'));
      await presets.save(preset('Group', 'panic'));
      expect(await presets.list()).toEqual([preset('Group', 'panic')]);
      await presets.remove('Group');
      expect(await presets.list()).toEqual([]);
      expect(await presets.use('Group')).toBeNull();
      await close();
    });
  });

  describe('the tables', () => {
    let open: Open;
    beforeEach(async () => {
      open = await openDatabase(await newPlace());
    });
    afterEach(() => open.db.destroy());

    it('take up new steps where they left off, and none of them twice', async () => {
      const steps = [...STEPS, () => ['CREATE TABLE later (id INTEGER)']];
      await migrate(open.db, kind, steps);
      await migrate(open.db, kind, steps);
      expect(await version(open.db, kind)).toBe(STEPS.length + 1);
      await sql`SELECT id FROM later`.execute(open.db);
    });

    it('stay as they were when a step fails half way', async () => {
      const twice = ['CREATE TABLE a (id INTEGER)', 'CREATE TABLE a (id INTEGER)'];
      await expect(migrate(open.db, kind, [...STEPS, () => twice])).rejects.toThrow(/exists/u);
      expect(await version(open.db, kind)).toBe(STEPS.length);
      await expect(sql`SELECT id FROM a`.execute(open.db)).rejects.toThrow(/no such table|does not exist/u);
    });

    it('of a newer Keepsake are refused', async () => {
      await migrate(open.db, kind, [...STEPS, () => []]);
      await expect(migrate(open.db, kind)).rejects.toThrow('newer Keepsake');
    });
  });

  it('can be open several times, from the first time on', async () => {
    const place = await newPlace();
    // SQLite waits for its turn with the whole thread, so that there one thread opens one after the other.
    const first = kind === 'sqlite' ? [await openStore(place)] : [];
    const stores = [...first, ...(await Promise.all([1, 2].map(() => openStore(place))))];
    for (const store of stores) expect(await store.practices.isNew()).toBe(true);
    for (const store of stores) await store.close();
  });
});

describe('the embedded store', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keepsake-store-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('makes its folder and lets only the owner read the file', async () => {
    const deep = join(folder, 'a', 'b');
    await (await openStore({ ...placeIn(folder), folder: deep })).close();
    expect(statSync(join(deep, 'keepsake.db')).mode & 0o077).toBe(0);
  });

  it('keeps a write-ahead log, waits for the disk, and overwrites what is deleted', async () => {
    const { db } = await openDatabase({ folder });
    const pragma = async (name: string) =>
      Object.values((await sql.raw<object>(`PRAGMA ${name}`).execute(db)).rows[0]!);
    expect(await pragma('journal_mode')).toEqual(['wal']);
    expect(await pragma('synchronous')).toEqual([2]);
    expect(await pragma('secure_delete')).toEqual([1]);
    await db.destroy();
  });

  it('takes over the file of version 0.1 with what was saved in it', async () => {
    const old = new Database(join(folder, 'keepsake.db'));
    old.exec('PRAGMA journal_mode = WAL');
    old.exec(`CREATE TABLE practice (
     id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL, contact TEXT NOT NULL, crisis_line TEXT NOT NULL,
     country TEXT NOT NULL, country_is_guess INTEGER NOT NULL, paper TEXT NOT NULL, clinician TEXT NOT NULL,
     credentials TEXT NOT NULL, logo BLOB
   ) STRICT`);
    old.exec('PRAGMA user_version = 1');
    old
      .prepare('INSERT INTO practice VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run('Old', '["555 0100"]', '', 'NZ', 0, 'a4', '', '', Buffer.from([7]));
    old.close();
    const { practices, close } = await openStore({ ...placeIn(folder), folder });
    const expected = { name: 'Old', contact: ['555 0100'], country: 'NZ', paper: 'a4', logo: Buffer.from([7]) };
    expect(await practices.read()).toMatchObject(expected);
    await close();
  });

  it('ends with an error where no folder can be made', async () => {
    const place = process.platform === 'linux' ? '/proc/keepsake' : join(process.execPath, 'keepsake');
    await expect(openStore({ ...placeIn(folder), folder: place })).rejects.toThrow(/ENOENT|ENOTDIR/u);
  });
});
