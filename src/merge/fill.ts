// What is said to this client: a choice, its article, sections and practice in, one HTML document out.
import type { Article, CrisisLine, Drawing, Section } from '../content/article.ts';
import type { Choice } from './choice.ts';
import { discreetly } from './discreet.ts';
import { type Facts, fillSection, frameOf, type Part } from './frame.ts';
import { letterheadOf } from './letterhead.ts';
import type { Practice } from './practice.ts';
import { fillTyped, type Writing } from './typed.ts';
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

/** A page that is all there but for what is typed: its parts, who writes it, and its sections that speak to the client. */
export interface Page {
  parts: readonly Part[];
  writing: Writing;
  /** HTML by place. */
  speaking: ReadonlyMap<string, string>;
}

/** Writes the handout as HTML of our vocabulary. Throws what Handlebars throws when a template names an unknown field. */
export function fill(given: Saying): string {
  const saying = discreetly(given);
  const { parts, writing, speaking } = pageOf(saying);
  const own = new Map([...Object.entries(fillTyped(saying.choice, writing)), ...speaking]);
  return parts.map((part) => filled(part, own)).join('');
}

/** What is not said on a discreet copy is left out already. */
export function pageOf(saying: Saying): Page {
  const { article, sections, choice, practice } = saying;
  const clinician = bound(choice.clinician ?? practice.clinician);
  const fields = { client: choice.client, clinician, practice: practice.name };
  const speaking = sections.filter(({ personal }) => personal);
  return {
    parts: frameOf(article, sections, factsOf(saying, clinician)),
    writing: writingOf(saying, clinician),
    speaking: new Map(
      speaking.map((section) => [`section ${section.id}`, fillSection(section, fields, article.lang)] as const),
    ),
  };
}

/** A part with what stands in its places. */
export function filled({ texts, places }: Part, own: ReadonlyMap<string, string>): string {
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

function writingOf({ article, choice, practice }: Saying, clinician: string): Writing {
  const { lang } = article;
  const date = choice.discreet ? '' : sayDate(choice.date, lang, practice.country);
  return { words: wordsOf(lang), lang, date, clinician, signature: signature(clinician, choice, practice) };
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
  return name.trim().replace(/^(Dra?|Mr|Mrs|Ms|Mx|Prof)(\.?) /u, '$1$2\u00a0');
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
