// The lines of an address in, a page out whose only words stand where a window envelope shows them.

import type { LaidOut, Measure } from '../layout/page.ts';
import { layOutSlip, type Place } from '../layout/slip.ts';
import { themeOf } from '../layout/theme.ts';
import type { Paper } from '../merge/choice.ts';

const MM = 72 / 25.4;
const INCH = 72;

/**
 * Where the address stands, and how high it may be.
 *
 * A4: the zone for the address of DIN 5008:2020, form B: 25 mm from the left, 62.7 to 90 mm from the top, 80 mm wide, six
 * lines; a window by DIN 680 shows it.
 *
 * Letter: a No. 10 window envelope (4 1/8 by 9 1/2 in; window 1 1/8 by 4 1/2 in, 7/8 in from the left and 1/2 in from the
 * bottom). A sheet folded in three can slip 0.46 in up and 1 in sideways in it: from 0.875 to 4.375 in across and from
 * 2.5 to 3.17 in down the page are always in the window, and USPS DMM 202.5.8 wants 1/8 in clear around the address.
 */
const ZONES: Readonly<Record<Paper, Place & { height: number }>> = {
  a4: { x: 25 * MM, y: 62.7 * MM, width: 80 * MM, height: 27.3 * MM },
  letter: { x: INCH, y: 2.5 * INCH, width: 3.3 * INCH, height: 0.67 * INCH },
};

const LARGEST = 11;
/** USPS wants 8 points at least (DMM 202.2.3). */
const SMALLEST = 8;
const LEADING = 1.16;

/** Smaller where there are many lines. One too long for the window goes on in the next. */
export function layOutAddress(lines: readonly string[], paper: Paper, measure: Measure, lang: string): LaidOut {
  const zone = ZONES[paper];
  const inlines = lines.map((text, index) => ({
    text: index < lines.length - 1 ? `${text} ` : text,
    breakAfter: true,
  }));
  const size = Math.min(LARGEST, Math.max(SMALLEST, zone.height / (lines.length * LEADING)));
  const style = { size, leading: size * LEADING, face: 'regular', colour: 'ink' } as const;
  return layOutSlip([{ inlines, style, above: 0 }], zone, themeOf(paper, false), measure, { lang, title: 'Address' });
}
