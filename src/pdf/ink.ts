// Colours by name and the palette of a document in, PDF colour operators out.
import type { Colour } from '../layout/page.ts';
import type { Palette, Rgb } from './palette.ts';

/** `rg` for filling and text, `RG` for lines; components with three decimals. */
export function ink(palette: Palette, colour: Colour, operator: 'rg' | 'RG'): string {
  let parts = inked.get(palette[colour]);
  if (parts === undefined) {
    parts = palette[colour].map((part) => num(part / 255)).join(' ');
    inked.set(palette[colour], parts);
  }
  return `${parts} ${operator}`;
}

/** Said with every line of text. */
const inked = new WeakMap<Rgb, string>();

/** A number as PDF wants it: no exponent, three decimals at most, no negative zero. */
export function num(value: number): string {
  const thousandths = Math.round(value * 1000);
  const whole = Math.trunc(thousandths / 1000);
  const rest = Math.abs(thousandths % 1000);
  if (rest === 0) return String(whole);
  return `${thousandths < 0 && whole === 0 ? '-' : ''}${whole}.${DECIMALS[rest]}`;
}

/** By thousandths: to look for the shortest decimals of each number anew takes three times as long. */
const DECIMALS = Array.from({ length: 1000 }, (_, thousandths) => String(thousandths / 1000).slice(2));
