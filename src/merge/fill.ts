// What is said to this client: a choice, its article, sections and practice in, one HTML document out.
import { createHash } from 'node:crypto';
import type { Article, CrisisLine, Drawing, Section } from '../content/article.ts';
import type { Choice } from './choice.ts';
import { discreetly } from './discreet.ts';
import type { Practice } from './practice.ts';
import { compile, compileFile, ready, type Template } from './templates.ts';
import { typedSections } from './typed.ts';
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

let handout: Template | null = null;
const compiled = new WeakMap<Section, Template>();
const logoNames = new WeakMap<Buffer, string>();

/** Its last words send to the number below, so nothing comes between. */
const LEADS_TO_NUMBER = 'when-to-get-help';

/** Writes the handout as HTML of our vocabulary. Throws what Handlebars throws when a template names an unknown field. */
export function fill(given: Saying): string {
  handout ??= compileFile('handout.hbs');
  const saying = discreetly(given);
  const { article, choice, practice } = saying;
  const words = wordsOf(article.lang);
  const clinician = bound(choice.clinician ?? practice.clinician);
  const { before, after } = typedSections(choice, {
    words,
    lang: article.lang,
    noteHeading: clinician === '' ? words.note : say(words.noteFrom, { clinician }),
    signature: signature(clinician, choice, practice),
  });
  const isLed = saying.sections.at(-1)?.id === LEADS_TO_NUMBER;
  return handout({
    ...about(saying),
    words,
    lang: article.lang,
    forClient: choice.client === '' ? '' : say(words.for, { client: choice.client }),
    fromClinician: clinician === '' ? '' : say(words.from, { clinician }),
    date: choice.discreet ? '' : sayDate(choice.date, article.lang, practice.country),
    before,
    after: isLed ? '' : after,
    sections: saying.sections.map((section, index) => ({
      ...section,
      above: isLed && index === saying.sections.length - 1 ? after : '',
      body: ready(fillSection(section, { client: choice.client, clinician, practice: practice.name }, article.lang)),
    })),
    crisis: helpLine(saying),
  });
}

/** Writes one section's HTML. The fields an article may use are these three; worksheets say the house's words. */
export function fillSection(
  section: Section,
  fields: { client: string; clinician: string; practice: string },
  lang: string,
): string {
  let template = compiled.get(section);
  if (template === undefined) {
    template = compile(section.html);
    compiled.set(section, template);
  }
  return template({ ...fields, words: wordsOf(lang) });
}

/** The practice at the head of a page. */
export function letterhead({ name, contact, logo }: Practice) {
  return {
    masthead: name !== '' || contact.length > 0 || logo !== null,
    logo: logo === null ? null : logoName(logo),
    logoAlt: name === '' ? 'Logo' : name,
    practice: name,
    contact: contact.join(' · '),
  };
}

/** The logo's name in the HTML says which picture it is, so that nothing kept outlives a change of logo. */
export function logoName(logo: Buffer): string {
  let name = logoNames.get(logo);
  if (name === undefined) {
    name = `logo-${createHash('sha256').update(logo).digest('hex').slice(0, 16)}`;
    logoNames.set(logo, name);
  }
  return name;
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

/** What is said of the article; of its sources only those that the chosen sections rest on. */
function about({ choice, article, sections, practice, next, link }: Saying) {
  const words = wordsOf(article.lang);
  const cited = article.sources.filter(({ id }) => sections.some(({ sources }) => sources.includes(id)));
  return {
    title: article.title,
    message: article.message,
    next: next === null ? '' : say(words.next, { title: next }),
    link: link === null ? null : { ...link, alt: say(words.code, { address: link.shown }) },
    ...letterhead(practice),
    sources: cited.map((source) => ({ ...source, address: source.url.replace(/^https?:\/\/(www\.)?/u, '') })),
    edition: choice.discreet ? '' : editionOf(article, practice),
  };
}

/** When it was updated and who reviewed it. That nobody did is said to the clinician, not to the client. */
export function editionOf({ lang, updated, review }: Article, { country }: Practice): string {
  const words = wordsOf(lang);
  const edition = say(words.edition, { updated: sayDate(updated, lang, country) });
  if (review === null) return edition;
  return `${edition} ${say(words.reviewed, { by: review.by, on: sayDate(review.on, lang, country) })}`;
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
