// A database in, what the practice decided about its articles out: which are reviewed, which it does not hand out.
import type { Review, Shelf } from '../content/shelf.ts';
import type { Open } from './database.ts';
import type { ReviewRow } from './tables.ts';

export interface ShelfStore {
  read(): Promise<Shelf>;
  /** In place of an earlier review of the same article in the same language. */
  review(review: Review): Promise<void>;
  withdraw(article: string, language: string): Promise<void>;
  hide(article: string, language: string): Promise<void>;
  show(article: string, language: string): Promise<void>;
  onlyReviewed(on: boolean): Promise<void>;
}

export function shelfStore({ db }: Open): ShelfStore {
  return {
    async read() {
      // One after the other: the embedded store has one connection.
      const shelf = await db.selectFrom('shelf').select('only_reviewed').executeTakeFirst();
      const hidden = await db
        .selectFrom('hidden')
        .select(['article', 'language'])
        .orderBy('article')
        .orderBy('language')
        .execute();
      const reviews = await db.selectFrom('reviews').selectAll().orderBy('article').orderBy('language').execute();
      return { onlyReviewed: shelf?.only_reviewed === 1, hidden, reviews: reviews.map(reviewOf) };
    },
    async review(review) {
      const { article, language, ...rest } = rowOf(review);
      const insert = db.insertInto('reviews').values({ article, language, ...rest });
      await insert.onConflict((same) => same.columns(['article', 'language']).doUpdateSet(rest)).execute();
    },
    async withdraw(article, language) {
      await db.deleteFrom('reviews').where('article', '=', article).where('language', '=', language).execute();
    },
    async hide(article, language) {
      const insert = db.insertInto('hidden').values({ article, language });
      await insert.onConflict((same) => same.columns(['article', 'language']).doNothing()).execute();
    },
    async show(article, language) {
      await db.deleteFrom('hidden').where('article', '=', article).where('language', '=', language).execute();
    },
    async onlyReviewed(on) {
      await db
        .updateTable('shelf')
        .set({ only_reviewed: on ? 1 : 0 })
        .execute();
    },
  };
}

const reviewOf = ({ article, language, version, clinician, reviewed, due, parts }: ReviewRow): Review => ({
  article,
  language,
  version,
  by: clinician,
  on: reviewed,
  due,
  parts: JSON.parse(parts) as Review['parts'],
});

const rowOf = ({ article, language, version, by, on, due, parts }: Review): ReviewRow => ({
  article,
  language,
  version,
  clinician: by,
  reviewed: on,
  due,
  parts: JSON.stringify(parts),
});
