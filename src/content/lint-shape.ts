// An article in, what it lacks of the shape every handout has out, each at its line.
import type { Article, Section, Source } from './article.ts';
import type { Tell } from './problems.ts';
import { countWords, type Reading, readingOf, sentencesOf, sumOf } from './reading.ts';

const LONGEST_MESSAGE = 25;
/** The grade most adults read with ease, and the one no section passes (AMA and NIH ask for the 6th to the 8th). */
const HARDEST_ARTICLE = 6;
const HARDEST_SECTION = 8;
/** INFLESZ: “fairly easy” begins at 65, “normal” at 55. */
const LEAST_EASE_OF_ARTICLE = 65;
const LEAST_EASE_OF_SECTION = 55;
const LEAST_SEARCH_WORDS = 10;
const PRESETS = ['one-page', 'two-pages', 'full'];

/** Where the keys of the head stand. */
export type LineOf = (path: readonly PropertyKey[]) => number;

export function lintShape(article: Article, lineOf: LineOf, tell: Tell): void {
  lintHead(article, lineOf, tell);
  lintSections(article, tell);
  lintReading(article, lineOf, tell);
  for (const [index, source] of article.sources.entries())
    lintSource(source, article.sources.slice(0, index), lineOf(['sources', index]), tell);
}

function lintHead(article: Article, lineOf: LineOf, tell: Tell): void {
  const { message, lang, clinician, conditions, words, presets, written, updated } = article;
  const length = countWords(message, lang);
  if (sentencesOf(message, lang).length > 1 || length > LONGEST_MESSAGE)
    tell(
      lineOf(['message']),
      'The main message is more than a reader keeps.',
      `One sentence, at most ${LONGEST_MESSAGE} words.`,
    );
  if (clinician === null)
    tell(
      lineOf(['clinician']),
      'There are no notes for the clinician.',
      'Write clinician: with why, introduce, not-when and teach-back.',
    );
  if (conditions.length === 0)
    tell(lineOf(['conditions']), 'There is no ICD-10-CM code to find it by.', 'Write conditions: [F41.9].');
  if (words.length < LEAST_SEARCH_WORDS)
    tell(
      lineOf(['words']),
      `There are too few search words: ${words.length}.`,
      `Write ${LEAST_SEARCH_WORDS} or more, as people say it when they come.`,
    );
  for (const name of PRESETS.filter((preset) => !Object.hasOwn(presets, preset)))
    tell(lineOf(['presets']), `The preset “${name}” is missing.`, `Every article has ${PRESETS.join(', ')}.`);
  if (updated < written) tell(lineOf(['updated']), '“updated” is before “written”.', 'Correct one of them.');
}

function lintSections({ sections, figures }: Article, tell: Tell): void {
  const byId = (id: string) => sections.find((section) => section.id === id);
  const top = sections[0]?.line ?? 1;
  if (byId('in-short') === undefined)
    tell(top, 'There is no summary.', 'Write ## In short {#in-short .how} with two to four lines.');
  const help = byId('when-to-get-help');
  if (help === undefined || help.kind !== 'core')
    tell(
      help?.line ?? top,
      'It does not say when to get help.',
      'Write ## When to get help {#when-to-get-help .core}.',
    );
  else if (/\d{3}/u.test(wordsOnly(help)))
    tell(
      help.line,
      'The help block has a number of its own.',
      'Delete it: the practice’s crisis line is set in below.',
    );
  if (!sections.some((section) => section.kind === 'try' && TOOL.test(section.html)))
    tell(
      top,
      'There is nothing to try and to write on.',
      'Write a .try section with - [ ], ::lines, ::scale, :::sheet or ::plan.',
    );
  if (figures.length === 0)
    tell(top, 'There is no picture.', 'Write ::figure[What to see in it]{src="name.svg" alt="What it shows."}.');
}

const TOOL = /class="(?:check|lines|scale|sheet|plan)\b/u;
const wordsOnly = ({ html }: Section) => html.replace(/<[^>]*>/gu, ' ');

function lintReading({ sections, lang }: Article, lineOf: LineOf, tell: Tell): void {
  const printed = sections.flatMap((section) => [section, section.discreet ?? []].flat());
  for (const { line, counts } of printed)
    lintOne(readingOf(counts, lang), 'This section', line, HARDEST_SECTION, LEAST_EASE_OF_SECTION, tell);
  const whole = readingOf(sumOf(sections.map(({ counts }) => counts)), lang);
  lintOne(whole, 'The article', lineOf(['title']), HARDEST_ARTICLE, LEAST_EASE_OF_ARTICLE, tell);
}

function lintOne(
  reading: Reading | null,
  what: string,
  line: number,
  hardest: number,
  easiest: number,
  tell: Tell,
): void {
  if (reading === null) return;
  const { scale, value } = reading;
  const hint = 'Shorter sentences, shorter words.';
  if (scale === 'Flesch–Kincaid' && value > hardest)
    tell(line, `${what} reads at grade ${value.toFixed(1)}, above ${hardest}.`, hint);
  if (scale === 'INFLESZ' && value < easiest)
    tell(line, `${what} has an ease of ${value.toFixed(0)} (INFLESZ), below ${easiest}.`, hint);
}

function lintSource({ id, citation, url }: Source, earlier: readonly Source[], line: number, tell: Tell): void {
  const isDated = /\((?:[^()]*\b(?:1[89]|20)\d\d\b[^()]*|no date|sin fecha|s\. ?f\.)\)/u.test(citation);
  if (!isDated) tell(line, `The source “${id}” has no year.`, 'Write authors (2018). Title. Journal; or (no date).');
  if (!/[.)]$/u.test(citation.trim()))
    tell(line, `The source “${id}” does not end in a full stop.`, 'End it as a sentence.');
  if (citation.split('. ').length < 2)
    tell(line, `The source “${id}” is not complete.`, 'Write authors (year). Title. Journal or body.');
  if (/^https?:\/\/(dx\.)?doi\.org\//u.test(url) && !/^https:\/\/doi\.org\/10\.\d{4,}\//u.test(url))
    tell(line, `The DOI of “${id}” is not written as one.`, 'Write https://doi.org/10.…');
  const same = earlier.find((other) => other.url === url);
  if (same !== undefined)
    tell(line, `The sources “${same.id}” and “${id}” lead to the same page.`, 'Keep one of them.');
}
