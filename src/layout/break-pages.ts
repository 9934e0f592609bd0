// Strips in the order they are read in, pages of them out that are together the least poor: holes, parted boxes, sections
// close together and a last page for a few lines are weighed against each other, with all the pages in view.
import { added, HOLE, heightOf, type Item, type Keep } from './fill-pages.ts';

/** Beyond this a hole is seen before the words are, and costs the more for it. */
const WIDE = 0.3;
const WIDER = 3;
/** A last page is not left with less than this on it; nor, where that is only what hardly anybody reads, with less than that. */
const LEAST_ON_LAST = 0.25;
const LEAST_TO_TRAIL = 0.4;
const SHORT = 2;
/** Fewer strips of a section than these on one side of a page break, and lower ones than this together, are a sliver. */
const SLIVER = { strips: 3, height: 0.1 };

/** What it costs to part what holds together, beside a hole of a third of a page, which costs a fifth. */
const BOND: Readonly<Record<Keep, number>> = { no: 0, rather: 0.02, 'with-next': 0.12, 'if-it-fits': 0.12, always: 10 };
/** The words of a box are parted only where it fits no page. */
const BOXED_WORDS = 1;
const WITHIN_SECTION = 0.005;
const WITHIN_PARAGRAPH = 0.025;
const BY_A_SLIVER = 0.1;
const FROM_ITS_NUMBER = 0.08;
/** Paper, too, has its price. */
const A_PAGE = 0.15;

/** How far the gaps between sections may close, on all pages alike. */
const CLOSER = [
  { share: 1, cost: 0 },
  { share: 0.85, cost: 0.015 },
  { share: 0.7, cost: 0.04 },
  { share: 0.5, cost: 0.1 },
] as const;
/** Sections closer than this, in points, would run together; those of a page that is to fit are close already. */
const LEAST_GAP = 9;

/** Whether another way to break may be better. */
export function arePoor(pages: readonly (readonly Item[])[], height: number): boolean {
  return pages.some((page, index) => {
    const used = heightOf(page) / height;
    if (index < pages.length - 1) return 1 - used > HOLE || page.at(-1)!.leads;
    return index > 0 && used < leastOnLast(page[0]!);
  });
}

/** The best pages of strips that may be in one order or another. */
export function breakPages(orders: readonly (readonly Item[])[], height: number): Item[][] {
  let best: Broken | null = null;
  for (const items of orders) {
    const units = unitsOf(items, height);
    for (const { share, cost } of CLOSER) {
      const broken = breakAt(units, share, height, cost);
      if (best === null || broken.cost < best.cost) best = broken;
    }
  }
  return best === null ? [] : pagesOf(best);
}

/** Strips that are never parted. */
interface Unit {
  items: readonly Item[];
  /** What it costs to end a page with it. */
  bond: number;
}

interface Broken {
  units: readonly Unit[];
  share: number;
  /** By unit: which one the page begins with that ends with it. */
  starts: readonly number[];
  cost: number;
}

function unitsOf(items: readonly Item[], height: number): Unit[] {
  const units: Unit[] = [];
  let from = 0;
  items.forEach(({ keep }, index) => {
    if (keep === 'always' && index < items.length - 1) return;
    const run = items.slice(from, index + 1);
    const isTall = heightOf(run) > height;
    for (const part of isTall ? run.map((item) => [item]) : [run]) {
      from += part.length;
      units.push({ items: part, bond: bondAfter(items, from - 1, height) });
    }
  });
  return units;
}

/** Every page from every unit on is tried once; of all that end with the same unit the best is gone on from. */
function breakAt(units: readonly Unit[], share: number, height: number, cost: number): Broken {
  const costs = units.map(() => Number.POSITIVE_INFINITY);
  const starts = units.map(() => 0);
  const heights = units.map(({ items }) => bareHeight(items, share));
  units.forEach(({ items: [first] }, start) => {
    const before = start === 0 ? cost : costs[start - 1]!;
    let used = first!.strip.head?.height ?? 0;
    for (let end = start; end < units.length; end++) {
      const unit = units[end]!;
      used += heights[end]! + (end === start ? 0 : gapAbove(unit.items[0]!, share));
      if (used > height && end > start) break;
      const filled = Math.min(1, used / height);
      const isLast = end === units.length - 1;
      const page = isLast ? costOfLast(filled, start, first!) : costOfHole(1 - filled) + unit.bond;
      if (before + page + A_PAGE >= costs[end]!) continue;
      costs[end] = before + page + A_PAGE;
      starts[end] = start;
    }
  });
  return { units, share, starts, cost: costs.at(-1) ?? 0 };
}

function pagesOf({ units, share, starts }: Broken): Item[][] {
  const pages: Item[][] = [];
  for (let end = units.length - 1; end >= 0; end = starts[end]! - 1) {
    const items = units.slice(starts[end], end + 1).flatMap((unit) => unit.items);
    pages.unshift(share === 1 ? items : items.map((item) => ({ ...item, gap: gapAbove(item, share) })));
  }
  return pages;
}

/** Without the gap above it. */
function bareHeight(items: readonly Item[], share: number): number {
  return items.reduce((sum, item, at) => sum + item.strip.height + (at === 0 ? 0 : gapAbove(item, share)), 0);
}

function gapAbove({ index, gap }: Item, share: number): number {
  return index === 0 ? Math.min(gap, Math.max(LEAST_GAP, gap * share)) : gap;
}

function costOfHole(hole: number): number {
  return hole * hole + WIDER * Math.max(0, hole - WIDE);
}

function costOfLast(filled: number, start: number, first: Item): number {
  return start === 0 ? 0 : SHORT * Math.max(0, leastOnLast(first) - filled);
}

function leastOnLast({ trails }: Item): number {
  return trails ? LEAST_TO_TRAIL : LEAST_ON_LAST;
}

function bondAfter(items: readonly Item[], index: number, height: number): number {
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
