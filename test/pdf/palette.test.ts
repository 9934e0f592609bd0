// Inks that everyone can read, in colour and from a grey printer, whatever colour a practice asks for.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readableInstead } from '../../src/make/colour.ts';
import {
  contrast,
  inGrey,
  LEAST_CONTRAST,
  lowestContrast,
  type Palette,
  paletteOf,
  rgbOf,
  TEXT_INKS,
} from '../../src/pdf/palette.ts';

const WHITE = [255, 255, 255] as const;
const colours = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)).map(hex);
function hex(parts: readonly number[]): string {
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
const grey = (palette: Palette) => 1 - inGrey(palette.tint)[0] / 255;

describe('the house’s inks', () => {
  const house = paletteOf('');

  it.each(TEXT_INKS)('reach 4.5:1 on white and on the tint, in colour and in grey: %s', (ink) => {
    for (const ground of [WHITE, house.tint]) {
      expect(contrast(house[ink], ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(inGrey(house[ink]), inGrey(ground))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('tint with less than 7 % grey', () => {
    expect(grey(house)).toBeLessThan(0.07);
  });

  it('are measured as WCAG measures', () => {
    expect(contrast([0, 0, 0], WHITE)).toBeCloseTo(21);
    expect(contrast(rgbOf('#777777'), WHITE)).toBeCloseTo(4.48, 2);
    expect(inGrey(rgbOf('#ff0000'))).toEqual([76, 76, 76]);
  });
});

describe('a practice’s colour', () => {
  it('takes the accent’s place, and a tint is mixed from it', () => {
    const palette = paletteOf('#7a1f3d');
    expect(palette.accent).toEqual([0x7a, 0x1f, 0x3d]);
    expect(palette.ink).toEqual(paletteOf('').ink);
    expect(palette.tint[0]).toBeGreaterThan(palette.tint[1]);
    expect(grey(palette)).toBeGreaterThan(0.02);
  });

  it('tints with less than 7 % grey, whatever it is', () => {
    fc.assert(
      fc.property(colours, (colour) => grey(paletteOf(colour)) < 0.07),
      { seed: 20261123 },
    );
  });

  it.each([
    ['#1c5757', null],
    ['#7a1f3d', null],
    ['#000000', null],
    ['#ffff00', '#717100'],
    ['#ffffff', '#6e6e6e'],
  ])('%s is answered with %s', (colour, instead) => {
    expect(readableInstead(colour)).toBe(instead);
  });

  it('has a suggestion that is readable, and the nearest: a step lighter is not', () => {
    fc.assert(
      fc.property(colours, (colour) => {
        const instead = readableInstead(colour);
        if (instead === null) return lowestContrast(paletteOf(colour)) >= LEAST_CONTRAST;
        const lighter = hex(rgbOf(instead).map((part, index) => Math.min(rgbOf(colour)[index]!, part + 2)));
        return readableInstead(instead) === null && (lighter === colour || readableInstead(lighter) !== null);
      }),
      { seed: 20261123 },
    );
  });
});
