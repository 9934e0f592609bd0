// The nouns of the library: what an article is once read and checked. Types only.
import type { Problem } from '../errors.ts';

/** `core` can't be unticked; `more` is off by default; the others are ticked by default. */
export type SectionKind = 'core' | 'why' | 'how' | 'try' | 'more';

export interface Section {
  /** Stable, kebab-case, unique in the article, the same in every language. */
  id: string;
  kind: SectionKind;
  /** Plain text of the heading. */
  title: string;
  /** Body as a Handlebars source that writes HTML of our vocabulary; headings inside are h3. */
  html: string;
  /** True when the source reads a client's field, so that it must be merged for every client. */
  personal: boolean;
  /** True when the source can't be merged without a client's name (uses `client` outside `{{#if client}}`). */
  needsClient: boolean;
  /** Ids of sections that travel with this one (cautions). */
  requires: readonly string[];
  /** Ids of the sources it cites. */
  sources: readonly string[];
  /** What stands in its place on a discreet copy, where its own words could endanger the client; null where they don't. */
  discreet: Section | null;
  words: number;
  /** Flesch–Kincaid grade of the body; null where no formula is valid for the language or the text is too short. */
  grade: number | null;
  /** What the formulas of other languages, and of several sections together, need. */
  counts: { words: number; sentences: number; syllables: number };
  file: string;
  line: number;
}

export interface Source {
  id: string;
  /** The full citation as printed: authors, year, title, journal or body. */
  citation: string;
  url: string;
}

export interface Figure {
  /** File name as written in the article; unique in the library entry. */
  name: string;
  /** Absolute path of the picture in the article's language, or else of the one for all languages. */
  path: string;
  /** Of an SVG; null for a picture of pixels. */
  drawing: Drawing | null;
}

/** Colours go by name, so that a look can change them. */
export type Ink = 'ink' | 'accent' | 'quiet' | 'tint' | 'rule' | 'white';

/** A step of an outline, absolute. */
export type Step =
  | readonly [to: 'M' | 'L', x: number, y: number]
  | readonly [to: 'C', x1: number, y1: number, x2: number, y2: number, x: number, y: number]
  | readonly [to: 'Z'];

export interface Stroke {
  colour: Ink;
  width: number;
  cap: 'butt' | 'round' | 'square';
  join: 'miter' | 'round' | 'bevel';
  /** Lengths of dashes and gaps in turn; empty = a whole line. */
  dashes: readonly number[];
}

export interface Outline {
  kind: 'outline';
  steps: readonly Step[];
  fill: Ink | null;
  stroke: Stroke | null;
}

/** One line of words. `x` is where its anchor stands, `y` its baseline. */
export interface Label {
  kind: 'label';
  text: string;
  x: number;
  y: number;
  size: number;
  bold: boolean;
  anchor: 'start' | 'middle' | 'end';
  colour: Ink;
}

/** An SVG as it is drawn: transforms done, the origin at the top left corner, a unit is a point in standard print. */
export interface Drawing {
  title: string;
  width: number;
  height: number;
  /** From back to front. */
  shapes: readonly (Outline | Label)[];
  /** The file's text: it holds nothing but what was checked, and may stand in HTML as it is. */
  svg: string;
}

/** What the author tells the clinician who gives this; each one or more texts of plain sentences. */
export interface ClinicianNotes {
  why: readonly string[];
  introduce: readonly string[];
  notWhen: readonly string[];
  teachBack: readonly string[];
}

export interface Article {
  slug: string;
  /** BCP 47, for example `en`, `es`, `ar`. */
  lang: string;
  title: string;
  /** The main message: one sentence. */
  message: string;
  version: string;
  /** ISO dates. */
  written: string;
  updated: string;
  /** Who reviewed it as it is and when, once a practice signs; null until then. `due` is when it wants another look. */
  review: { by: string; on: string; due?: string | undefined } | null;
  topics: readonly string[];
  /** Everyday search words and phrases. */
  words: readonly string[];
  /** ICD-10-CM codes, for search. */
  conditions: readonly string[];
  /** Slug of the article to read next; the library has it in the same language. */
  next: string | null;
  /** For the clinician's copy; null where the author wrote none. */
  clinician: ClinicianNotes | null;
  /** Preset name -> section ids as the author ordered them; merge adds what must not be missing. Always has `one-page` and `full`. */
  presets: Readonly<Record<string, readonly string[]>>;
  sections: readonly Section[];
  sources: readonly Source[];
  figures: readonly Figure[];
  /** Where it was read from, for messages. */
  file: string;
}

/** What to print when the practice has no crisis line of its own. */
export interface CrisisLine {
  /** ISO 3166-1 alpha-2. */
  country: string;
  countryName: string;
  /** One sentence a person in need can act on, per language; `en` always. */
  text: Readonly<Record<string, string>>;
  /** The number set large, e.g. `988`. */
  number: string;
  source: string;
}

export interface Library {
  articles: readonly Article[];
  crisisLines: readonly CrisisLine[];
  /** Articles that the practice does not hand out, and why: `shelf.ts` takes them off. Absent where nobody has decided. */
  withheld?: readonly { article: Article; problem: Problem }[];
  /** Everything that kept a file out, with its place. */
  problems: readonly Problem[];
}
