// The nouns of a merged handout: what is said, in order, before it has a place. Types only.
import type { Drawing } from '../content/article.ts';

export type { Drawing, Label, Outline, Step, Stroke } from '../content/article.ts';

/** A stretch of text with one look. Text is logical order, NFC, whitespace collapsed (NBSP kept). */
export interface Inline {
  text: string;
  bold?: boolean;
  italic?: boolean;
  /** Absolute http(s), mailto or tel address. */
  link?: string;
  /** BCP 47, when it differs from the block's. */
  lang?: string;
  /** A forced line break follows the text. */
  breakAfter?: boolean;
}

export type ParagraphStyle = 'body' | 'for' | 'message' | 'small' | 'number' | 'signature';
export type BoxStyle = 'message' | 'callout' | 'caution' | 'note' | 'try' | 'plan' | 'help';

/** What every block carries. */
export interface Base {
  /** file:line of the article, for messages. */
  source?: string;
  /** A client's field was read in it: lay out afresh for every client, keep nothing. */
  personal: boolean;
  /** BCP 47, when it differs from the handout's. */
  lang?: string;
  /** Base direction, when it differs from the handout's; `auto` = that of the first letter that has one. */
  dir?: 'ltr' | 'rtl' | 'auto';
}

export type Block =
  | (Base & {
      kind: 'masthead';
      logo: { image: string; alt: string } | null;
      name: readonly Inline[];
      contact: readonly Inline[];
    })
  | (Base & { kind: 'heading'; level: 1 | 2 | 3; inlines: readonly Inline[] })
  | (Base & { kind: 'paragraph'; style: ParagraphStyle; inlines: readonly Inline[] })
  | (Base & { kind: 'list'; marker: 'bullet' | 'number' | 'check'; items: readonly (readonly Block[])[] })
  | (Base & { kind: 'box'; style: BoxStyle; blocks: readonly Block[] })
  | (Base & {
      kind: 'table';
      /** Empty cells are there to write in. */
      sheet: boolean;
      caption: readonly Inline[];
      head: readonly (readonly Inline[])[];
      rows: readonly (readonly (readonly Inline[])[])[];
    })
  /** `drawing` is null for a picture of pixels. */
  | (Base & {
      kind: 'figure';
      image: string;
      drawing: Drawing | null;
      alt: string;
      caption: readonly Inline[];
      /** The caption stands beside the picture, which keeps its size. */
      beside: boolean;
    })
  /** Lines to write on: so many, or the rest of the page; the label above them, or beside where there is room. */
  | (Base & { kind: 'lines'; count: number | 'fill'; beside: boolean; label: readonly Inline[] })
  /** 0 to 10, with words at both ends. */
  | (Base & { kind: 'scale'; label: readonly Inline[]; from: readonly Inline[]; to: readonly Inline[] })
  | (Base & { kind: 'section'; id: string; heading: readonly Inline[]; blocks: readonly Block[] });

/** A whole handout before layout. */
export interface Sheet {
  lang: string;
  dir: 'ltr' | 'rtl';
  title: string;
  blocks: readonly Block[];
  /** For the foot of every page, the most needed first; the page count is added by layout. */
  foot: readonly string[];
  /** `{page}` and `{pages}` are replaced. */
  pageWords: string;
  /** Nothing but the words on the page may say what it is about. */
  discreet: boolean;
  /** What there is to write on can be typed into on screen, too. */
  fillable: boolean;
}
