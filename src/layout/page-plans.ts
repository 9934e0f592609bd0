// Galleys to go onto pages in, the pages out that strips of the same heights and bonds were broken into before. No words.
import type { Galley, Placed, Strip } from './page.ts';
import type { Stacked } from './pages.ts';

/** Strips of the galley `at` among those that are stacked. */
interface Range {
  at: number;
  from: number;
  to: number;
  y: number;
  /** Its first strip's head stands above it once more. */
  headed: boolean;
}

type Plan = readonly (readonly Range[])[];

const plans = new Map<string, Plan>();
const MOST_PLANS = 2000;

/**
 * Pages of what is stacked, whose shape is known. To weigh all the ways to break pages takes longest in a layout, and many
 * a name or note is as high as another's. A plan holds nothing of a client but how high their lines are.
 */
export function planned(shape: string, stacked: readonly Stacked[], paginate: () => Placed[][]): Placed[][] {
  const known = plans.get(shape);
  if (known !== undefined) return known.map((page) => page.map((range) => placedAs(range, stacked)));
  const pages = paginate();
  if (plans.size >= MOST_PLANS) plans.clear();
  plans.set(shape, planOf(pages, stacked));
  return pages;
}

/** All that decides where pages of a height end, and where they begin. */
export function shapeOf(stacked: readonly Stacked[], top: number, height: number): string {
  return `${top} ${height} ${stacked.map(shapeOfOne).join('|')}`;
}

function planOf(pages: readonly (readonly Placed[])[], stacked: readonly Stacked[]): Plan {
  const at = new Map(stacked.map(({ galley }, index) => [galley, index]));
  return pages.map((page) =>
    page.map(({ galley, from, to, y, head }) => ({ at: at.get(galley)!, from, to, y, headed: head !== undefined })),
  );
}

function placedAs({ at, from, to, y, headed }: Range, stacked: readonly Stacked[]): Placed {
  const { galley } = stacked[at]!;
  const head = headed ? galley.strips[from]!.head : undefined;
  return head === undefined ? { galley, from, to, y } : { galley, from, to, y, head };
}

function shapeOfOne({ galley, above, stays, between, trails }: Stacked): string {
  const flags = (stays ? 1 : 0) + (between ? 2 : 0) + (trails ? 4 : 0);
  return `${galley.personal ? galley.strips.map(shapeOfStrip).join() : numberOf(galley)} ${above} ${flags}`;
}

function shapeOfStrip({ height, gap, keep, head, floats, fills }: Strip): string {
  const rare = (floats ? 1 : 0) + (fills ? 2 : 0);
  return head === undefined && rare === 0
    ? `${height}+${gap}${keep}`
    : `${height}+${gap}${keep}${head?.height} ${rare}`;
}

/** A galley that is the same for every client is known by itself. */
const numbers = new WeakMap<Galley, string>();
let last = 0;

function numberOf(galley: Galley): string {
  let number = numbers.get(galley);
  if (number === undefined) {
    number = `#${++last}`;
    numbers.set(galley, number);
  }
  return number;
}
