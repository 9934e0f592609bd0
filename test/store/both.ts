// A suite in; it is run on the embedded store and on a real PostgreSQL, each test with a place of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import type { StorePlace } from '../../src/store/store.ts';
import type { Kind } from '../../src/store/tables.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';

/** `newPlace` is empty at first; what is opened there must be closed again. */
export function onBothStores(suite: (newPlace: () => Promise<StorePlace>, kind: Kind) => void): void {
  const folders: string[] = [];
  const newFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'keepsake-store-'));
    folders.push(folder);
    return folder;
  };
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  describe('embedded', () => suite(async () => placeIn(newFolder()), 'sqlite'));

  describe('on PostgreSQL', () => {
    let postgres: Postgres;
    beforeAll(async () => {
      postgres = await startPostgres();
    });
    afterAll(() => postgres.stop());
    suite(async () => ({ ...placeIn(newFolder()), url: await postgres.database() }), 'postgres');
  });
}

/** An embedded store, its key beside the data folder. */
export const placeIn = (folder: string): StorePlace => ({
  folder: join(folder, 'data'),
  key: { file: join(folder, 'config', 'key') },
});
