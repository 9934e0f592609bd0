// One handout up to its pages: a choice, the library, the practice and the press in, all that drawing needs out.
import type { Article, Library, Section } from '../content/article.ts';
import { emptyShelf, endsAlone, layOut, parted } from '../layout/lay-out.ts';
import type { LaidOut, Measure, Shelf } from '../layout/page.ts';
import { type Step, stepsOf, type Theme, themeOf } from '../layout/theme.ts';
import type { Sheet } from '../merge/block.ts';
import type { Choice } from '../merge/choice.ts';
import type { Saying } from '../merge/fill.ts';
import { logoName } from '../merge/letterhead.ts';
import type { Practice } from '../merge/practice.ts';
import { mergeSheet, withoutCode } from '../merge/sheet.ts';
import type { Pictures, Press } from '../pdf/press.ts';
import { type Fitted, fitPages, longestTyped, type Over, untyped, whatIsOver } from './fit.ts';
import { type Asked, sayingOf } from './saying.ts';

/** A handout that is laid out and not yet drawn. */
export interface ComposedHandout extends Asked {
  sheet: Sheet;
  theme: Theme;
  laidOut: LaidOut;
  /** What is set already in these looks. */
  shelf: Shelf;
  pictures: Pictures;
  /** How many pages were asked for. */
  most: number;
  /** What keeps it from having them. Looking takes some layouts more. */
  over(): Over;
}

/** Laid out in one set of looks. */
interface SetOut extends Fitted {
  theme: Theme;
  shelf: Shelf;
  /** What is set of the client's own words. */
  own: Shelf;
}

type Composed = SetOut & { saying: Saying; sheet: Sheet };

/** Throws a HandoutError with every problem of the choice. */
export async function composeHandout(
  choice: Choice,
  library: Library,
  practice: Practice,
  press: Press,
): Promise<ComposedHandout> {
  const asked = sayingOf(choice, library, practice, press);
  const { article, sections } = asked.saying;
  const pictures = await press.pictures(imagesOf(article, asked.saying.practice));
  const layOutAt = setter(asked.saying, press, pictures);
  const steps = stepsFor(choice);
  const most = choice.fit ?? Number.POSITIVE_INFINITY;
  const partsMore = (next: SetOut, best: SetOut) =>
    choice.fit === undefined && parted(next.laidOut) > parted(best.laidOut);
  const compose = (saying: Saying, sheet: Sheet): Composed => {
    return { saying, sheet, ...fitPages(choice.fit ?? 1, steps, (step) => layOutAt(sheet, step), partsMore) };
  };
  const composed = sparing(compose(asked.saying, mergeSheet(asked.saying)), compose);
  const { saying, laidOut } = composed;
  const fits = (some: readonly Section[], typed: boolean) => {
    const said = { ...saying, sections: some, choice: typed ? saying.choice : untyped(saying.choice) };
    return layOutAt(mergeSheet(said), steps.at(-1)!).laidOut.pages.length <= most;
  };
  const over = (): Over =>
    laidOut.pages.length <= most
      ? { sections: [], wordy: null, both: false }
      : whatIsOver(article, sections, longestTyped(composed.sheet, composed.own), fits);
  return { ...asked, ...composed, pictures, most, over };
}

/**
 * Where no number of pages is asked for, the spaces of large print, which takes many, may close to spare one of them; but
 * for that no box to write on goes over the page.
 */
function stepsFor({ fit, largePrint }: Choice): readonly Step[] {
  if (fit !== undefined) return stepsOf(largePrint);
  return largePrint ? [0, 1] : [0];
}

/**
 * A code is worth no sheet of paper, no parted box, no last page of sources alone and no closer spaces but those asked for,
 * and its address stands in the letterhead: where it would cost one, it is left out.
 */
function sparing(composed: Composed, compose: (saying: Saying, sheet: Sheet) => Composed): Composed {
  const { saying, sheet, laidOut, theme } = composed;
  if (saying.link === null || laidOut.pages.length === 1) return composed;
  const without = compose({ ...saying, link: null }, withoutCode(sheet));
  const costs = [pagesOf, parted, endsAlone].some((costOf) => costOf(without.laidOut) < costOf(laidOut));
  return costs || (saying.choice.fit === undefined && without.theme !== theme) ? without : composed;
}

const pagesOf = ({ pages }: LaidOut) => pages.length;

/** Lays out a sheet in the looks of a choice, at any step. How a client's words are set is remembered, but no longer than this. */
function setter({ choice, practice }: Saying, press: Press, pictures: Pictures) {
  const { inkSaving, binder, largePrint, fit } = choice;
  const typed = press.measure(pictures, false);
  const personal = fit === undefined ? typed : remembering(typed);
  const measures = { fixed: press.measure(pictures, true), personal };
  const own = new Map<Step, Shelf>();
  return (sheet: Sheet, step: Step): SetOut => {
    const looks = { inkSaving, binder, accent: practice.colour, step };
    const theme = themeOf(choice.paper ?? practice.paper, largePrint, looks);
    const set = own.get(step) ?? emptyShelf();
    own.set(step, set);
    const shelf = press.shelf(`${theme.key} ${sheet.dir} ${sheet.fillable}`);
    const laidOut = layOut(sheet, theme, measures, { fixed: shelf, personal: set });
    return { laidOut, size: theme.body.size, theme, shelf, own: set };
  };
}

/** A width grows with the size, so that one serves every step. */
function remembering(measure: Measure): Measure {
  const widths = { regular: new Map(), bold: new Map(), italic: new Map(), boldItalic: new Map() };
  return {
    ...measure,
    width(text, face, size) {
      const known: number = widths[face].get(text) ?? measure.width(text, face, 1);
      widths[face].set(text, known);
      return known * size;
    },
  };
}

/** The pictures of pixels that stand on a page. */
export function imagesOf({ figures }: Article, { logo }: Practice): { name: string; from: string | Buffer }[] {
  const own = figures.filter(({ drawing }) => drawing === null).map(({ name, path }) => ({ name, from: path }));
  return logo === null ? own : [...own, { name: logoName(logo), from: logo }];
}
