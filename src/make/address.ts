// The lines of an address in, a page out whose only words stand where a window envelope shows them.

import type { LaidOut, Measure } from '../layout/page.ts';
import { layOutSlip, type Place } from '../layout/slip.ts';
import { themeOf } from '../layout/theme.ts';
import type { Paper } from '../merge/choice.ts';

const MM = 72 / 25.4;
const INCH = 72;

interface Zone extends Place {
  height: number;
  /** Lines begin at its top, or stand in its middle. */
  from: 'top' | 'middle';
}

/**
 * Where the address stands, and how high it may be.
 *
 * A4: the zone for the address of DIN 5008, form B, as guides to it give the measures: from 62.7 mm down the page six lines in
 * 27.3 mm, in a field 85 mm wide whose words begin 25 mm from the left. A DL window envelope shows the field.
 *
 * Letter: reckoned for the usual No. 10 window envelope (4 1/8 by 9 1/2 in; window 1 1/8 by 4 1/2 in, 7/8 in from the left
 * and 1/2 in from the bottom). A sheet folded in three can slip 0.46 in up and 1 in sideways in it, so that from 0.875 to
 * 4.375 in across and from 2.5 to 3.17 in down the page are always in the window. USPS Publication 25, 3-9, wants 1/8 in
 * clear on each side however the sheet has slipped: sideways that is so; up and down it leaves room for three lines, and
 * with more of them the middle keeps most of it.
 */
const ZONES: Readonly<Record<Paper, Zone>> = {
  a4: { x: 25 * MM, y: 62.7 * MM, width: 80 * MM, height: 27.3 * MM, from: 'top' },
  letter: { x: INCH, y: 2.625 * INCH, width: 3.25 * INCH, height: 0.417 * INCH, from: 'middle' },
};

const LARGEST = 11;
/** Smaller is hard to read for people and machines that sort the post. */
const SMALLEST = 9;
const LEADING = 1.16;

/** Smaller where there are many lines. One too long for the window goes on in the next. */
export function layOutAddress(lines: readonly string[], paper: Paper, measure: Measure, lang: string): LaidOut {
  const { height, from, ...place } = ZONES[paper];
  const inlines = lines.map((text, index) => ({
    text: index < lines.length - 1 ? `${text} ` : text,
    breakAfter: true,
  }));
  const size = Math.min(LARGEST, Math.max(SMALLEST, height / (lines.length * LEADING)));
  const leading = size * LEADING;
  const y = from === 'top' ? place.y : place.y + (height - lines.length * leading) / 2;
  const style = { size, leading, face: 'regular', colour: 'ink' } as const;
  return layOutSlip([{ inlines, style, above: 0 }], { ...place, y }, themeOf(paper, false), measure, {
    lang,
    title: 'Address',
  });
}
