// What is said to this client: a choice, its article, sections and practice in, one HTML document out.
import type { Article, CrisisLine, Drawing, Section } from '../content/article.ts';
import type { Choice } from './choice.ts';
import { discreetly } from './discreet.ts';
import { type Facts, fillSection, frameOf, type Part } from './frame.ts';
import { letterheadOf } from './letterhead.ts';
import type { Practice } from './practice.ts';
import { fillTyped } from './typed.ts';
import { say, sayDate, wordsOf } from './words.ts';

/** All that a merge reads. `crisis` is null only when the practice has a line of its own. */
export interface Saying {
  choice: Choice;
  article: Article;
  sections: readonly Section[];
  practice: Practice;
  crisis: CrisisLine | null;
  /** Title of the article to read next, or null. */
  next: string | null;
  /** Where more is to be found, or null. */
  link: Link | null;
}

/** A web address as it is opened and as it is printed, and a picture of it that a telephone reads. */
export interface Link {
  href: string;
  shown: string;
  code: Drawing;
}

/** A part of this client's page, and the part of every client's that it was filled into. */
export interface Filled {
  part: Part;
  html: string;
}

/** Writes the handout as HTML of our vocabulary. Throws what Handlebars throws when a template names an unknown field. */
export function fill(saying: Saying): string {
  return fillParts(saying)
    .map(({ html }) => html)
    .join('');
}

/** The same, part by part. */
export function fillParts(given: Saying): Filled[] {
  const saying = discreetly(given);
  const { article, sections, choice, practice } = saying;
  const clinician = bound(choice.clinician ?? practice.clinician);
  const own = ownOf(saying, clinician);
  return frameOf(article, sections, factsOf(saying, clinician)).map((part) => ({ part, html: filled(part, own) }));
}

function filled({ texts, places }: Part, own: ReadonlyMap<string, string>): string {
  let html = texts[0] ?? '';
  for (const [at, place] of places.entries()) html += ownAt(place, own) + texts[at + 1];
  return html;
}

/** Words that somebody typed never go missing without a sound. */
function ownAt(place: string, own: ReadonlyMap<string, string>): string {
  const html = own.get(place);
  if (html === undefined) throw new Error(`Nothing is written for the place “${place}” of the page.`);
  return html;
}

/** What is this client's own, by the place where it belongs. */
function ownOf({ article, sections, choice, practice }: Saying, clinician: string): Map<string, string> {
  const { lang } = article;
  const words = wordsOf(lang);
  const typed = fillTyped(choice, {
    words,
    lang,
    date: choice.discreet ? '' : sayDate(choice.date, lang, practice.country),
    clinician,
    signature: signature(clinician, choice, practice),
  });
  const fields = { client: choice.client, clinician, practice: practice.name };
  const speaking = sections.filter(({ personal }) => personal);
  return new Map([
    ...Object.entries(typed),
    ...speaking.map((section) => [`section ${section.id}`, fillSection(section, fields, lang)] as const),
  ]);
}

/** Anything can be typed where the clinician's name belongs, so it is no fact of a page that does not say it. */
export function factsOf(saying: Saying, clinician: string): Facts {
  const { choice, sections, practice, next, link } = saying;
  return {
    ...letterheadOf(practice),
    discreet: choice.discreet,
    country: practice.country,
    clinician: sections.some(({ html }) => html.includes('clinician')) ? clinician : '',
    crisis: helpLine(saying),
    next,
    link: link === null ? null : { href: link.href, shown: link.shown },
  };
}

/** What stands at the foot of every page, the most needed first: which edition this is, the practice, how to reach it. */
export function footParts({
  choice,
  article,
  practice,
}: Pick<Saying, 'article' | 'practice'> & { choice: Pick<Choice, 'discreet'> }): string[] {
  const updated = sayDate(article.updated, article.lang, practice.country);
  if (choice.discreet) return [say(wordsOf(article.lang).edition, { updated })];
  const edition = `${article.title} ${article.version}, ${updated}`;
  return [edition, practice.name, ...practice.contact.slice(-1)].filter((text) => text !== '');
}

/** A title is not parted from the name: `Dr. Lee` stays on one line. */
function bound(name: string): string {
  return name.replace(/^(Dra?|Mr|Mrs|Ms|Mx|Prof)(\.?) /u, '$1$2\u00a0');
}

function signature(clinician: string, choice: Choice, practice: Practice): string {
  const own = choice.clinician === undefined || choice.clinician === practice.clinician;
  return own && practice.credentials !== '' && clinician !== '' ? `${clinician}, ${practice.credentials}` : clinician;
}

/** The practice's own line, else the country's; the caller has made sure that one of them is there. */
function helpLine({ article, practice, crisis }: Saying): { number: string; text: string; lang: string } {
  if (practice.crisisLine !== '' || crisis === null)
    return { number: numberIn(practice.crisisLine), text: practice.crisisLine, lang: article.lang };
  const ours = [article.lang, article.lang.split('-')[0]!, 'en'];
  const lang = ours.find((one) => crisis.text[one] !== undefined) ?? 'en';
  return { number: crisis.number, text: crisis.text[lang] ?? '', lang };
}

/** The first telephone number of a line, to be set large above it: three digits at least. */
function numberIn(line: string): string {
  const found = /\+?\(?\d[\d\s().\u00a0-]*\d/gu;
  return (
    line
      .match(found)
      ?.find((number) => number.replace(/\D/gu, '').length >= 3)
      ?.trim() ?? ''
  );
}
