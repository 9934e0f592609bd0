// The library and what the practice decided about it in, the data of the page `articles.hbs` out.
import type { Article } from '../content/article.ts';
import { type Shelf, standingOf } from '../content/shelf.ts';
import type { Change } from '../content/wording.ts';
import type { Problem } from '../errors.ts';
import type { Practice } from '../merge/practice.ts';
import { summaryOf, wrongAt } from './errors.ts';
import { stateWords } from './standing.ts';
import type { View } from './views.ts';
import { count } from './words.ts';

/** What was typed to sign an article: `slug/lang`, the clinician and two days. */
export interface Signature {
  article: string;
  by: string;
  on: string;
  due: string;
}

export interface ArticlesPage {
  articles: readonly Article[];
  /** Of those whose words are not the reviewed ones. */
  changes: ReadonlyMap<Article, readonly Change[]>;
  shelf: Shelf;
  practice: Practice;
  today: string;
  /** `slug-lang` of the article that was changed just now. */
  saved: string;
  /** What was typed and could not be kept. */
  signature: Signature | null;
  problems: readonly Problem[];
}

export function articlesView(page: ArticlesPage): View & Record<string, unknown> {
  const { shelf, problems } = page;
  const rows = page.articles.map((article) => rowOf(article, page));
  const reviewed = rows.filter(({ isReviewed }) => isReviewed).length;
  return {
    title: `${problems.length > 0 ? 'Error: ' : ''}Articles – Keepsake`,
    summary: summaryOf(
      problems.map((problem) => placedIn(problem, page.signature)),
      anchors(page.signature),
    ),
    count: `${count(rows.length, 'article')}, ${reviewed} reviewed.`,
    onlyReviewed: shelf.onlyReviewed,
    rows,
  };
}

const FIELDS = ['by', 'on', 'due'] as const;
const idOf = (key: string) => key.replace('/', '-');
const anchors = (signature: Signature | null) => FIELDS.map((name) => `${idOf(signature?.article ?? '')}-${name}`);

/** Every article has the same fields; those that are wrong are the ones of the article that was to be signed. */
function placedIn(problem: Problem, signature: Signature | null): Problem {
  const field = problem.place !== undefined && 'field' in problem.place ? problem.place.field : '';
  return { ...problem, place: { field: `${idOf(signature?.article ?? '')}-${field}` } };
}

const names = new Intl.DisplayNames('en', { type: 'language' });

function rowOf(article: Article, { changes, shelf, practice, today, saved, signature, problems }: ArticlesPage) {
  const { slug, lang, title, message, version } = article;
  const standing = standingOf(article, shelf, today);
  const typed = signature?.article === `${slug}/${lang}` ? signature : null;
  const id = `${slug}-${lang}`;
  const isHidden = shelf.hidden.some((one) => one.article === slug && one.language === lang);
  const isReviewed = standing.state === 'reviewed' || standing.state === 'due';
  const field = (name: (typeof FIELDS)[number], value: string) => ({
    id: `${id}-${name}`,
    value: typed?.[name] ?? value,
    wrong: typed === null ? null : wrongAt(problems, name),
  });
  return {
    id,
    key: `${slug}/${lang}`,
    lang,
    title,
    message,
    about: `${names.of(lang) ?? lang}, version ${version}`,
    words: stateWords(standing),
    changed: changes.get(article) ?? [],
    isReviewed,
    wants: standing.state === 'due' || standing.state === 'changed',
    canWithdraw: shelf.reviews.some((one) => one.article === slug && one.language === lang),
    isHidden,
    isSaved: saved === id,
    open: typed !== null,
    by: field('by', practice.clinician),
    on: field('on', today),
    due: field('due', aYearAfter(today)),
  };
}

/** A year: what most bodies ask of health information, and short enough to remember why. */
function aYearAfter(day: string): string {
  const later = `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
  return later.endsWith('-02-29') ? `${later.slice(0, 4)}-03-01` : later;
}
