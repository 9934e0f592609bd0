import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import type { Practice } from '../../src/merge/practice.ts';
import { migrate, STEPS, version } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/practice.ts';

const practice: Practice = {
  name: 'Harbour Street Practice',
  contact: ['12 Harbour Street', '555 0100'],
  crisisLine: 'Call our night line.',
  country: 'NZ',
  countryIsGuess: false,
  paper: 'a4',
  clinician: 'Dr Zoë Łukasiewicz',
  credentials: 'PhD',
  logo: Buffer.from([0, 1, 2, 255]),
};

describe('the store', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keepsake-store-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('begins with an empty letterhead and a country guessed from the locale', () => {
    const store = openStore(folder, 'de-AT');
    expect(store.practices.isNew()).toBe(true);
    expect(store.practices.read()).toMatchObject({ name: '', country: 'AT', countryIsGuess: true, paper: 'a4' });
    store.close();
  });

  it('gives back after a restart what was saved, the logo as a Buffer', () => {
    const first = openStore(folder);
    first.practices.save({ ...practice, logo: null });
    first.practices.save(practice);
    first.close();
    const second = openStore(folder);
    expect(second.practices.isNew()).toBe(false);
    expect(second.practices.read()).toEqual(practice);
    expect(Buffer.isBuffer(second.practices.read().logo)).toBe(true);
    second.close();
  });

  it('makes its folder and lets only the owner read the file', () => {
    const deep = join(folder, 'a', 'b');
    openStore(deep).close();
    expect(statSync(join(deep, 'keepsake.db')).mode & 0o077).toBe(0);
  });

  it('keeps a write-ahead log', () => {
    openStore(folder).close();
    const database = new Database(join(folder, 'keepsake.db'));
    expect(database.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'wal' });
    database.close();
  });

  it('takes up new steps where it left off, and none of them twice', () => {
    const database = new Database(join(folder, 'old.db'));
    migrate(database);
    migrate(database, [...STEPS, 'CREATE TABLE later (id INTEGER)']);
    migrate(database, [...STEPS, 'CREATE TABLE later (id INTEGER)']);
    expect(version(database)).toBe(STEPS.length + 1);
    database.close();
  });

  it('leaves the tables as they were when a step fails half way', () => {
    const database = new Database(join(folder, 'old.db'));
    expect(() => migrate(database, ['CREATE TABLE a (id INTEGER); CREATE TABLE a (id INTEGER)'])).toThrow();
    expect(version(database)).toBe(0);
    expect(database.prepare("SELECT count(*) AS tables FROM sqlite_master WHERE type = 'table'").get()).toMatchObject({
      tables: 0,
    });
    database.close();
  });

  it('refuses a folder that a newer Keepsake has written', () => {
    const database = new Database(join(folder, 'keepsake.db'));
    database.exec('PRAGMA user_version = 999');
    database.close();
    expect(() => openStore(folder)).toThrow('newer Keepsake');
  });

  it('ends with an error where no folder can be made', () => {
    const place = process.platform === 'linux' ? '/proc/keepsake' : join(process.execPath, 'keepsake');
    expect(() => openStore(place)).toThrow(/ENOENT|ENOTDIR/u);
  });
});
