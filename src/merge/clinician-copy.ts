// What the author says to the clinician who gives an article: the article and its chosen sections in, a sheet out. No client.
import type { Article, ClinicianNotes, Section } from '../content/article.ts';
import type { Sheet } from './block.ts';
import { hintedAt } from './discreet.ts';
import { footParts } from './fill.ts';
import { fillSection } from './frame.ts';
import { editionOf, letterheadOf, mastheadOf } from './letterhead.ts';
import type { Practice } from './practice.ts';
import { readBlocks } from './read.ts';
import { compileFile, ready, type Template } from './templates.ts';
import { type HandoutWords, say, wordsOf } from './words.ts';

export interface CopySaying {
  article: Article;
  notes: ClinicianNotes;
  sections: readonly Section[];
  practice: Practice;
  /** What the client's page only hints at stands here whole, to be said. */
  discreet: boolean;
}

/** It stays with the clinician. */
const NOT_DISCREET = { discreet: false };

let copy: Template | null = null;

/** Merges the clinician's copy. */
export function mergeClinicianCopy({ article, notes, sections, practice, discreet }: CopySaying): Sheet {
  copy ??= compileFile('clinician.hbs');
  const words = wordsOf(article.lang);
  const title = say(words.forClinician, { title: article.title });
  const html = copy({
    ...mastheadOf(letterheadOf(practice)),
    words,
    title,
    edition: [`${article.version} · ${editionOf(article, practice)}`, article.review === null ? words.notReviewed : '']
      .join(' ')
      .trim(),
    message: article.message,
    advice: adviceOf(notes, words),
    aloud: (discreet ? hintedAt(sections) : []).map((section) => ({ ...section, body: bodyOf(section, article) })),
    sections: sections.map((section) => section.title),
  });
  return {
    lang: article.lang,
    dir: words.dir,
    title,
    blocks: readBlocks(html),
    foot: footParts({ choice: NOT_DISCREET, article, practice }),
    discreet: false,
    fillable: false,
    pageWords: words.page,
  };
}

/** For nobody by name, as everything here. */
function bodyOf(section: Section, { lang }: Article) {
  return ready(fillSection(section, { client: '', clinician: '', practice: '' }, lang));
}

/** Several sentences given as a list are a list; when not to give it is framed like every caution. */
function adviceOf({ why, introduce, notWhen, teachBack }: ClinicianNotes, words: HandoutWords) {
  const advice = (id: string, heading: string, texts: readonly string[], box = '') => {
    return { id, heading, box, text: texts[0], items: texts.length > 1 ? texts : null };
  };
  return [
    advice('why', words.whyGive, why),
    advice('introduce', words.introduce, introduce),
    advice('not-when', words.notWhen, notWhen, 'caution'),
    advice('teach-back', words.teachBack, teachBack, 'callout'),
  ];
}
