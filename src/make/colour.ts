// A practice's colour in; null when every word on its pages can be read, in colour and in grey, or else the nearest darker one.
import { darker, hexOf, LEAST_CONTRAST, lowestContrast, paletteOf, rgbOf } from '../pdf/palette.ts';

/** Takes `#rrggbb`. Black passes, so there always is one. */
export function readableInstead(colour: string): string | null {
  if (isReadable(colour)) return null;
  const given = rgbOf(colour);
  let dark = colour;
  for (let share = 254; !isReadable(dark); share--) dark = hexOf(darker(given, share / 255));
  return dark;
}

function isReadable(colour: string): boolean {
  return lowestContrast(paletteOf(colour)) >= LEAST_CONTRAST;
}
