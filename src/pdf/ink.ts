// Colours by name in, PDF colour operators out. Each text colour keeps 4.5:1 on white and on the tint, also in grey.
import type { Colour } from '../layout/page.ts';

const RGB: Readonly<Record<Colour, readonly [number, number, number]>> = {
  ink: [0x1d, 0x22, 0x24],
  accent: [0x1c, 0x57, 0x57],
  quiet: [0x55, 0x5c, 0x5d],
  tint: [0xf5, 0xf1, 0xe8],
  rule: [0xb9, 0xb4, 0xa8],
  link: [0x16, 0x4f, 0x6e],
};

/** `rg` for filling and text, `RG` for lines; components with three decimals. */
export function ink(colour: Colour, operator: 'rg' | 'RG'): string {
  return `${RGB[colour].map((part) => num(part / 255)).join(' ')} ${operator}`;
}

/** A number as PDF wants it: no exponent, three decimals at most, no negative zero. */
export function num(value: number): string {
  const rounded = Math.round(value * 1000) / 1000;
  return String(Object.is(rounded, -0) ? 0 : rounded);
}
