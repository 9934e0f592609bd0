// The library and what the practice decided about it in; the library as this practice hands it out, and what changed, out.
import { createHash } from 'node:crypto';
import type { Problem } from '../errors.ts';
import type { Article, Library, Section } from './article.ts';

/** A clinician of the practice has read an article in one language and version and stands by it. Days are YYYY-MM-DD. */
export interface Review {
  article: string;
  language: string;
  version: string;
  by: string;
  on: string;
  /** When it wants another look. */
  due: string;
  /** A digest of each part as it was read, by `partsOf`. */
  parts: Readonly<Record<string, string>>;
}

/** What the practice decided about its articles. */
export interface Shelf {
  onlyReviewed: boolean;
  hidden: readonly { article: string; language: string }[];
  reviews: readonly Review[];
}

export const EMPTY_SHELF: Shelf = { onlyReviewed: false, hidden: [], reviews: [] };

/** How an article stands; `by` is null where its author says that it was reviewed. */
export type Standing =
  | { state: 'unreviewed' }
  | { state: 'reviewed' | 'due'; by: string; on: string; due: string | null }
  | { state: 'changed'; by: string; on: string; version: string; changed: readonly string[] };

/** What each part of an article said, a sentence a line. */
export type Wording = Readonly<Record<string, string>>;

/** Parts that are no section. */
export const TITLE = 'title, message and sources';
export const PICTURES = 'pictures';

const digested = new WeakMap<Article, Readonly<Record<string, string>>>();

/** A digest of every part of an article that a reader sees. */
export function partsOf(article: Article): Readonly<Record<string, string>> {
  const before = digested.get(article);
  if (before !== undefined) return before;
  const { title, message, sources, figures, sections } = article;
  const parts = Object.fromEntries(
    sections.map((section) => [
      section.id,
      digest([...wordsIn(section), ...(section.discreet === null ? [] : wordsIn(section.discreet))]),
    ]),
  );
  const whole = {
    ...parts,
    [TITLE]: digest([title, message, sources]),
    [PICTURES]: digest(figures.map(({ name, drawing }) => [name, drawing?.svg ?? ''])),
  };
  digested.set(article, whole);
  return whole;
}

/** Where a sentence stands in its file is no part of what it says. */
const wordsIn = ({ kind, title, html, requires }: Section) => [
  kind,
  title,
  html.replace(/ data-source="[^"]*"/gu, ''),
  requires,
];

const digest = (parts: unknown) => createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);

/** `today` is YYYY-MM-DD. */
export function standingOf(article: Article, { reviews }: Shelf, today: string): Standing {
  const { slug, lang, version } = article;
  const review = reviews.find((one) => one.article === slug && one.language === lang);
  if (review === undefined) {
    if (article.review === null) return { state: 'unreviewed' };
    return { state: 'reviewed', by: article.review.by, on: article.review.on, due: null };
  }
  const { by, on, due } = review;
  const changed = changedParts(article, review).map(({ name }) => name);
  if (changed.length > 0 || review.version !== version)
    return { state: 'changed', by, on, version: review.version, changed };
  return { state: due <= today ? 'due' : 'reviewed', by, on, due };
}

/** The parts that are not as they were read, by the heading they have now; one that is gone by its id. */
export function changedParts(article: Article, { parts }: Review): { id: string; name: string }[] {
  const now = partsOf(article);
  const titles = new Map(article.sections.map(({ id, title }) => [id, `“${title}”`]));
  const ids = [...new Set([...Object.keys(now), ...Object.keys(parts)])].filter((id) => now[id] !== parts[id]);
  return ids.map((id) => ({ id, name: id in now ? (titles.get(id) ?? id) : `“${id}” (taken out)` }));
}

/**
 * The same library for the same shelf, and the same article wherever nothing was decided: what is laid out for one is kept
 * for as long as it lives.
 */
export function openShelves(library: Library): (shelf: Shelf) => Library {
  const signed = new Map<string, Article>();
  let last: { key: string; library: Library } = { key: '', library };
  return (shelf) => {
    const key = JSON.stringify(shelf);
    if (key !== last.key) last = { key, library: shelve(library, shelf, signed) };
    return last.library;
  };
}

function shelve(library: Library, shelf: Shelf, signed: Map<string, Article>): Library {
  const withheld: { article: Article; problem: Problem }[] = [];
  const known = [...library.articles, ...(library.withheld ?? []).map(({ article }) => article)];
  const articles = known.flatMap((plain) => {
    const article = withReview(plain, shelf, signed);
    const isHidden = shelf.hidden.some((one) => one.article === article.slug && one.language === article.lang);
    const problem = isHidden
      ? hidden(article)
      : shelf.onlyReviewed && article.review === null
        ? unreviewed(article)
        : null;
    if (problem === null) return [article];
    withheld.push({ article, problem });
    return [];
  });
  return { ...library, articles, withheld };
}

function withReview(article: Article, shelf: Shelf, signed: Map<string, Article>): Article {
  // Whether it is due is asked when it is used; here it only matters that the words are those that were read.
  const standing = standingOf(article, shelf, '');
  if (standing.state === 'changed' && article.review !== null) return signedBy(article, null, signed);
  if (standing.state !== 'reviewed' || standing.due === null) return article;
  const { by, on, due } = standing;
  return signedBy(article, { by, on, due }, signed);
}

function signedBy(article: Article, review: Article['review'], signed: Map<string, Article>): Article {
  const key = JSON.stringify([article.slug, article.lang, review]);
  const copy = signed.get(key) ?? { ...article, review };
  signed.set(key, copy);
  return copy;
}

const hidden = ({ title }: Article): Problem => ({
  code: 'article-hidden',
  message: `Your practice does not hand out “${title}”.`,
  hint: 'It was hidden on the page Articles, where it can be shown again.',
  place: { field: 'article' },
});

const unreviewed = ({ title }: Article): Problem => ({
  code: 'review-missing',
  message: `Your practice hands out reviewed articles only, and “${title}” is not reviewed as it stands.`,
  hint: 'Review it on the page Articles, or choose another.',
  place: { field: 'article' },
});
