// A batch in; nothing of its clients is left, in the tables or in what the database leaves behind.
import { sql } from 'kysely';
import { inPieces, type Kept } from './kept.ts';
import { sweep } from './sweep.ts';

export interface Purge {
  /** Deletes it. That its file was printed, and when, is known for two more days. */
  remove(id: string): Promise<void>;
  /** Batches whose time is over, and those that never began. */
  due(): Promise<string[]>;
}

const HOUR_MS = 3_600_000;
const TABLES = ['chunks', 'outcomes', 'recipients', 'parts', 'batches'] as const;

/** Of what was deleted, that it was once made. */
export async function forget({ db, now }: Kept): Promise<void> {
  await sql`DELETE FROM batches WHERE state = 'deleted' AND made < ${now} - ${sql.lit(48 * HOUR_MS)}`.execute(db);
}

export function purge(open: Kept): Purge {
  const { db, now } = open;

  async function remove(id: string): Promise<void> {
    // Without its key the rest can't be read any more, from here on and whatever happens.
    const nothing = { state: 'deleted', key: null, letterhead: null, settings: '{}', reason: null } as const;
    await db.updateTable('batches').set(nothing).where('id', '=', id).execute();
    const parts = await db.selectFrom('parts').select('id').where('batch', '=', id).execute();
    for (const { id: part } of parts) {
      const chunks = await db.selectFrom('chunks').select('number').where('part', '=', part).execute();
      for (const piece of inPieces(chunks.map(({ number }) => number)))
        await db.deleteFrom('chunks').where('part', '=', part).where('number', 'in', piece).execute();
    }
    await db.deleteFrom('outcomes').where('batch', '=', id).execute();
    await db.deleteFrom('recipients').where('batch', '=', id).execute();
    await db.deleteFrom('parts').where('batch', '=', id).execute();
    await forget(open);
    await sweep(open, TABLES);
  }

  return {
    remove,
    async due() {
      const found = await db
        .selectFrom('batches')
        .select('id')
        .where('state', '!=', 'deleted')
        .where((is) =>
          is.or([
            is('expires', '<', now),
            is('state', '=', 'new').and('made', '<', sql<number>`${now} - ${sql.lit(HOUR_MS)}`),
          ]),
        )
        .execute();
      return found.map(({ id }) => id);
    },
  };
}
