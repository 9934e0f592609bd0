// Everyday phrases against our own articles: which one comes first, in whatever language the phrase is.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { Library } from '../../src/content/article.ts';
import { searchArticles } from '../../src/content/search.ts';
import { ourLibrary } from '../support/house.ts';

const written = parse(readFileSync('test/content/phrases.yaml', 'utf8')) as Record<string, Record<string, string[]>>;
const phrases = Object.entries(written).flatMap(([lang, articles]) =>
  Object.entries(articles).flatMap(([slug, all]) => all.map((phrase) => ({ phrase, first: `${slug}/${lang}` }))),
);
/** Of a hundred; what is left are phrases that two articles answer as well. */
const LEAST = 95;

describe('the search over our articles', () => {
  let library: Library;
  beforeAll(async () => {
    library = await ourLibrary();
  });

  it('has two hundred phrases to be tried on, none of them twice', () => {
    expect(phrases.length).toBeGreaterThanOrEqual(200);
    expect(new Set(phrases.map(({ phrase }) => phrase)).size).toBe(phrases.length);
  });

  it('has an article of its own for every language', () => {
    const known = library.articles.map(({ slug, lang }) => `${slug}/${lang}`);
    expect([...new Set(phrases.map(({ first }) => first))].filter((key) => !known.includes(key))).toEqual([]);
  });

  it(`answers at least ${LEAST} of a hundred with the right article first`, () => {
    const wrong = phrases.flatMap(({ phrase, first }) => {
      const found = searchArticles(library, phrase)[0];
      const answer = found === undefined ? 'nothing' : `${found.slug}/${found.lang}`;
      return answer === first ? [] : [`${phrase}: ${answer}, not ${first}`];
    });
    // Named, so that a failure says which.
    expect(wrong.slice(0, Math.floor((phrases.length * (100 - LEAST)) / 100))).toEqual(wrong);
  });
});
