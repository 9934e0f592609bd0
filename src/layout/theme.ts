// How the page looks, in figures: paper and looks in, sizes, spaces and the page's geometry out. Points throughout.
import type { Colour, FaceName } from './page.ts';

export interface TextStyle {
  size: number;
  leading: number;
  face: FaceName;
  colour: Colour;
  /** Lines of like length, for what is read at a glance. */
  balanced?: true;
}

export interface Theme {
  /** Says every look: what is laid out with one key may be used again with the same one, and with no other. */
  key: string;
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
  /** The largest scale of a drawing, whose units are points in standard print. */
  drawing: number;
  indent: number;
  padding: number;
  /** Italics are left out in large print (ACB guidelines, 2.4). */
  italics: boolean;
  /** Between writing lines: at least 8 mm, 11 mm in large print. */
  writing: number;
  /** A box a pen can tick: at least 4 mm. */
  tickBox: number;
  /** Nothing is filled; outlines are thin. */
  inkSaving: boolean;
  /** How much further right a back stands than a front: its binding edge is the other one. */
  backShift: number;
  /** The practice's colour, #rrggbb, or empty: the house's. */
  accent: string;
}

/** How far a page is closed to fit: 0 not at all; 1 the spaces; then the size too, or in large print the lines. */
export type Step = 0 | 1 | 2 | 3;

export interface Looks {
  inkSaving: boolean;
  binder: boolean;
  accent: string;
  step: Step;
}

interface Paper {
  width: number;
  height: number;
}

const PAPERS = { letter: { width: 612, height: 792 }, a4: { width: 595.28, height: 841.89 } } as const;
const MM = 72 / 25.4;
const USUAL: Looks = { inkSaving: false, binder: false, accent: '', step: 0 };

/** Body size, leading and share of the usual spaces. Sizes go down to 11 points, and no further. */
const STANDARD = [
  { size: 12, leading: 17, air: 1 },
  { size: 12, leading: 16, air: 0.7 },
  { size: 11.5, leading: 15.25, air: 0.7 },
  { size: 11, leading: 14.5, air: 0.7 },
] as const;

/** Large print is never set smaller than 18 points, nor closer than 1.15 (ACB guidelines): its spaces close, then its lines. */
const LARGE = [
  { leading: 23, air: 1 },
  { leading: 23, air: 0.7 },
  { leading: 21, air: 0.7 },
] as const;

/** The figures of one look. Large print follows the ACB rules: 18 pt, headings 22 and 20 bold, one-inch margins. */
export function themeOf(paper: 'letter' | 'a4', largePrint: boolean, looks: Partial<Looks> = {}): Theme {
  const { inkSaving, binder, accent, step } = { ...USUAL, ...looks };
  const key = [paper, largePrint, inkSaving, binder, accent, step].join(' ');
  const known = themes.get(key);
  if (known !== undefined) return known;
  const figures = (largePrint ? large : standard)(PAPERS[paper], binder, step);
  const theme = { ...figures, key, inkSaving, accent };
  if (themes.size >= MOST_THEMES) themes.clear();
  themes.set(key, theme);
  return theme;
}

/** Asked for with every handout. Each colour that a practice tries has more of them. */
const themes = new Map<string, Theme>();
const MOST_THEMES = 100;

/** The steps there are to fit a page, from the roomiest on. */
export function stepsOf(largePrint: boolean): readonly Step[] {
  return largePrint ? [0, 1, 2] : [0, 1, 2, 3];
}

type Figures = Omit<Theme, 'key' | 'inkSaving' | 'accent'>;

/**
 * The margins of a page for a binder: an inch for the holes (they end 15 mm from the edge, ISO 838), and at the other side
 * as little as still leaves them room where both pages of a sheet come out as fronts.
 */
const BINDING = { inner: 72, outer: 44 };

function standard({ width, height }: Paper, binder: boolean, step: Step): Figures {
  const { size, leading, air } = STANDARD[step];
  const { inner, outer } = binder ? BINDING : { inner: 48, outer: 48 };
  const hang = 102;
  const gutter = 24;
  const text = { size, leading, face: 'regular', colour: 'ink' } as const;
  const scale = size / 12;
  const column = width - inner - outer - hang - gutter;
  return {
    page: { width, height, top: step === 0 ? 48 : 42, bottom: step === 0 ? 52 : 48 },
    margin: { x: inner, width: hang },
    text: { x: inner + hang + gutter, width: Math.min(400, column) },
    footBaseline: height - 30,
    footLines: 1,
    logoHeight: 40,
    body: text,
    title: { size: 27 * scale, leading: 32 * scale, face: 'bold', colour: 'ink', balanced: true },
    heading: { ...text, face: 'bold', colour: 'accent', balanced: true },
    subheading: { ...text, face: 'bold' },
    lead: { ...text, colour: 'quiet' },
    message: { size: 15.5 * scale, leading: (21.5 * leading) / 17, face: 'regular', colour: 'ink', balanced: true },
    number: { size: 20, leading: (25.5 * leading) / 17, face: 'bold', colour: 'accent' },
    small: { size: 9.5, leading: (12.75 * leading) / 17, face: 'regular', colour: 'quiet' },
    foot: { size: 9, leading: 12, face: 'regular', colour: 'quiet' },
    space: { paragraph: 8.5 * air, item: 4.25 * air, section: 19 * air, title: 7 * air },
    shortSection: 120,
    drawing: 1,
    indent: 15,
    padding: 13,
    italics: true,
    writing: 8.5 * MM,
    tickBox: 4.2 * MM,
    backShift: outer - inner,
  };
}

function large({ width, height }: Paper, binder: boolean, step: Step): Figures {
  const { leading, air } = LARGE[step === 3 ? 2 : step];
  const outer = 72;
  const inner = binder ? 84 : outer;
  const text = { size: 18, leading, face: 'regular', colour: 'ink' } as const;
  return {
    page: { width, height, top: 72, bottom: 94 },
    margin: { x: inner, width: 0 },
    text: { x: inner, width: width - inner - outer },
    footBaseline: height - 36,
    footLines: 2,
    logoHeight: 48,
    body: text,
    title: { size: 28, leading: 34, face: 'bold', colour: 'ink', balanced: true },
    heading: { size: 22, leading: 28, face: 'bold', colour: 'ink', balanced: true },
    subheading: { size: 20, leading: 26, face: 'bold', colour: 'ink' },
    lead: text,
    message: { size: 20, leading: 27, face: 'regular', colour: 'ink', balanced: true },
    number: { size: 28, leading: 34, face: 'bold', colour: 'ink' },
    small: { ...text, leading: 21 },
    foot: text,
    space: { paragraph: 12 * air, item: 7 * air, section: 28 * air, title: 10 * air },
    shortSection: 160,
    drawing: 2,
    indent: 24,
    padding: 16,
    italics: false,
    writing: 11.5 * MM,
    tickBox: 6 * MM,
    backShift: outer - inner,
  };
}
