// The content both handouts share, and one way to make each: a client in, the bytes and the page count out.
import { fileURLToPath } from 'node:url';
import { readLibrary } from '../../dist/content/library.js';
import { themeOf } from '../../dist/layout/theme.js';
import { makeHandout } from '../../dist/make/handout.js';
import { readChoice } from '../../dist/merge/choice.js';
import { chooseSections } from '../../dist/merge/choose.js';
import { mergeSheet } from '../../dist/merge/sheet.js';
import { openPress } from '../../dist/pdf/press.js';
import { naiveHandout } from './naive.js';

/** With name, note and the cautions that come along these fill two pages Letter. */
export const REQUEST = {
  article: 'why-relationships-matter',
  sections: ['you-may-notice', 'small-steps', 'something-to-try', 'in-short'],
  clinician: 'Dr. Ana Ruiz',
  paper: 'letter',
  date: '2026-11-23',
};

export const practice = {
  name: 'Harbor Street Therapy',
  contact: ['12 Harbor Street, Portland, OR 97201', '(503) 555-0142', 'harborstreet.example'],
  crisisLine: '',
  country: 'US',
  countryIsGuess: false,
  paper: 'letter',
  clinician: 'Dr. Ana Ruiz',
  credentials: 'PhD',
  logo: null,
  colour: '',
};

const library = await readLibrary([fileURLToPath(new URL('../../content', import.meta.url))]);
const press = openPress();

export function handout(client, whole = false) {
  return makeHandout(choiceOf(client), library, practice, press, whole);
}

/** Merged once, with places for the name and the note: all that templates do is spared the naive way. */
const sheet = sheetFor(choiceOf({ client: '{client}', note: '{note}' }));
const theme = themeOf('letter', false);

export function naive(client) {
  return naiveHandout(sheet, theme, { ...client, date: REQUEST.date });
}

/** The words of each section, as they must stand in both. */
export function sectionTexts({ client, note }) {
  return sheet.blocks.map((block) => textOf(block).replace('{client}', client).replace('{note}', note));
}

export function choiceOf(client) {
  const read = readChoice({ ...REQUEST, ...client });
  if ('choice' in read) return read.choice;
  throw new Error(read.problems.map(({ message }) => message).join(' '));
}

function sheetFor(choice) {
  const article = library.articles.find(({ slug, lang }) => slug === REQUEST.article && lang === 'en');
  const { sections } = chooseSections(article, choice);
  const crisis = library.crisisLines.find(({ country }) => country === practice.country);
  const next = library.articles.find(({ slug }) => slug === article.next).title;
  return mergeSheet({ choice, article, sections, practice, crisis, next, link: null });
}

function textOf(part) {
  if (Array.isArray(part)) return part.map(textOf).join(' ');
  if (part === null || typeof part !== 'object') return '';
  const { text = '', breakAfter = false, ...inner } = part;
  return `${text}${breakAfter ? ' ' : ''}${Object.values(inner).map(textOf).join(' ')}`;
}
