// A practice's colour in, the inks of the page out; two inks in, how well one is read on the other, in colour and in grey.
import type { Colour } from '../layout/page.ts';

export type Rgb = readonly [number, number, number];
export type Palette = Readonly<Record<Colour, Rgb>>;

const HOUSE: Palette = {
  ink: [0x1d, 0x22, 0x24],
  accent: [0x1c, 0x57, 0x57],
  quiet: [0x55, 0x5c, 0x5d],
  tint: [0xf5, 0xf1, 0xe8],
  rule: [0xb9, 0xb4, 0xa8],
  white: [0xff, 0xff, 0xff],
  link: [0x16, 0x4f, 0x6e],
};

/** WCAG 2.2, 1.4.3: the least contrast of text. */
export const LEAST_CONTRAST = 4.5;

/** As much of the colour as leaves the tint under 7 % grey. */
const DARKEST_TINT = 255 * 0.94;

/** The house's inks, or the practice's colour in the accent's place with a tint mixed from it. */
export function paletteOf(accent: string): Palette {
  if (accent === '') return HOUSE;
  const colour = rgbOf(accent);
  return { ...HOUSE, accent: colour, tint: tintOf(colour) };
}

/** The inks that words are printed in. */
export const TEXT_INKS: readonly Colour[] = ['ink', 'accent', 'quiet', 'link'];

/** The lowest contrast that any words have on white or on the tint, as printed in colour and in grey. */
export function lowestContrast(palette: Palette): number {
  const grounds = [palette.white, palette.tint];
  return Math.min(
    ...TEXT_INKS.flatMap((ink) =>
      grounds.flatMap((ground) => [contrast(palette[ink], ground), contrast(inGrey(palette[ink]), inGrey(ground))]),
    ),
  );
}

export function rgbOf(colour: string): Rgb {
  const part = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

export function hexOf(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** Every part of the colour the same share darker: its hue stays. */
export function darker([red, green, blue]: Rgb, share: number): Rgb {
  const part = (value: number) => Math.floor(value * share);
  return [part(red), part(green), part(blue)];
}

/** What a printer without colours makes of one (ITU-R BT.601, as drivers do). */
export function inGrey(colour: Rgb): Rgb {
  const grey = Math.round(luma(colour));
  return [grey, grey, grey];
}

/** WCAG 2.2: from 1 (the same) to 21 (black on white). */
export function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function tintOf(colour: Rgb): Rgb {
  const share = Math.min(0.1, (255 - DARKEST_TINT) / Math.max(1, 255 - luma(colour)));
  const part = (value: number) => Math.round(255 - (255 - value) * share);
  return [part(colour[0]), part(colour[1]), part(colour[2])];
}

function luma([red, green, blue]: Rgb): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
