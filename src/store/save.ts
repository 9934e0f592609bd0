// What was made under a lease in, its outcomes and its sealed chunks in the tables out, all of it or nothing.
import { sql, type Transaction } from 'kysely';
import { type Kept, PLACES, refusal } from './kept.ts';
import type { Chunk, Come, Lease, Work } from './lease.ts';
import { chunksOf, sizeOf } from './stretches.ts';
import type { Tables } from './tables.ts';

/** Prolongs a lease and sets something of its part. Throws GoneError when it is lost. */
export type Prolong = (transaction: Transaction<Tables>, lease: Lease, set: object) => Promise<void>;

export function saving({ db, seal }: Kept, prolong: Prolong): Pick<Work, 'save' | 'saveFiles'> {
  async function write(
    lease: Lease,
    come: readonly Come[],
    bytes: number,
    chunks: (transaction: Transaction<Tables>) => Promise<readonly Chunk[]>,
  ): Promise<void> {
    const own = await seal(lease.batch);
    const done = come.filter(({ state }) => state === 'done').length;
    const outcomes = come.map((one) =>
      one.state === 'done' ? doneRow(lease.batch, one) : refusal(own, lease.batch, one),
    );
    await db.transaction().execute(async (transaction) => {
      await prolong(transaction, lease, {
        made: sql`made + ${sql.lit(done)}`,
        refused: sql`refused + ${sql.lit(come.length - done)}`,
        bytes: sql`bytes + ${sql.lit(bytes)}`,
      });
      if (!lease.again && outcomes.length > 0) await transaction.insertInto('outcomes').values(outcomes).execute();
      const sealed = (await chunks(transaction)).map(({ number, bytes: plain }) => ({
        part: lease.part,
        number,
        sealed: own.close(PLACES.chunk(lease.part, number), plain),
      }));
      if (sealed.length > 0) await transaction.insertInto('chunks').values(sealed).execute();
    });
  }

  return {
    save: (lease, come, chunks) => write(lease, come, sizeOf(chunks), async () => chunks),

    saveFiles: (lease, come, files) =>
      write(lease, come, sizeOf(files.flatMap(({ stretches }) => stretches)), async (transaction) => {
        const { lowest } = await transaction
          .selectFrom('chunks')
          .select(({ fn }) => fn.min<number | null>('number').as('lowest'))
          .where('part', '=', lease.part)
          .executeTakeFirstOrThrow();
        return chunksOf(files, lowest ?? 0);
      }),
  };
}

const doneRow = (batch: string, { position, id, pages, sheets, firstPage, sha256 }: Come & { state: 'done' }) => ({
  batch,
  position,
  id,
  state: 'done' as const,
  reason: null,
  pages,
  sheets,
  first_page: firstPage,
  sha256,
});
