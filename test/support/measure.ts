// A measure without fonts: every character is 5 points wide at any size, so that a layout can be counted by hand.
import type { Measure } from '../../src/layout/page.ts';

/** Marks that only steer direction have no width. */
const STEERING = /[\u200e\u200f\u2066-\u2069]/gu;

export const fakeMeasure: Measure = {
  width: (text) => 5 * [...text.replace(STEERING, '')].length,
  ascent: () => 0.95,
  descent: () => 0.25,
  image: () => ({ width: 400, height: 200 }),
};
