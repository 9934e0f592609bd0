// Layouts of a handout at each step in; the roomiest of those with the fewest pages out, and what to leave out for fewer.
import type { Article, Section, SectionKind } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import type { LaidOut, Shelf } from '../layout/page.ts';
import type { Step } from '../layout/theme.ts';
import type { Sheet } from '../merge/block.ts';
import { type Choice, SLOT_NAMES, SLOTS, type Slot } from '../merge/choice.ts';
import { chooseSections } from '../merge/choose.ts';

export interface Fitted {
  laidOut: LaidOut;
  /** Of the text, in points. */
  size: number;
}

/**
 * Tries the steps in order until the pages are few enough. Where no step is, closer or smaller type that saves no page is for
 * nothing, and it may be for nothing as well where it `costs` more than that.
 */
export function fitPages<F extends Fitted>(
  most: number,
  steps: readonly Step[],
  layOutAt: (step: Step) => F,
  costs: (next: F, best: F) => boolean = () => false,
): F {
  const [first = 0, ...closer] = steps;
  let best = layOutAt(first);
  for (const step of closer) {
    if (best.laidOut.pages.length <= most) break;
    const next = layOutAt(step);
    if (next.laidOut.pages.length < best.laidOut.pages.length && !costs(next, best)) best = next;
  }
  return best;
}

/** Everything that is typed for a client. */
export const TYPED = ['note', ...SLOT_NAMES] as const;

/** What keeps a handout from having the pages asked for. */
export interface Over {
  /** Ids of the sections without which it would have them. */
  sections: readonly string[];
  /** The longest of what was typed, where shorter words would do. */
  wordy: Wordy | null;
  /** Only both together would do. */
  both: boolean;
}

export interface Wordy {
  field: 'note' | Slot;
  lines: number;
}

/** The least needed first. What is `core` is never left out. */
const BACKGROUND: readonly SectionKind[] = ['more', 'why', 'how'];
const NEED: readonly SectionKind[] = [...BACKGROUND, 'try'];
/** Fewer lines than these are not what takes a page. */
const LONG = 6;
/** Characters, about. */
const A_LINE = 60;

/**
 * What to shorten and what to leave out: what was typed and the background, and the exercise only where neither would do,
 * for it is what the page is kept for. `fits` says whether some sections do, with what was typed or without.
 */
export function whatIsOver(
  article: Article,
  sections: readonly Section[],
  longest: Wordy | null,
  fits: (sections: readonly Section[], typed: boolean) => boolean,
): Over {
  const whole = (some: readonly Section[]) => fits(some, true);
  const bare = (some: readonly Section[]) => fits(some, false);
  const background = sectionsOver(article, sections, whole, BACKGROUND);
  const wordy = longest !== null && bare(sections) ? longest : null;
  if (background.length > 0 || wordy !== null) return { sections: background, wordy, both: false };
  const rest = longest !== null && longest.lines >= LONG ? sectionsOver(article, sections, bare, BACKGROUND) : [];
  if (rest.length > 0) return { sections: rest, wordy: longest, both: true };
  return { sections: sectionsOver(article, sections, whole, NEED), wordy: null, both: false };
}

/**
 * The least needed sections without which it fits, none of them for nothing; or none where leaving out all would not do.
 * A caution is never among them.
 */
function sectionsOver(
  article: Article,
  sections: readonly Section[],
  fits: (sections: readonly Section[]) => boolean,
  kinds: readonly SectionKind[],
): string[] {
  const cautions = new Set(article.sections.flatMap(({ requires }) => requires));
  const without = (out: readonly string[]) => {
    const kept = sections.filter(({ id }) => !out.includes(id));
    return chooseSections(article, { sections: kept.map(({ id }) => id) }).sections;
  };
  const order = kinds
    .flatMap((kind) => sections.filter((section) => section.kind === kind && !cautions.has(section.id)).reverse())
    .map(({ id }) => id);
  if (!fits(without(order))) return [];
  const out = order.slice(
    0,
    fewest(order.length, (count) => fits(without(order.slice(0, count)))),
  );
  for (const id of [...out].reverse()) {
    const fewer = out.filter((one) => one !== id);
    if (fits(without(fewer))) out.splice(out.indexOf(id), 1);
  }
  return sections.filter(({ id }) => out.includes(id)).map(({ id }) => id);
}

/** The smallest number up to `most` that is enough; `most` is. */
function fewest(most: number, isEnough: (count: number) => boolean): number {
  let [low, high] = [1, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Done as far as it goes; what is shortened or left out is for the clinician to say. */
export function warnOfPages(choice: Choice, most: number, sections: readonly Section[], over: Over): Problem {
  const limit = choice.largePrint ? 'with its lines as close as large print allows' : 'in the smallest type, 11 points';
  const goal = most === 1 ? 'one page' : `${most} pages`;
  const message = `This does not fit ${goal}, even ${limit}. ${advice(choice, sections, over)}`;
  return { code: 'fits-not', message, place: { field: 'fit' } };
}

/** Leaves out all that was typed for the client but the name. */
export function untyped(choice: Choice): Choice {
  return { ...choice, ...Object.fromEntries(TYPED.map((field) => [field, ''])) };
}

/** What was typed stands in boxes of its own, a strip a line between two that are air. */
export function longestTyped({ blocks }: Sheet, { galleys }: Shelf): Wordy | null {
  const typed = TYPED.flatMap((field) => {
    const id = field === 'note' ? field : `slot-${field}`;
    const block = blocks.find((one) => one.kind === 'section' && one.id === id);
    const galley = block === undefined ? undefined : galleys.get(block);
    return galley === undefined
      ? []
      : [{ field, lines: galley.strips.filter(({ panel }) => panel !== null).length - 2 }];
  });
  return typed.toSorted((a, b) => b.lines - a.lines)[0] ?? null;
}

function advice(choice: Choice, sections: readonly Section[], { sections: ids, wordy, both }: Over): string {
  const titles = sections.filter(({ id }) => ids.includes(id)).map(({ title }) => `“${title}”`);
  const named = new Intl.ListFormat('en').format(titles);
  if (wordy !== null) {
    const what = wordy.field === 'note' ? 'Your note' : SLOTS[wordy.field];
    const other = titles.length === 0 ? 'let it have more pages' : `leave out ${named}`;
    return `${what} takes ${wordy.lines} lines: shorten it${both ? ' and' : ', or'} ${other}.`;
  }
  if (titles.length > 0) return `It would without ${named}.`;
  const typed = TYPED.reduce((sum, field) => sum + choice[field].length, 0);
  return `Leaving out sections would not do; ${typed > LONG * A_LINE ? 'shorten what you wrote' : 'let it have more pages'}.`;
}
