// What a practice decides about its articles, and what that does to the library and to a review when words change.
import { describe, expect, it } from '@jest/globals';
import type { Article, Library } from '../../src/content/article.ts';
import { EMPTY_SHELF, openShelves, partsOf, type Review, type Shelf, standingOf } from '../../src/content/shelf.ts';
import { findArticle } from '../../src/make/find.ts';
import { GOOD, readGood } from './an-article.ts';

const sleep = readGood(GOOD);
const sueño = { ...readGood(GOOD, 'es'), title: 'Dormir mejor' };
const library: Library = { articles: [sleep, sueño], crisisLines: [], problems: [] };

const signed = (article: Article, some: Partial<Review> = {}): Review => ({
  article: article.slug,
  language: article.lang,
  version: article.version,
  by: 'Dr Lee',
  on: '2026-11-23',
  due: '2027-11-23',
  parts: partsOf(article),
  ...some,
});
const shelf = (some: Partial<Shelf>): Shelf => ({ ...EMPTY_SHELF, ...some });

describe('a review', () => {
  const reviewed = shelf({ reviews: [signed(sleep)] });

  it('holds for the article in its language, until it is due', () => {
    const by = { by: 'Dr Lee', on: '2026-11-23', due: '2027-11-23' };
    expect(standingOf(sleep, reviewed, '2027-11-22')).toEqual({ state: 'reviewed', ...by });
    expect(standingOf(sleep, reviewed, '2027-11-23')).toEqual({ state: 'due', ...by });
    expect(standingOf(sueño, reviewed, '2026-11-23')).toEqual({ state: 'unreviewed' });
  });

  it('is printed with the article, and its due day goes along', () => {
    const [one, two] = openShelves(library)(reviewed).articles;
    expect(one?.review).toEqual({ by: 'Dr Lee', on: '2026-11-23', due: '2027-11-23' });
    expect(two?.review).toBeNull();
  });

  it('falls with a change, and says which parts are others', () => {
    const changed = readGood(
      GOOD.replace('Sleep helps', 'Sleep often helps').replace('title: Sleeping better', 'title: Sleep'),
    );
    expect(standingOf(changed, reviewed, '2026-11-23')).toEqual({
      state: 'changed',
      by: 'Dr Lee',
      on: '2026-11-23',
      version: '1.0.0',
      changed: ['“In short”', 'title, message and sources'],
    });
    expect(openShelves({ ...library, articles: [changed] })(reviewed).articles[0]?.review).toBeNull();
  });

  it('falls with a new version, and tells of sections that came and went', () => {
    const other = readGood(GOOD.replaceAll('in-short', 'summary').replace('version: 1.0.0', 'version: 1.1.0'));
    expect(standingOf(other, reviewed, '2026-11-23')).toMatchObject({
      state: 'changed',
      version: '1.0.0',
      changed: ['“In short”', '“in-short” (taken out)'],
    });
    const renumbered = readGood(GOOD.replace('version: 1.0.0', 'version: 1.1.0'));
    expect(standingOf(renumbered, reviewed, '2026-11-23')).toMatchObject({ state: 'changed', changed: [] });
  });

  it('outlives a line that moves in the file', () => {
    const moved = readGood(GOOD.replace('## In short', '\n\n## In short'));
    expect(standingOf(moved, reviewed, '2026-11-23').state).toBe('reviewed');
  });

  it('of the author’s own counts until the practice has another', () => {
    const own = readGood(GOOD.replace('review:', 'review: {by: Dr Ng, on: 2026-01-02}'));
    expect(standingOf(own, EMPTY_SHELF, '2026-11-23')).toEqual({
      state: 'reviewed',
      by: 'Dr Ng',
      on: '2026-01-02',
      due: null,
    });
    const before = shelf({ reviews: [signed(own, { version: '0.9.0' })] });
    expect(openShelves({ ...library, articles: [own] })(before).articles[0]?.review).toBeNull();
  });
});

describe('the library of a practice', () => {
  const problem = (decided: Shelf, language: string) =>
    findArticle(openShelves(library)(decided), { article: 'sleep', language }).problems[0];

  it('leaves a hidden article out in that language, and says so to whoever asks for it', () => {
    const hidden = shelf({ hidden: [{ article: 'sleep', language: 'es' }] });
    expect(openShelves(library)(hidden).articles).toEqual([sleep]);
    expect(problem(hidden, 'es')).toMatchObject({ code: 'article-hidden', message: expect.stringContaining('Dormir') });
    expect(problem(hidden, 'es-MX')?.code).toBe('article-hidden');
    expect(problem(hidden, 'en')).toBeUndefined();
  });

  it('has reviewed articles only, where the practice wants that', () => {
    const only = shelf({ onlyReviewed: true, reviews: [signed(sleep)] });
    expect(openShelves(library)(only).articles.map(({ lang }) => lang)).toEqual(['en']);
    expect(problem(only, 'es')?.code).toBe('review-missing');
    expect(problem(only, 'en')).toBeUndefined();
  });

  it('keeps the very articles that nothing was decided about, so that what is laid out for them is kept', () => {
    const shelves = openShelves(library);
    const decided = shelf({ reviews: [signed(sleep)] });
    expect(shelves(EMPTY_SHELF).articles[0]).toBe(sleep);
    expect(shelves(decided).articles[1]).toBe(sueño);
    const before = shelves(decided).articles[0];
    expect(shelves(decided)).toBe(shelves(structuredClone(decided)));
    shelves(EMPTY_SHELF);
    expect(shelves(decided).articles[0]).toBe(before);
  });
});
