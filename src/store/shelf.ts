// A database in, what the practice decided about its articles out: which are reviewed, which it does not hand out.
import type { Review, Shelf, Wording } from '../content/shelf.ts';
import type { Open } from './database.ts';
import type { ReviewRow } from './tables.ts';

export interface ShelfStore {
  read(): Promise<Shelf>;
  /** In place of an earlier review of the same article in the same language; `words` are those that were read. */
  review(review: Review, words?: Wording): Promise<void>;
  /** What was read; null where it was not kept. Not part of `read`, which is asked for all the time. */
  words(article: string, language: string): Promise<Wording | null>;
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
      const reviews = await db.selectFrom('reviews').select(OF_REVIEW).orderBy('article').orderBy('language').execute();
      return { onlyReviewed: shelf?.only_reviewed === 1, hidden, reviews: reviews.map(reviewOf) };
    },
    async review(review, words) {
      const kept = words === undefined ? null : JSON.stringify(words);
      const { article, language, ...rest } = { ...rowOf(review), words: kept };
      const insert = db.insertInto('reviews').values({ article, language, ...rest });
      await insert.onConflict((same) => same.columns(['article', 'language']).doUpdateSet(rest)).execute();
    },
    async words(article, language) {
      const row = await db
        .selectFrom('reviews')
        .select('words')
        .where('article', '=', article)
        .where('language', '=', language)
        .executeTakeFirst();
      return row?.words == null ? null : (JSON.parse(row.words) as Wording);
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

const OF_REVIEW = ['article', 'language', 'version', 'clinician', 'reviewed', 'due', 'parts'] as const;
type Row = Pick<ReviewRow, (typeof OF_REVIEW)[number]>;

const reviewOf = ({ article, language, version, clinician, reviewed, due, parts }: Row): Review => ({
  article,
  language,
  version,
  by: clinician,
  on: reviewed,
  due,
  parts: JSON.parse(parts) as Review['parts'],
});

const rowOf = ({ article, language, version, by, on, due, parts }: Review): Row => ({
  article,
  language,
  version,
  clinician: by,
  reviewed: on,
  due,
  parts: JSON.stringify(parts),
});
