// What would be said in, what is said on a discreet copy out: nothing of whom it is for, whom it is from, or what it is called.
import type { Article, Section } from '../content/article.ts';
import type { Saying } from './fill.ts';
import type { Practice } from './practice.ts';
import { wordsOf } from './words.ts';

/**
 * For somebody who lives with a person who looks through their things. The title goes too, although the page says what it
 * is about: a title is read from across a room, in a list of files, on a screen that lights up; the words under it only by
 * whoever picks the page up and reads. The sources name illnesses and the journals of therapists; the date says where
 * somebody was that day. A section that could endanger whom it is for says its neutral words.
 */
export function discreetly(saying: Saying): Saying {
  const { choice, article, sections, practice } = saying;
  if (!choice.discreet) return saying;
  const quiet = { ...choice, client: '', clinician: '' };
  return {
    ...saying,
    choice: quiet,
    article: untitled(article),
    sections: sections.map(quietly),
    practice: unnamed(practice),
    next: null,
    link: null,
  };
}

/** The section as a discreet copy says it. */
export const quietly = (section: Section): Section => section.discreet ?? section;

/** At what a discreet copy only hints: its cautions, or else whatever it says in other words. */
export function hintedAt(sections: readonly Section[]): Section[] {
  const hinted = sections.filter(({ discreet }) => discreet !== null);
  const cautions = hinted.filter(({ kind }) => kind === 'core');
  return cautions.length > 0 ? cautions : hinted;
}

/** One for each article, so that what is read and laid out for it is kept as for any other. */
const known = new WeakMap<Article, Article>();

function untitled(article: Article): Article {
  const copy = known.get(article) ?? {
    ...article,
    title: wordsOf(article.lang).untitled,
    sections: article.sections.map(quietly),
    conditions: [],
    sources: [],
    review: null,
  };
  known.set(article, copy).set(copy, copy);
  return copy;
}

/** Its own crisis line goes as well: the country's stands in its place. So does its colour. */
function unnamed(practice: Practice): Practice {
  return { ...practice, name: '', contact: [], crisisLine: '', clinician: '', credentials: '', logo: null, colour: '' };
}
