// Strips in the order they are read in, pages of them out that are together the least poor: holes, parted boxes, sections
// close together and a last page for a few lines are weighed against each other, with all the pages in view.
import { bondAfter, costOfHole, costOfLast, isPoorLast } from './break-costs.ts';
import { HOLE, heightOf, type Item } from './fill-pages.ts';

/** Paper, too, has its price. */
const A_PAGE = 0.15;
/** Most handouts can be had for less than this a page. */
const FAIR = 0.35;

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
    return index > 0 && isPoorLast(used, page[0]!);
  });
}

/** The best pages of strips that may be in one order or another, for `filled` ones that are poor. */
export function breakPages(orders: readonly (readonly Item[])[], height: number, filled: number): Item[][] {
  const rows = orders.map((items): Row => ({ items, units: unitsOf(items, height) }));
  const best = bestOf(rows, height, filled * FAIR) ?? bestOf(rows, height, Number.POSITIVE_INFINITY);
  if (best === null) throw new Error('These strips fit on no pages.');
  return pagesOf(best);
}

/** The best of those that cost less than `most`: the less that is, the sooner all others are given up. */
function bestOf(rows: readonly Row[], height: number, most: number): Broken | null {
  let best: Broken | null = null;
  let least = most;
  for (const row of rows) {
    for (const closer of CLOSER) {
      const broken = breakAt(row, closer, height, least);
      if (broken === null) continue;
      best = broken;
      least = broken.cost;
    }
  }
  return best;
}

/** Strips in an order, and where units of them end that are never parted. */
interface Row {
  items: readonly Item[];
  /** By unit: its last strip. */
  units: readonly number[];
}

interface Broken extends Row {
  share: number;
  /** By unit: which one the page begins with that ends with it. */
  starts: readonly number[];
  cost: number;
}

function unitsOf(items: readonly Item[], height: number): number[] {
  const ends: number[] = [];
  let from = 0;
  for (let at = 0; at < items.length; at++) {
    if (items[at]!.keep === 'always' && at < items.length - 1) continue;
    if (at > from && heightOf(items.slice(from, at + 1)) > height) for (; from < at; from++) ends.push(from);
    ends.push(at);
    from = at + 1;
  }
  return ends;
}

const firstOf = (units: readonly number[], unit: number) => (unit === 0 ? 0 : units[unit - 1]! + 1);

/**
 * Every page from every unit on is tried once; of all that end with the same unit the best is gone on from. What costs as
 * much as `most` before its end is no better at its end.
 */
function breakAt(
  { items, units }: Row,
  { share, cost }: (typeof CLOSER)[number],
  height: number,
  most: number,
): Broken | null {
  const last = units.length - 1;
  const costs = units.map((_, unit) => (unit === last ? most : Number.POSITIVE_INFINITY));
  const starts = units.map(() => 0);
  const heights = units.map((to, unit) => bareHeight(items, firstOf(units, unit), to, share));
  for (let start = 0; start <= last; start++) {
    const before = start === 0 ? cost : costs[start - 1]!;
    if (before >= costs[last]!) continue;
    const first = items[firstOf(units, start)]!;
    let used = first.strip.head?.height ?? 0;
    for (let end = start; end <= last; end++) {
      used += heights[end]! + (end === start ? 0 : gapAbove(items[firstOf(units, end)]!, share));
      if (used > height && end > start) break;
      const filled = Math.min(1, used / height);
      const page = end === last ? costOfLast(filled, start, first) : costOfHole(1 - filled);
      const least = Math.min(costs[end]!, costs[last]!);
      if (before + page + A_PAGE >= least) continue;
      const bond = end === last ? 0 : bondAfter(items, units[end]!, height);
      if (before + (page + bond) + A_PAGE >= least) continue;
      costs[end] = before + (page + bond) + A_PAGE;
      starts[end] = start;
    }
  }
  return costs[last]! < most ? { items, units, share, starts, cost: costs[last]! } : null;
}

function pagesOf({ items, units, share, starts }: Broken): Item[][] {
  const pages: Item[][] = [];
  for (let end = units.length - 1; end >= 0; end = starts[end]! - 1) {
    const page = items.slice(firstOf(units, starts[end]!), units[end]! + 1);
    pages.unshift(share === 1 ? page : page.map((item) => closer(item, share)));
  }
  return pages;
}

function closer(item: Item, share: number): Item {
  const gap = gapAbove(item, share);
  return gap === item.gap ? item : { ...item, gap };
}

/** Without the gap above it. */
function bareHeight(items: readonly Item[], from: number, to: number, share: number): number {
  let height = items[from]!.strip.height;
  for (let at = from + 1; at <= to; at++) height += items[at]!.strip.height + gapAbove(items[at]!, share);
  return height;
}

function gapAbove({ index, gap }: Item, share: number): number {
  return index === 0 ? Math.min(gap, Math.max(LEAST_GAP, gap * share)) : gap;
}
