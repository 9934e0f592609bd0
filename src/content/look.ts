// How an element of an SVG looks: its attributes and what it inherits in, a look with its colours by name out.
import type { Ink, Stroke } from './article.ts';
import { numbersIn } from './path-data.ts';
import type { Tell } from './problems.ts';
import type { SvgElement } from './svg.ts';

/** The colours of the page as a browser shows them; the same as in `pdf/ink.ts`. */
export const PALETTE: Readonly<Record<Ink, string>> = {
  ink: '#1d2224',
  accent: '#1c5757',
  quiet: '#555c5d',
  tint: '#f5f1e8',
  rule: '#b9b4a8',
  white: '#ffffff',
};

export interface Look {
  /** Undefined until an element says it: SVG would take black. */
  fill: Ink | null | undefined;
  stroke: Ink | null;
  width: number;
  cap: Stroke['cap'];
  join: Stroke['join'];
  dashes: readonly number[];
  size: number | null;
  bold: boolean;
  anchor: 'start' | 'middle' | 'end';
}

/** What SVG takes where nothing is said. */
export const PLAIN: Look = {
  fill: undefined,
  stroke: null,
  width: 1,
  cap: 'butt',
  join: 'miter',
  dashes: [],
  size: null,
  bold: false,
  anchor: 'start',
};

/** Allowed on every element that draws or groups, and inherited. */
export const LOOKS: readonly string[] = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-dasharray',
  'font-size',
  'font-weight',
  'text-anchor',
];

export function lookOf(element: SvgElement, outer: Look, tell: Tell): Look {
  const word = <T>(name: string, words: Readonly<Record<string, T>>, otherwise: T): T => {
    const written = element.attributes[name];
    if (written === undefined) return otherwise;
    if (Object.hasOwn(words, written)) return words[written]!;
    tell(element.line, `${name}="${written}" can’t be drawn.`, `Write one of: ${Object.keys(words).join(', ')}.`);
    return otherwise;
  };
  const length = (name: string) =>
    element.attributes[name] === undefined ? null : numberOf(element, name, tell, { least: 0.5 });
  return {
    fill: colourOf(element, 'fill', outer.fill, tell),
    stroke: colourOf(element, 'stroke', outer.stroke, tell) ?? null,
    width: length('stroke-width') ?? outer.width,
    cap: word('stroke-linecap', { butt: 'butt', round: 'round', square: 'square' } as const, outer.cap),
    join: word('stroke-linejoin', { miter: 'miter', round: 'round', bevel: 'bevel' } as const, outer.join),
    dashes: dashesOf(element, outer.dashes, tell),
    size: length('font-size') ?? outer.size,
    bold: word('font-weight', { normal: false, 400: false, bold: true, 700: true }, outer.bold),
    anchor: word('text-anchor', { start: 'start', middle: 'middle', end: 'end' } as const, outer.anchor),
  };
}

/** A plain number; 0, with a problem told, where there is none. */
export function numberOf(
  { attributes, line, name: element }: SvgElement,
  name: string,
  tell: Tell,
  { least = -10_000, otherwise }: { least?: number; otherwise?: number } = {},
): number {
  const written = attributes[name];
  if (written === undefined && otherwise !== undefined) return otherwise;
  const [number, ...more] = numbersIn(written ?? '') ?? [];
  if (number !== undefined && more.length === 0 && number >= least) return number;
  const said = written === undefined ? `has no ${name}` : `has ${name}="${written}"`;
  const from = least === -10_000 ? '' : ` from ${least} on`;
  tell(line, `This <${element}> ${said}.`, `Write a plain number${from}, without a unit.`);
  return 0;
}

function colourOf<T>({ attributes, line }: SvgElement, name: string, outer: T, tell: Tell): Ink | null | T {
  const written = attributes[name];
  if (written === undefined) return outer;
  if (written === 'none') return null;
  const known = (Object.keys(PALETTE) as Ink[]).find((ink) => PALETTE[ink] === written.toLowerCase());
  if (known !== undefined) return known;
  const palette = Object.entries(PALETTE).map(([ink, hex]) => `${hex} (${ink})`);
  tell(line, `${name}="${written}" is no colour of the page.`, `Write none, ${palette.join(', ')}.`);
  return outer;
}

function dashesOf({ attributes, line }: SvgElement, outer: readonly number[], tell: Tell): readonly number[] {
  const written = attributes['stroke-dasharray'];
  if (written === undefined) return outer;
  if (written === 'none') return [];
  const dashes = numbersIn(written);
  if (dashes !== null && dashes.length > 0 && dashes.every((dash) => dash > 0)) return dashes;
  tell(line, `stroke-dasharray="${written}" can’t be drawn.`, 'Write lengths above 0, such as 4 3, or none.');
  return outer;
}
