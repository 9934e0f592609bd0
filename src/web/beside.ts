// What came of the form in; out, what is said beside the page: its length, how hard it reads, what to know and what it lacks.
import type { Article } from '../content/article.ts';
import { countsOf, hasFormula, LEAST_WORDS, type Reading, readingOf } from '../content/reading.ts';
import type { Standing } from '../content/shelf.ts';
import type { Problem } from '../errors.ts';
import type { Made } from '../make/handout.ts';
import { type Meter, meterOf } from '../make/meter.ts';
import { type Choice, LONGEST_NOTE } from '../merge/choice.ts';
import { words } from './errors.ts';
import { noticesOf } from './standing.ts';
import type { FormState } from './state.ts';
import { count } from './words.ts';

/** What the form leads to as it stands: a handout, or what is in its way. */
export type Attempt = { made: Made; choice: Choice } | { problems: readonly Problem[] };

export interface Beside {
  words: string;
  /** Things to know before it is handed out. */
  notices: readonly string[];
  /** A button that leaves out what does not fit. */
  over: { act: string; words: string } | null;
  /** What the page could do better, and how. */
  hints: readonly string[];
}

export function besideOf(
  outcome: Attempt | null,
  article: Article | undefined,
  loud: boolean,
  standing: Standing | null,
): Beside {
  const only = (said: string, notices: readonly string[] = []) => ({ words: said, notices, over: null, hints: [] });
  if (article === undefined) return only('Choose what it is about, and the page appears here.', withheld(outcome));
  if (outcome === null || loud) return only('Put right what is marked, and the page appears here.');
  if ('problems' in outcome) return only('The page can’t be shown yet.', outcome.problems.map(words));
  const { made, choice } = outcome;
  const meter = meterOf(made, choice, article);
  return {
    words: measureOf(made, meter),
    notices: [...noticesOf(standing), ...made.warnings.map(words)],
    over: overOf(made, article),
    hints: meter.misses.map((miss) => `${miss.words}${titleIn(article, miss.section)}`),
  };
}

/** Why what was chosen, on another day or under a name, can't be chosen any more. */
function withheld(outcome: Attempt | null): string[] {
  if (outcome === null || 'made' in outcome) return [];
  return outcome.problems.filter(({ code }) => code === 'article-hidden' || code === 'review-missing').map(words);
}

const USUAL_SIZES = [12, 18];

/** `3 pages on 2 sheets · about 6 minutes to read · grade 4`, and the size of the letters where they had to be smaller. */
function measureOf({ size }: Made, { pages, sheets, minutes, reading }: Meter): string {
  const paper = pages > 1 ? `${count(pages, 'page')} on ${count(sheets, 'sheet')}` : count(pages, 'page');
  const smaller = USUAL_SIZES.includes(size) ? [] : [`${size} point`];
  const read = `about ${count(minutes, 'minute')} to read`;
  return [paper, ...smaller, read, ...(reading === null ? [] : [said(reading)])].join(' · ');
}

/** `grade 5`, or `ease 71 of 100` where no grade is known. */
function said({ scale, value }: Reading): string {
  if (scale === 'INFLESZ') return `ease ${Math.round(value)} of 100`;
  return `grade ${Math.max(1, Math.round(value))}`;
}

/** The tick that cures it, where the article has one. */
function titleIn({ sections }: Article, id: string | null): string {
  const section = sections.find((one) => one.id === id);
  return section === undefined ? '' : ` Tick “${section.title}”.`;
}

/** What to leave out so that it fits, as a button says it; null where nothing has to be. */
function overOf({ over }: Made, { sections }: Article): { act: string; words: string } | null {
  if (over.length === 0) return null;
  const [first, ...others] = sections.filter(({ id }) => over.includes(id));
  const what = others.length === 0 ? `“${first?.title}”` : `these ${over.length} parts`;
  return { act: `leave:${over.join(',')}`, words: `Leave out ${what}` };
}

/** Under the note: how long it is and how hard it reads, whatever else of the form is still to be put right. */
export function noteState({ note, noteLanguage }: FormState, article?: Article): string {
  const length = [...note.trim()].length;
  if (length === 0)
    return `Up to ${LONGEST_NOTE.toLocaleString('en')} characters. A line that starts with - becomes a bullet.`;
  const long = `${length.toLocaleString('en')} of ${LONGEST_NOTE.toLocaleString('en')} characters`;
  const lang = noteLanguage || article?.lang;
  if (length > LONGEST_NOTE) return long;
  if (lang === undefined) return `${long} · how hard it reads is shown once you chose what it is about`;
  const reading = readingOf(countsOf(note, lang), lang);
  if (reading !== null) return `${long} · ${said(reading)}${tooHard(reading)}`;
  return hasFormula(lang) ? `${long} · how hard it reads is shown from ${LEAST_WORDS} words on` : long;
}

/** Grade 8 and INFLESZ 55 are where plain language ends for most readers. */
const tooHard = ({ scale, value }: Reading) =>
  (scale === 'INFLESZ' ? value < 55 : value > 8.5) ? ': shorter words and sentences would read easier' : '';
