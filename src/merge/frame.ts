// What a handout says to every client alike in, the parts of its page as HTML out, with places for what is one client's own.
import type { Article, Section } from '../content/article.ts';
import { editionOf, type Letterhead, mastheadOf } from './letterhead.ts';
import { compile, compileFile, ready, type Template } from './templates.ts';
import { say, wordsOf } from './words.ts';

/** All that a page depends on besides its article and sections. Nothing of a client may stand here: pages are kept by it. */
export interface Facts extends Letterhead {
  discreet: boolean;
  country: string;
  /** Who is named by the sections' text. */
  clinician: string;
  crisis: { number: string; text: string; lang: string };
  /** Title of the article to read next, or null. */
  next: string | null;
  link: { href: string; shown: string } | null;
}

/** HTML with places between its texts, one fewer than these; without any it is the same for every client. */
export interface Part {
  texts: readonly string[];
  places: readonly string[];
}

/** The pages of one article that were filled already, and the parts they share. */
interface Known {
  pages: Map<string, readonly Part[]>;
  parts: Map<string, Part>;
}

const known = new WeakMap<Article, Known>();
const MOST_KEPT = 500;

let template: Template | null = null;
const compiled = new WeakMap<Section, Template>();

/** Its last words send to the number below, so nothing comes between. */
const LEADS_TO_NUMBER = 'when-to-get-help';

/** A page is filled once; a part that it has in common with another page is the very same one. */
export function frameOf(article: Article, sections: readonly Section[], facts: Facts): readonly Part[] {
  const shelf = known.get(article) ?? { pages: new Map(), parts: new Map() };
  known.set(article, shelf);
  const key = JSON.stringify([sections.map(({ id }) => id), facts]);
  const page = shelf.pages.get(key) ?? partsOf(fillPage(article, sections, facts), shelf);
  shelf.pages.set(key, page);
  return page;
}

function partsOf(html: string, { pages, parts }: Known): Part[] {
  if (Math.max(pages.size, parts.size) >= MOST_KEPT) {
    pages.clear();
    parts.clear();
  }
  return html.split('<!--part-->').map((text) => {
    const part = parts.get(text) ?? partOf(text);
    parts.set(text, part);
    return part;
  });
}

function partOf(html: string): Part {
  const pieces = html.split(/<!--own ([\w -]+)-->/u);
  return { texts: pieces.filter((_, at) => at % 2 === 0), places: pieces.filter((_, at) => at % 2 === 1) };
}

function fillPage(article: Article, sections: readonly Section[], facts: Facts): string {
  template ??= compileFile('handout.hbs');
  const { lang, title, message } = article;
  const words = wordsOf(lang);
  const { clinician, link, next } = facts;
  const cited = article.sources.filter(({ id }) => sections.some(({ sources }) => sources.includes(id)));
  const isLed = sections.at(-1)?.id === LEADS_TO_NUMBER;
  return template({
    ...mastheadOf(facts),
    crisis: facts.crisis,
    edition: facts.discreet ? '' : editionOf(article, facts),
    words,
    title,
    message,
    next: next === null ? '' : say(words.next, { title: next }),
    link: link === null ? null : { ...link, alt: say(words.code, { address: link.shown }) },
    sources: cited.map((source) => ({ ...source, address: source.url.replace(/^https?:\/\/(www\.)?/u, '') })),
    isLed,
    sections: sections.map((section, index) => ({
      ...section,
      isLed: isLed && index === sections.length - 1,
      body: section.personal ? '' : ready(fillSection(section, { client: '', clinician, practice: facts.name }, lang)),
    })),
  });
}

/** Writes one section's HTML. The fields an article may use are these three; worksheets say the house's words. */
export function fillSection(
  section: Section,
  fields: { client: string; clinician: string; practice: string },
  lang: string,
): string {
  const write = compiled.get(section) ?? compile(section.html);
  compiled.set(section, write);
  return write({ ...fields, words: wordsOf(lang) });
}
