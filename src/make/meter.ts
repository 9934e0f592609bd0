// What a choice amounts to: a handout that was made and its choice in, its length, how hard it reads and what it lacks out.
import type { Article, Section } from '../content/article.ts';
import { countsOf, countWords, minutesToRead, type Reading, readingOf, sumOf } from '../content/reading.ts';
import { type Choice, SLOT_NAMES, type Slot } from '../merge/choice.ts';
import { quietly } from '../merge/discreet.ts';

export interface Meter {
  pages: number;
  /** Of paper, printed on both sides. */
  sheets: number;
  minutes: number;
  /** Of everything in the article's language together; null where no formula is valid or there are too few words. */
  reading: Reading | null;
  sections: readonly { id: string; title: string; words: number; reading: Reading | null }[];
  /** The note and the slots that are not empty. */
  typed: readonly { field: 'note' | Slot; words: number; reading: Reading | null }[];
  misses: readonly Miss[];
}

/** Something of the CDC Clear Communication Index or of PEMAT that the choice does without. */
export interface Miss {
  item: 'summary' | 'action' | 'steps' | 'tool' | 'picture';
  /** Where it is asked for. */
  from: string;
  /** In a clinician's words. */
  words: string;
  /** A section of the article that has it, to be ticked; null where none has. */
  section: string | null;
}

/** `made` is what came of the choice. A main message stands on every page, so that none is ever without. */
export function meterOf(
  made: { pages: number; sections: readonly string[] },
  choice: Pick<Choice, 'note' | Slot | 'noteLanguage' | 'discreet'>,
  article: Article,
): Meter {
  const { lang } = article;
  const noteLang = choice.noteLanguage ?? lang;
  const chosen = made.sections.flatMap((id) => article.sections.filter((section) => section.id === id));
  const printed = choice.discreet ? chosen.map(quietly) : chosen;
  const typed = (['note', ...SLOT_NAMES] as const).filter((field) => choice[field].trim() !== '');
  const words = (text: string, code: string) => ({
    words: countWords(text, code),
    reading: readingOf(countsOf(text, code), code),
  });
  const own = noteLang === lang ? typed.map((field) => countsOf(choice[field], lang)) : [];
  const total =
    printed.reduce((sum, section) => sum + section.words, countWords(article.message, lang)) +
    typed.reduce((sum, field) => sum + countWords(choice[field], noteLang), 0);
  return {
    pages: made.pages,
    sheets: Math.ceil(made.pages / 2),
    minutes: minutesToRead(total),
    reading: readingOf(sumOf([countsOf(article.message, lang), ...printed.map(({ counts }) => counts), ...own]), lang),
    sections: printed.map(({ id, title, words: count, counts }) => {
      return { id, title, words: count, reading: readingOf(counts, lang) };
    }),
    typed: typed.map((field) => ({ field, ...words(choice[field], noteLang) })),
    misses: missesOf(printed, article, choice.plan.trim() !== ''),
  };
}

interface Item {
  item: Miss['item'];
  from: string;
  words: string;
  has(section: Section): boolean;
}

/** CDC Clear Communication Index (2014), items 4, 5 and 8; PEMAT for print (AHRQ 2013), items 11, 15, 20, 22 and 23. */
const ITEMS: readonly Item[] = [
  {
    item: 'summary',
    from: 'PEMAT 11',
    words: 'There is no summary.',
    has: ({ id }) => id === 'in-short',
  },
  {
    item: 'action',
    from: 'CDC index 5, PEMAT 20',
    words: 'There is nothing for the client to do.',
    has: ({ kind }) => kind === 'try',
  },
  {
    item: 'steps',
    from: 'CDC index 8, PEMAT 22',
    words: 'What to do is not broken down into steps.',
    has: ({ html }) => /<ol(?![^>]*class=)|class="check"/u.test(html),
  },
  {
    item: 'tool',
    from: 'PEMAT 23',
    words: 'There is nothing to tick, to rate or to write on.',
    has: ({ html }) => /class="(check|lines|scale|sheet|plan)\b/u.test(html),
  },
  {
    item: 'picture',
    from: 'CDC index 4, PEMAT 15',
    words: 'There is no picture.',
    has: ({ html }) => html.includes('<figure'),
  },
];

/** A plan that the clinician wrote down is something to do. */
function missesOf(printed: readonly Section[], article: Article, isPlanned: boolean): Miss[] {
  return ITEMS.filter(({ item, has }) => !printed.some(has) && !(item === 'action' && isPlanned)).map(
    ({ has, item, from, words }) => ({ item, from, words, section: article.sections.find(has)?.id ?? null }),
  );
}
