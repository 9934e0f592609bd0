// Tables from which something was deleted in; nothing of it is left in what the database leaves behind.
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Open } from './database.ts';
import type { Tables } from './tables.ts';

/** Deleted rows live on in SQLite's log until it is cut off, and in PostgreSQL's pages until they are swept. */
export async function sweep({ db, kind }: Pick<Open, 'db' | 'kind'>, tables: readonly (keyof Tables)[]): Promise<void> {
  if (kind === 'postgres') {
    for (const table of tables) await sql`VACUUM ${sql.table(table)}`.execute(db);
    return;
  }
  for (let tries = 0; tries < 100; tries++) {
    const { rows } = await sql<{ busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db);
    if (rows[0]?.busy === 0) return;
    await setTimeout(100); // somebody reads
  }
  throw new Error('The log of the database could not be cut off: something keeps reading it.');
}
