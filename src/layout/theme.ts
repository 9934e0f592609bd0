// How the page looks, in figures: paper and looks in, sizes, spaces and the page's geometry out. Points throughout.
import type { Colour, FaceName } from './page.ts';

export interface TextStyle {
  size: number;
  leading: number;
  face: FaceName;
  colour: Colour;
}

export interface Theme {
  page: { width: number; height: number; top: number; bottom: number };
  /** The column that section headings hang in, at the reading edge; width 0 = headings stand above the text. */
  margin: { x: number; width: number };
  /** The column of the text. */
  text: { x: number; width: number };
  /** Baseline of the last foot line, from the top of the page, and how many lines there may be. */
  footBaseline: number;
  footLines: number;
  logoHeight: number;
  body: TextStyle;
  title: TextStyle;
  heading: TextStyle;
  subheading: TextStyle;
  lead: TextStyle;
  message: TextStyle;
  number: TextStyle;
  small: TextStyle;
  foot: TextStyle;
  /** Spaces above: between paragraphs, list items, sections, and round panels. */
  space: { paragraph: number; item: number; section: number; title: number };
  /** A section lower than this is not cut. */
  shortSection: number;
  indent: number;
  padding: number;
  /** Italics are left out in large print (ACB guidelines, 2.4). */
  italics: boolean;
  /** Between writing lines: at least 8 mm, 11 mm in large print. */
  writing: number;
  /** A box a pen can tick: at least 4 mm. */
  tickBox: number;
}

const PAPERS = { letter: { width: 612, height: 792 }, a4: { width: 595.28, height: 841.89 } } as const;
const MM = 72 / 25.4;

/** The figures of one look. Large print follows the ACB rules: 18 pt, headings 22 and 20 bold, one-inch margins. */
export function themeOf(paper: 'letter' | 'a4', largePrint: boolean): Theme {
  return largePrint ? large(PAPERS[paper]) : standard(PAPERS[paper]);
}

function standard({ width, height }: { width: number; height: number }): Theme {
  const side = 48;
  const hang = 106;
  const gutter = 20;
  const text = { size: 12, leading: 17, face: 'regular', colour: 'ink' } as const;
  return {
    page: { width, height, top: 48, bottom: 52 },
    margin: { x: side, width: hang },
    text: { x: side + hang + gutter, width: Math.min(400, width - 2 * side - hang - gutter) },
    footBaseline: height - 30,
    footLines: 1,
    logoHeight: 40,
    body: text,
    title: { size: 27, leading: 32, face: 'bold', colour: 'ink' },
    heading: { ...text, face: 'bold', colour: 'accent' },
    subheading: { ...text, face: 'bold' },
    lead: { ...text, colour: 'quiet' },
    message: { size: 15.5, leading: 21.5, face: 'regular', colour: 'ink' },
    number: { size: 20, leading: 25.5, face: 'bold', colour: 'accent' },
    small: { size: 9.5, leading: 12.75, face: 'regular', colour: 'quiet' },
    foot: { size: 9, leading: 12, face: 'regular', colour: 'quiet' },
    space: { paragraph: 8.5, item: 4.25, section: 19, title: 7 },
    shortSection: 120,
    indent: 15,
    padding: 13,
    italics: true,
    writing: 8.5 * MM,
    tickBox: 4.2 * MM,
  };
}

function large({ width, height }: { width: number; height: number }): Theme {
  const side = 72;
  const column = { x: side, width: width - 2 * side };
  const text = { size: 18, leading: 23, face: 'regular', colour: 'ink' } as const;
  return {
    page: { width, height, top: 72, bottom: 84 },
    margin: { x: side, width: 0 },
    text: column,
    footBaseline: height - 36,
    footLines: 2,
    logoHeight: 48,
    body: text,
    title: { size: 28, leading: 34, face: 'bold', colour: 'ink' },
    heading: { size: 22, leading: 28, face: 'bold', colour: 'ink' },
    subheading: { size: 20, leading: 26, face: 'bold', colour: 'ink' },
    lead: text,
    message: { size: 20, leading: 27, face: 'regular', colour: 'ink' },
    number: { size: 28, leading: 34, face: 'bold', colour: 'ink' },
    small: text,
    foot: text,
    space: { paragraph: 12, item: 7, section: 28, title: 10 },
    shortSection: 160,
    indent: 24,
    padding: 16,
    italics: false,
    writing: 11.5 * MM,
    tickBox: 6 * MM,
  };
}
