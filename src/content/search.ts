// Everyday words in, the articles that answer them out, best first.
import type { Article, Library } from './article.ts';
import { isEnglish } from './reading.ts';

interface Word {
  text: string;
  stem: string;
  weight: number;
}

/** They are in many phrases and tell little: they help to choose between articles that have the other words. */
const SMALL_WORDS = new Set(
  [
    'a again all always am an and are at be been do dont everything feel feeling for get have how i im in is it just know',
    'like make me much my need of on or so the this time to too very was what when why with',
    'al como con de del el en es estoy la las lo los mi muy o para por que se su un una y yo',
  ].flatMap((words) => words.split(' ')),
);
const ENDINGS = /(?:iness|ness|less|ety|ous|ies|ion|ing|ily|ed|es|ly|y|(?<!s)s)$/u;
const SHORTEST_STEM = 3;
const SHORTEST_TYPO = 5;

/**
 * Articles in which every word of the query is found, or, where no article has them all, those that have most of
 * them. A word is found in the title, words, topics, conditions or message, whole, as a beginning, or with one letter
 * wrong. An empty query answers with everything, by title.
 */
export function searchArticles(library: Library, query: string, lang?: string): Article[] {
  const articles = library.articles
    .filter((article) => lang === undefined || article.lang === lang)
    .toSorted((a, b) => byTitle.compare(a.title, b.title));
  const { telling, small } = askedWords(query);
  if (telling.length === 0) return articles;

  const answers = articles.map((article) => {
    const pointsFor = (asked: readonly Word[]) => asked.map((word) => bestMatch(word, wordsOf(article)));
    const points = pointsFor(telling);
    const score = sum(points) + sum(pointsFor(small)) / 4;
    return { article, found: points.filter((point) => point > 0).length, score };
  });
  const most = Math.max(1, ...answers.map(({ found }) => found));
  return answers
    .filter(({ found }) => found === most)
    .toSorted((a, b) => b.score - a.score || inEnglish(b.article) - inEnglish(a.article))
    .map(({ article }) => article);
}

const byTitle = new Intl.Collator('en');
const sum = (points: readonly number[]) => points.reduce((a, b) => a + b, 0);
/** The form speaks English: a code that is the same in every language answers in its own first. */
const inEnglish = ({ lang }: Article) => Number(isEnglish(lang));

/** The words of a query, “how”, “mi” and the like apart unless it has no others. */
function askedWords(query: string): { telling: Word[]; small: Word[] } {
  const all = split(query, 1);
  const telling = all.filter(({ text }) => !SMALL_WORDS.has(text));
  return telling.length > 0
    ? { telling, small: all.filter((word) => !telling.includes(word)) }
    : { telling: all, small: [] };
}

const known = new WeakMap<Article, Word[]>();

/** Worked out once for each article: a library is searched at every key stroke. */
function wordsOf(article: Article): Word[] {
  const before = known.get(article);
  if (before !== undefined) return before;
  const words = [
    ...split(article.title, 5),
    ...split(article.words.join(' '), 4),
    // An article is most about the code that its author names first.
    ...article.conditions.flatMap((code, index) => split(code, 4 - Math.min(index, 9) / 10)),
    ...split(article.topics.join(' '), 3),
    ...split(article.message, 1),
  ];
  known.set(article, words);
  return words;
}

/** Case, accents and apostrophes make no difference: “Can’t” and “cant” are the same word, F32.A and f32a too. */
function split(text: string, weight: number): Word[] {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’‘ʼ]/gu, '')
    .replace(/(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}])/gu, '');
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => ({ text: word, stem: stemOf(word), weight }));
}

/** “lonely” and “loneliness” share “lonel”, “meds” and “med” share “med”. Rough, but alike on both sides. */
function stemOf(word: string): string {
  const stem = word.replace(ENDINGS, '');
  return stem.length > SHORTEST_STEM || (stem.length === SHORTEST_STEM && word === `${stem}s`) ? stem : word;
}

function bestMatch(asked: Word, words: readonly Word[]): number {
  let best = 0;
  for (const word of words) {
    if (word.weight * SAME > best) best = Math.max(best, word.weight * closeness(asked, word));
  }
  return best;
}

const SAME = 4;

/** 4 the same word, 3 another form of it, 2 its beginning, 1 one letter wrong, 0 another word. */
function closeness(asked: Word, word: Word): number {
  if (word.text === asked.text) return SAME;
  if (word.stem === asked.stem) return 3;
  if (word.text.startsWith(asked.text)) return 2;
  if (asked.stem.length >= SHORTEST_STEM && word.text.startsWith(asked.stem)) return 2;
  if (asked.text.length >= SHORTEST_TYPO && oneLetterOff(asked.text, word.text)) return 1;
  return asked.stem.length >= SHORTEST_TYPO && oneLetterOff(asked.stem, word.stem) ? 1 : 0;
}

/** One letter too many, too few, other, or swapped with its neighbour. */
function oneLetterOff(a: string, b: string): boolean {
  const longer = Math.max(a.length, b.length);
  const shorter = Math.min(a.length, b.length);
  if (longer - shorter > 1) return false;
  let start = 0;
  while (start < shorter && a.charCodeAt(start) === b.charCodeAt(start)) start += 1;
  let end = 0;
  while (end < shorter - start && a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)) end += 1;
  const differ = longer - start - end;
  return differ <= 1 || (differ === 2 && a[start] === b[start + 1] && a[start + 1] === b[start]);
}
