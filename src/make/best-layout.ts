// What is said to a client in, the best of its layouts out: in the steps it may close by, with its code or without.
import { emptyShelf, endsAlone, type LaidOutSheet, layOut, parted } from '../layout/lay-out.ts';
import type { LaidOut, Measure, Shelf } from '../layout/page.ts';
import { type Step, stepsOf, type Theme, themeOf } from '../layout/theme.ts';
import type { Sheet } from '../merge/block.ts';
import type { Choice } from '../merge/choice.ts';
import type { Saying } from '../merge/fill.ts';
import { mergeSheet, withoutCode } from '../merge/sheet.ts';
import type { Pictures, Press } from '../pdf/press.ts';
import { type Fitted, fitPages } from './fit.ts';

/** Laid out in one set of looks. */
export interface SetOut extends Fitted {
  laidOut: LaidOutSheet;
  step: Step;
  theme: Theme;
  shelf: Shelf;
  /** What is set of the client's own words. */
  own: Shelf;
}

interface Composed extends SetOut {
  saying: Saying;
  sheet: Sheet;
}

type LayOutAt = (sheet: Sheet, step: Step) => SetOut;

/** By which step a handout closes at last, and whether its code is on it. */
interface Ending {
  step: Step;
  coded: boolean;
}

/** By the shape of its first layout, for all that is set with one shelf. */
const endings = new WeakMap<Shelf, Map<string, Ending>>();
const MOST_ENDINGS = 2000;

/**
 * Where no number of pages is asked for, type keeps its size, and so each line its words: how high everything typed is in
 * the first layout decides how all the others end. What came of them is known for the next that is as high. A section that
 * speaks to the client may hold boxes whose bonds change with their spaces: those are always looked at.
 */
export function bestLayout(saying: Saying, layOutAt: LayOutAt): Composed {
  const sheet = mergeSheet(saying);
  const speaks = saying.sections.some(({ personal }) => personal);
  if (saying.choice.fit !== undefined || speaks) return search(saying, sheet, layOutAt);
  const first = layOutAt(sheet, 0);
  const before = endings.get(first.shelf) ?? new Map<string, Ending>();
  endings.set(first.shelf, before);
  const known = before.get(first.laidOut.shape);
  if (known !== undefined) return endAs(known, { saying, sheet, ...first }, layOutAt);
  const found = search(saying, sheet, layOutAt);
  if (before.size >= MOST_ENDINGS) before.clear();
  before.set(first.laidOut.shape, { step: found.step, coded: found.saying.link !== null });
  return found;
}

function endAs({ step, coded }: Ending, first: Composed, layOutAt: LayOutAt): Composed {
  const bare = !coded && first.saying.link !== null;
  if (step === first.step && !bare) return first;
  const saying = bare ? { ...first.saying, link: null } : first.saying;
  const sheet = bare ? withoutCode(first.sheet) : first.sheet;
  return { saying, sheet, ...layOutAt(sheet, step) };
}

function search(saying: Saying, sheet: Sheet, layOutAt: LayOutAt): Composed {
  const { fit } = saying.choice;
  const partsMore = (next: SetOut, best: SetOut) => fit === undefined && parted(next.laidOut) > parted(best.laidOut);
  const compose = (said: Saying, on: Sheet): Composed => {
    return {
      saying: said,
      sheet: on,
      ...fitPages(fit ?? 1, stepsFor(said.choice), (step) => layOutAt(on, step), partsMore),
    };
  };
  return sparing(compose(saying, sheet), compose);
}

/**
 * Where no number of pages is asked for, the spaces of large print, which takes many, may close to spare one of them; but
 * for that no box to write on goes over the page.
 */
export function stepsFor({ fit, largePrint }: Choice): readonly Step[] {
  if (fit !== undefined) return stepsOf(largePrint);
  return largePrint ? [0, 1] : [0];
}

/**
 * A code is worth no sheet of paper, no parted box, no last page of sources alone and no closer spaces but those asked for,
 * and its address stands in the letterhead: where it would cost one, it is left out.
 */
function sparing(composed: Composed, compose: (saying: Saying, sheet: Sheet) => Composed): Composed {
  const { saying, sheet, laidOut, step } = composed;
  if (saying.link === null || laidOut.pages.length === 1) return composed;
  const without = compose({ ...saying, link: null }, withoutCode(sheet));
  const costs = [pagesOf, parted, endsAlone].some((costOf) => costOf(without.laidOut) < costOf(laidOut));
  return costs || (saying.choice.fit === undefined && without.step !== step) ? without : composed;
}

const pagesOf = ({ pages }: LaidOut) => pages.length;

/** Lays out a sheet in the looks of a choice, at any step. How a client's words are set is remembered, but no longer than this. */
export function setter({ choice, practice }: Saying, press: Press, pictures: Pictures): LayOutAt {
  const { inkSaving, binder, largePrint, fit } = choice;
  const typed = press.measure(pictures, false);
  const personal = fit === undefined ? typed : remembering(typed);
  const measures = { fixed: press.measure(pictures, true), personal };
  const own = new Map<Step, Shelf>();
  return (sheet, step) => {
    const looks = { inkSaving, binder, accent: practice.colour, step };
    const theme = themeOf(choice.paper ?? practice.paper, largePrint, looks);
    const set = own.get(step) ?? emptyShelf();
    own.set(step, set);
    const shelf = press.shelf(`${theme.key} ${sheet.dir} ${sheet.fillable}`);
    const laidOut = layOut(sheet, theme, measures, { fixed: shelf, personal: set });
    return { laidOut, size: theme.body.size, step, theme, shelf, own: set };
  };
}

/** A width grows with the size, so that one serves every step: to the last bit what is measured without. */
function remembering(measure: Measure): Measure {
  const widths = { regular: new Map(), bold: new Map(), italic: new Map(), boldItalic: new Map() };
  return {
    ...measure,
    width(text, face, size) {
      const known: number = widths[face].get(text) ?? measure.width(text, face, 1000);
      widths[face].set(text, known);
      return (known * size) / 1000;
    },
  };
}
