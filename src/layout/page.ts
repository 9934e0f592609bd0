// The nouns of a laid-out handout: where everything goes. Types only.
// Lengths are points; the origin is the top left corner of the page; y grows downwards.
import type { Outline } from '../merge/block.ts';

export type { Outline } from '../merge/block.ts';

export type FaceName = 'regular' | 'bold' | 'italic' | 'boldItalic';
export type Colour = 'ink' | 'accent' | 'quiet' | 'tint' | 'rule' | 'white' | 'link';

/** How wide and how tall text is. Implemented with the real fonts in `pdf/`, with 5 points per character in tests. */
export interface Measure {
  /** Advance width in points of `text`, one line, shaped as it will be drawn. */
  width(text: string, face: FaceName, size: number): number;
  /** Height above the baseline of a line of this face, as a share of the size. */
  ascent(face: FaceName): number;
  /** Depth below the baseline, as a share of the size; positive. */
  descent(face: FaceName): number;
  /** Size in pixels of a figure or of the logo (`logo`). */
  image(name: string): { width: number; height: number };
}

/** A place in the reading order that content is drawn into. Its identity is what counts. */
export interface Leaf {
  kind: 'leaf';
}

/** A structure element of tagged PDF (ISO 32000-1, 14.8.4). */
export interface Tag {
  kind: 'tag';
  type:
    | 'Sect'
    | 'H1'
    | 'H2'
    | 'H3'
    | 'P'
    | 'L'
    | 'LI'
    | 'Lbl'
    | 'LBody'
    | 'Table'
    | 'Caption'
    | 'THead'
    | 'TBody'
    | 'TR'
    | 'TH'
    | 'TD'
    | 'Figure'
    | 'Link'
    | 'Span'
    | 'Note'
    | 'Form'
    | 'Div';
  kids: (Tag | Leaf)[];
  lang?: string;
  alt?: string;
  /** Figure: its title. */
  title?: string;
  /** What is read instead of the glyphs (ISO 32000-1, 14.9.4). */
  actual?: string;
  /** L: how items are numbered. */
  numbering?: 'Disc' | 'Decimal' | 'Square' | 'None';
  /** TH: what it heads. */
  scope?: 'Column' | 'Row';
  /** Link: where it leads. */
  href?: string;
}

export interface TextMark {
  kind: 'text';
  leaf: Leaf | null;
  x: number;
  y: number;
  width: number;
  text: string;
  face: FaceName;
  size: number;
  colour: Colour;
  rtl: boolean;
}

/** A drawing from back to front; its parts are placed from its top left corner. */
export interface DrawingMark {
  kind: 'drawing';
  leaf: Leaf;
  x: number;
  y: number;
  width: number;
  height: number;
  parts: readonly (Outline | TextMark)[];
}

/** Something to draw. Marks without a leaf are artifacts. */
export type Mark =
  | TextMark
  | DrawingMark
  | { kind: 'image'; leaf: Leaf | null; x: number; y: number; width: number; height: number; image: string }
  | { kind: 'line'; x: number; y: number; x2: number; y2: number; thickness: number; colour: Colour }
  | {
      kind: 'rect';
      x: number;
      y: number;
      width: number;
      height: number;
      fill: Colour | null;
      stroke: Colour | null;
      thickness: number;
      radius: number;
    }
  /** An area that opens `tag.href`; draws nothing. */
  | { kind: 'link'; tag: Tag; x: number; y: number; width: number; height: number }
  /** An area to fill in on screen; draws nothing. `tag` is its Form element. */
  | { kind: 'field'; tag: Tag; field: Field; x: number; y: number; width: number; height: number };

/** What can be filled in there. `label` says what for: it is shown and read aloud. */
export type Field =
  | { kind: 'line' | 'lines'; label: string; size: number; rtl: boolean }
  | { kind: 'tick'; label: string }
  /** One of the choices of a group, of which one can be made. */
  | { kind: 'choice'; label: string; group: Group; value: string };

/** Its identity is what counts. */
export interface Group {
  label: string;
}

/** A horizontal slice that is never cut. */
export interface Strip {
  height: number;
  /** Space above, dropped at the top of a page. */
  gap: number;
  /**
   * Whether a page break may follow: never between a heading and its text, not within a panel that fits a page, and rather
   * not between the rows of a table: only where much of a page would stay empty.
   */
  keep: 'no' | 'rather' | 'if-it-fits' | 'always';
  /** y is measured from the strip's top. */
  marks: readonly Mark[];
  /** The panel this strip stands in; strips of one panel share the object. */
  panel: Panel | null;
  /** Set above this strip once more where it is the first of a page: the head of its table. Nobody reads it twice. */
  head?: Strip;
  /** Part of a picture: the text after it may come before it, where much of a page would else stay empty. */
  floats?: true;
  /** The last line of a box that takes the rest of the page. */
  fills?: true;
}

/** A tinted or ruled box behind strips; drawn once per page it appears on. */
export interface Panel {
  x: number;
  width: number;
  fill: Colour | null;
  stroke: { colour: Colour; thickness: number } | null;
  /** A thick rule along the reading edge. */
  edge: { colour: Colour; x: number; thickness: number } | null;
  /** Space inside, above the first line and below the last. */
  air: number;
}

/** One top-level block, laid out and not yet placed. */
export interface Galley {
  strips: readonly Strip[];
  tags: readonly Tag[];
  /** For the outline: headings in order, with the strip they stand in. */
  headings: readonly { level: 1 | 2 | 3; text: string; strip: number }[];
  personal: boolean;
}

/** Text, a strip a line. */
export interface SetText {
  strips: Strip[];
  /** What goes into the paragraph's structure element, in reading order. */
  kids: (Tag | Leaf)[];
}

/** What is set already, for one theme and measure. */
export interface Shelf {
  /** By block. */
  galleys: WeakMap<object, Galley>;
  /** By their words. */
  feet: Map<string, readonly Mark[]>;
  /** Our own headings over what is typed, by their words. */
  titles: Map<string, SetText>;
}

/** Strips `from` to `to` (exclusive) of a galley, the first one's top at `y`. */
export interface Placed {
  galley: Galley;
  from: number;
  to: number;
  y: number;
  /** Stands above the first strip once more. */
  head?: Strip;
}

export interface Page {
  placed: readonly Placed[];
  /** How far right of where the galleys were set: on the back of a sheet the binding edge is the other one. */
  shift: number;
  /** Running foot: artifacts. Empty on a blank back. */
  foot: readonly Mark[];
  /** The client's place in a pile, in the foot too; the only part of it that is not the same for every client. */
  stamp?: readonly Mark[];
}

export interface LaidOut {
  width: number;
  height: number;
  pages: readonly Page[];
  lang: string;
  dir: 'ltr' | 'rtl';
  title: string;
  /** The words of the first page's foot. */
  foot: string;
  /** The practice's colour, #rrggbb, or empty: the house's. */
  accent: string;
  /** The file says nothing but its title of what it is about: neither where it comes from nor what its sections are. */
  discreet: boolean;
}
