// The embedded database when another connection holds the lock for too long: what fails fails, what is written is written.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { withoutRemains } from '../../src/store/statements.ts';

let folder: string;
let [ours, theirs, onlooker]: InstanceType<typeof Database>[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-busy-'));
  [ours, theirs, onlooker] = Array.from({ length: 3 }, () => {
    const database = new Database(join(folder, 'keepsake.db'));
    database.exec('PRAGMA busy_timeout = 50');
    database.exec('PRAGMA journal_mode = WAL');
    return database;
  });
  ours!.exec('CREATE TABLE t (v INTEGER UNIQUE)');
  ours!.exec('INSERT INTO t VALUES (0)');
});
afterEach(() => {
  for (const database of [ours, theirs, onlooker]) database!.close();
  rmSync(folder, { recursive: true });
});

const seen = () => (onlooker!.prepare('SELECT v FROM t ORDER BY v').all([]) as { v: number }[]).map(({ v }) => v);
const whileTheyWrite = (act: () => unknown) => {
  theirs!.exec('BEGIN IMMEDIATE');
  expect(act).toThrow(/locked/u);
  theirs!.exec('COMMIT');
};

describe('a connection that was turned away', () => {
  it.each([
    ['an update', 'UPDATE t SET v = 1'],
    ['an update that tells', 'UPDATE t SET v = 1 RETURNING v'],
    ['the beginning of a transaction', 'begin'],
  ])('at %s writes for all to see from then on', (_what, text) => {
    const database = withoutRemains(ours!);
    whileTheyWrite(() => {
      const statement = database.prepare(text);
      return statement.reader ? statement.all([]) : statement.run([]);
    });
    expect(database.prepare('UPDATE t SET v = 2').run([])).toMatchObject({ changes: 1 });
    expect(seen()).toEqual([2]);
    expect(theirs!.prepare('UPDATE t SET v = 3 RETURNING v').all([])).toEqual([{ v: 3 }]);
  });

  it('can still begin, commit and roll back', () => {
    const database = withoutRemains(ours!);
    const run = (text: string) => database.prepare(text).run([]);
    whileTheyWrite(() => run('begin'));
    run('begin');
    run('INSERT INTO t VALUES (7)');
    expect(seen()).toEqual([0]);
    run('commit');
    expect(seen()).toEqual([0, 7]);
    run('begin');
    run('DELETE FROM t');
    run('rollback');
    expect(seen()).toEqual([0, 7]);
    expect(() => run('INSERT INTO t VALUES (7)')).toThrow(/unique/iu);
    expect(run('DELETE FROM t')).toMatchObject({ changes: 2 });
    expect(seen()).toEqual([]);
  });
});
