// One handout up to its pages: a choice, the library, the practice and the press in, all that drawing needs out.
import type { Article, Library, Section } from '../content/article.ts';
import type { LaidOut, Shelf } from '../layout/page.ts';
import type { Theme } from '../layout/theme.ts';
import type { Sheet } from '../merge/block.ts';
import type { Choice } from '../merge/choice.ts';
import { logoName } from '../merge/letterhead.ts';
import type { Practice } from '../merge/practice.ts';
import { mergeSheet } from '../merge/sheet.ts';
import type { Pictures, Press } from '../pdf/press.ts';
import { bestLayout, setter, stepsFor } from './best-layout.ts';
import { longestTyped, type Over, untyped, whatIsOver } from './fit.ts';
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
  const composed = bestLayout(asked.saying, layOutAt);
  const most = choice.fit ?? Number.POSITIVE_INFINITY;
  const { saying, laidOut } = composed;
  const fits = (some: readonly Section[], typed: boolean) => {
    const said = { ...saying, sections: some, choice: typed ? saying.choice : untyped(saying.choice) };
    return layOutAt(mergeSheet(said), stepsFor(choice).at(-1)!).laidOut.pages.length <= most;
  };
  const over = (): Over =>
    laidOut.pages.length <= most
      ? { sections: [], wordy: null, both: false }
      : whatIsOver(article, sections, longestTyped(composed.sheet, composed.own), fits);
  return { ...asked, ...composed, pictures, most, over };
}

/** The pictures of pixels that stand on a page. */
export function imagesOf({ figures }: Article, { logo }: Practice): { name: string; from: string | Buffer }[] {
  const own = figures.filter(({ drawing }) => drawing === null).map(({ name, path }) => ({ name, from: path }));
  return logo === null ? own : [...own, { name: logoName(logo), from: logo }];
}
