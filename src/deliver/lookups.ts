// A library in, its articles by what staff call them out; what many rows share is looked up once.
import type { Article, Library, Section } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import { findArticle } from '../make/find.ts';
import type { Choice } from '../merge/choice.ts';
import { chooseSections } from '../merge/choose.ts';
import type { Preset } from '../merge/preset.ts';
import { plain } from './headings.ts';

/** `languages` are those in which it has the title that was written; empty when it was named by its slug. */
export interface NamedArticle {
  slug: string;
  languages: readonly string[];
  /** Where a choice that the practice saved was named rather than an article. */
  saved?: Preset['choice'];
}

export interface Lookups {
  /** The articles and saved choices a cell names, in order; null for each that does not exist. */
  articles(text: string): (NamedArticle | null)[];
  /** A choice that the practice saved, by name in any writing. */
  saved(name: string): NamedArticle | null;
  /** An article's preset by name in any writing; null for what no article has. */
  preset(text: string): string | null;
  /** Sections of an article by id or heading; null for each that does not exist. */
  sections(text: string, slug: string): (string | null)[];
  /** As `makeHandout` finds them. */
  chosen(choice: Pick<Choice, 'article' | 'language' | 'sections' | 'preset'>): Chosen;
}

export interface Chosen {
  sections: readonly Section[];
  problems: readonly Problem[];
}

export function openLookups(library: Library, choices: readonly Preset[] = []): Lookups {
  const named = namesOf([...library.articles, ...(library.withheld ?? []).map(({ article }) => article)]);
  const presets = new Map(
    library.articles.flatMap((one) => Object.keys(one.presets).map((name) => [plain(name), name])),
  );
  const kept = savedOf(choices);
  const saved = (name: string) => kept.get(name) ?? kept.get(plain(name)) ?? null;
  // What the practice named itself is meant before a title that happens to be alike.
  const one = (text: string) => saved(text) ?? named.get(plain(text)) ?? null;
  return {
    articles: remembered((text) => pieces(text, one)),
    saved,
    preset: (text) => presets.get(plain(text)) ?? null,
    sections(text, slug) {
      const all = library.articles.filter((article) => article.slug === slug).flatMap(({ sections }) => sections);
      return pieces(
        text,
        (piece) => all.find(({ id, title }) => [id, title].map(plain).includes(plain(piece)))?.id ?? null,
      );
    },
    chosen: rememberedBy(
      ({ article, language, preset, sections }) => JSON.stringify([article, language, preset, sections]),
      (choice) => {
        const found = findArticle(library, choice);
        return found.article === null
          ? { sections: [], problems: found.problems }
          : chooseSections(found.article, choice);
      },
    ),
  };
}

function namesOf(articles: readonly Article[]): Map<string, NamedArticle> {
  const named = new Map<string, NamedArticle>();
  for (const { slug, lang, title } of articles) {
    const known = named.get(plain(title));
    const languages = known?.slug === slug ? [...known.languages, lang] : [lang];
    if (known === undefined || known.slug === slug) named.set(plain(title), { slug, languages });
  }
  for (const { slug } of articles) named.set(plain(slug), { slug, languages: [] });
  return named;
}

/** By the very name, and in any writing; the one used last where two are alike. */
function savedOf(choices: readonly Preset[]): Map<string, NamedArticle> {
  const named = new Map<string, NamedArticle>();
  for (const { name, choice } of choices.toReversed()) {
    const one = { slug: choice.article, languages: [], saved: choice };
    if (plain(name) !== '') named.set(plain(name), one);
  }
  for (const { name, choice } of choices) named.set(name, { slug: choice.article, languages: [], saved: choice });
  return named;
}

/** A title may hold commas: the largest piece that is known is taken. */
function pieces<T>(text: string, find: (piece: string) => T | null): (T | null)[] {
  const whole = find(text);
  if (whole !== null) return [whole];
  const parted =
    text.includes(';') || text.includes('\n') || text.includes('|') ? text.split(/[;\n|]/u) : text.split(',');
  const filled = parted.filter((piece) => piece.trim() !== '');
  if (parted.length === 1) return [null];
  return filled.flatMap((piece) => pieces(piece, find));
}

function remembered<T>(find: (text: string) => T): (text: string) => T {
  return rememberedBy((text) => text, find);
}

function rememberedBy<Q, T>(keyOf: (asked: Q) => string, find: (asked: Q) => T): (asked: Q) => T {
  const known = new Map<string, T>();
  return (asked) => {
    const key = keyOf(asked);
    const found = known.get(key) ?? find(asked);
    known.set(key, found);
    return found;
  };
}
