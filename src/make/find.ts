// What a choice names, looked up: names in, the article and the crisis line out, or why there is none.
import type { Article, CrisisLine, Library } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import type { Practice } from '../merge/practice.ts';

/** The article in the language asked for, or in that language without its region. */
export function findArticle(
  { articles, withheld = [] }: Library,
  { article: slug, language }: { article: string; language: string },
): { article: Article | null; problems: Problem[] } {
  const inAnyLanguage = articles.filter((article) => article.slug === slug);
  const inLanguage = (code: string) => inAnyLanguage.find(({ lang }) => lang === code);
  const codes = [language, language.split('-')[0]!];
  const kept = withheld.find(({ article }) => article.slug === slug && codes.includes(article.lang));
  const article = inLanguage(codes[0]!) ?? inLanguage(codes[1]!) ?? null;
  if (kept !== undefined && article?.lang !== language) return { article: null, problems: [kept.problem] };
  if (article !== null) return { article, problems: [] };
  if (inAnyLanguage.length === 0) return { article, problems: [unknownArticle(articles)] };
  const hint = `It is there in: ${inAnyLanguage.map(({ lang }) => lang).join(', ')}.`;
  const message = `“${inAnyLanguage[0]!.title}” is not there in the language asked for.`;
  return { article, problems: [{ code: 'language-unknown', message, hint, place: { field: 'language' } }] };
}

/** The country's line, unless the practice has its own; a country without one needs the practice's, and is no place for a discreet copy. */
export function findCrisisLine(
  { crisisLines }: Library,
  practice: Practice,
  discreet: boolean,
): { line: CrisisLine | null; problems: Problem[] } {
  const line = crisisLines.find(({ country }) => country === practice.country) ?? null;
  if (line !== null || (practice.crisisLine !== '' && !discreet)) return { line, problems: [] };
  const message = 'We have no crisis line for this country.';
  const hint = discreet
    ? 'A discreet copy can’t print the practice’s own, and no handout goes out without one. Make one that is not discreet.'
    : 'Give the practice a crisis line of its own on the letterhead page; no handout goes out without one.';
  return { line, problems: [{ code: 'crisis-line-missing', message, hint }] };
}

/** The title of the article to read next, where the library has it in this language. */
export function titleOf({ articles }: Library, { next, lang }: Article): string | null {
  return articles.find((article) => article.slug === next && article.lang === lang)?.title ?? null;
}

function unknownArticle(articles: readonly Article[]): Problem {
  const known = [...new Set(articles.map(({ slug }) => slug))].join(', ');
  return {
    code: 'article-unknown',
    message: 'There is no article of this name.',
    hint: `There are: ${known}.`,
    place: { field: 'article' },
  };
}
