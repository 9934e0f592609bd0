// One handout, whole: a choice, the library, the practice and the press in, the bytes of a PDF out.
import type { Article, Library, Section } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import { layOut } from '../layout/lay-out.ts';
import type { LaidOut, Measure } from '../layout/page.ts';
import { type Step, stepsOf, themeOf } from '../layout/theme.ts';
import type { Sheet } from '../merge/block.ts';
import type { Choice } from '../merge/choice.ts';
import { logoName, type Saying } from '../merge/fill.ts';
import type { Practice } from '../merge/practice.ts';
import { mergeSheet } from '../merge/sheet.ts';
import type { Pictures, Press } from '../pdf/press.ts';
import { fitPages, sectionsOver, warnOfPages } from './fit.ts';
import { sayingOf } from './saying.ts';

export interface Made {
  pdf: Buffer;
  pages: number;
  /** Of the text, in points: what it ended with where it was to fit. */
  size: number;
  title: string;
  /** Ids of the sections printed, in order. */
  sections: readonly string[];
  /** Ids of those without which it would have the pages asked for; empty when it has them, or would not even then. */
  over: readonly string[];
  /** Done, but a person should know. */
  warnings: readonly Problem[];
}

/**
 * Makes one handout. Throws a HandoutError with every problem of the choice before anything is drawn. `whole` draws all of
 * it anew, without what the press keeps of earlier handouts: the same bytes, more slowly.
 */
export async function makeHandout(
  choice: Choice,
  library: Library,
  practice: Practice,
  press: Press,
  whole = false,
): Promise<Made> {
  const { saying, title, warnings } = sayingOf(choice, library, practice, press);
  const { article, sections } = saying;
  const sheet = mergeSheet(saying);
  const pictures = await press.pictures(imagesOf(article, saying.practice));
  const layOutAt = setter(saying, press, pictures);
  const steps = choice.fit === undefined ? ([0] as const) : stepsOf(choice.largePrint);
  const most = choice.fit ?? Number.POSITIVE_INFINITY;
  const { laidOut, size } = fitPages(most, steps, (step) => layOutAt(sheet, step));
  const pages = laidOut.pages.length;
  const fits = (some: readonly Section[]) =>
    layOutAt(mergeSheet({ ...saying, sections: some }), steps.at(-1)!).laidOut.pages.length <= most;
  const over = pages <= most ? [] : sectionsOver(article, sections, fits);
  // A discreet file does not say either on which day it was made.
  const pdf = await press.draw(laidOut, choice.discreet ? article.updated : choice.date, pictures, whole);

  const ids = sections.map(({ id }) => id);
  return {
    pdf,
    pages,
    size,
    title,
    sections: ids,
    over,
    warnings: [...warnings, ...(pages <= most ? [] : [warnOfPages(choice, most, sections, over)])],
  };
}

/** Lays out a sheet in the looks of a choice, at any step. What a client's words measure is remembered, but no longer than this. */
function setter({ choice, practice }: Saying, press: Press, pictures: Pictures) {
  const { inkSaving, binder, largePrint } = choice;
  const measures = { fixed: press.measure(pictures, true), personal: remembering(press.measure(pictures, false)) };
  return (sheet: Sheet, step: Step): { laidOut: LaidOut; size: number } => {
    const looks = { inkSaving, binder, accent: practice.colour, step };
    const theme = themeOf(choice.paper ?? practice.paper, largePrint, looks);
    const laidOut = layOut(sheet, theme, measures, press.shelf(`${theme.key} ${sheet.dir} ${sheet.fillable}`));
    return { laidOut, size: theme.body.size };
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
