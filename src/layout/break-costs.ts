// What a way to break pages costs: a hole, a short last page, a bond that is parted in, how bad that is out.
import { added, type Item, type Keep } from './fill-pages.ts';

/** Beyond this a hole is seen before the words are, and costs the more for it. */
const WIDE = 0.3;
const WIDER = 12;
/** A last page is not left with less than this on it; nor, where that is only what hardly anybody reads, with less than that. */
const LEAST_ON_LAST = 0.25;
const LEAST_TO_TRAIL = 0.4;
const SHORT = 2;
/** Nor is it left to that at all, if a little more than the usual holes is enough: the number to call goes with it. */
const TRAILS_ALONE = 0.15;
/** Fewer strips of a section than these on one side of a page break, and lower ones than this together, are a sliver. */
const SLIVER = { strips: 3, height: 0.1 };

/**
 * What it costs to part what holds together, beside a hole of a third of a page, which costs half. The number to call is
 * not parted from the words that send there while one page holds both.
 */
const BOND: Readonly<Record<Keep, number>> = { no: 0, rather: 0.02, 'with-next': 3, 'if-it-fits': 0.12, always: 10 };
/** The words of a box are parted only where it fits no page. */
const BOXED_WORDS = 3;
const WITHIN_SECTION = 0.005;
const WITHIN_PARAGRAPH = 0.025;
const BY_A_SLIVER = 0.1;
const FROM_ITS_NUMBER = 0.08;

export function costOfHole(hole: number): number {
  return hole * hole + WIDER * Math.max(0, hole - WIDE);
}

export function costOfLast(filled: number, start: number, first: Item): number {
  if (start === 0) return 0;
  const [least, alone] = first.trails ? [LEAST_TO_TRAIL, TRAILS_ALONE] : [LEAST_ON_LAST, 0];
  return alone + SHORT * Math.max(0, least - filled);
}

/** Whether a last page that begins with this might be better. */
export function isPoorLast(filled: number, { trails }: Item): boolean {
  return trails || filled < LEAST_ON_LAST;
}

export function bondAfter(items: readonly Item[], index: number, height: number): number {
  const { keep, leads, galley } = items[index]!;
  const next = items[index + 1];
  if (next?.galley !== galley) return BOND[keep] + (leads ? FROM_ITS_NUMBER : 0);
  const paragraph = next.gap > 0 ? 0 : keep === 'if-it-fits' ? BOXED_WORDS : WITHIN_PARAGRAPH;
  const sliver = isSliver(items, index, -1, height) || isSliver(items, index + 1, 1, height) ? BY_A_SLIVER : 0;
  return BOND[keep] + WITHIN_SECTION + paragraph + sliver;
}

/** Whether there is only a sliver of the section from here on, one way or the other. */
function isSliver(items: readonly Item[], from: number, step: -1 | 1, height: number): boolean {
  let high = 0;
  for (let at = from; items[at]?.galley === items[from]!.galley; at += step) {
    high += added(items[at]!, at === from);
    if (high >= height * SLIVER.height || Math.abs(at - from) + 1 >= SLIVER.strips) return false;
  }
  return true;
}
