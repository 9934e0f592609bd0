// One handout, whole: a choice, the library, the practice and the press in, the bytes of a PDF out.
import type { Article, Library } from '../content/article.ts';
import { HandoutError, type Problem, refuse } from '../errors.ts';
import { layOut } from '../layout/lay-out.ts';
import { themeOf } from '../layout/theme.ts';
import type { Choice } from '../merge/choice.ts';
import { chooseSections } from '../merge/choose.ts';
import { discreetly } from '../merge/discreet.ts';
import { logoName } from '../merge/fill.ts';
import type { Practice } from '../merge/practice.ts';
import { mergeSheet } from '../merge/sheet.ts';
import type { Press } from '../pdf/press.ts';
import { checkWords, warnOfTyped } from './check.ts';
import { findArticle, findCrisisLine, titleOf } from './find.ts';

export interface Made {
  pdf: Buffer;
  pages: number;
  title: string;
  /** Ids of the sections printed, in order. */
  sections: readonly string[];
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
  const { article, problems } = findArticle(library, choice);
  const chosen = article === null ? { sections: [], problems } : chooseSections(article, choice);
  const { sections } = chosen;
  const crisis = findCrisisLine(library, practice, choice.discreet);
  const words = checkWords(choice, sections, practice, press);
  if (article === null) throw new HandoutError([...chosen.problems, ...words, ...crisis.problems]);
  refuse([...chosen.problems, ...words, ...crisis.problems]);

  const next = titleOf(library, article);
  const saying = discreetly({ choice, article, sections, practice, crisis: crisis.line, next });
  const sheet = mergeSheet(saying);
  const pictures = await press.pictures(imagesOf(article, saying.practice));
  const { inkSaving, binder, largePrint } = choice;
  const looks = { inkSaving, binder, accent: saying.practice.colour };
  const theme = themeOf(choice.paper ?? practice.paper, largePrint, looks);
  const measures = { fixed: press.measure(pictures, true), personal: press.measure(pictures, false) };
  const laidOut = layOut(sheet, theme, measures, press.shelf(`${theme.key} ${sheet.dir} ${sheet.fillable}`));
  // A discreet file does not say either on which day it was made.
  const pdf = await press.draw(laidOut, choice.discreet ? article.updated : choice.date, pictures, whole);

  const ids = sections.map(({ id }) => id);
  return {
    pdf,
    pages: laidOut.pages.length,
    title: article.title,
    sections: ids,
    warnings: warnOfTyped(choice, practice),
  };
}

function imagesOf({ figures }: Article, { logo }: Practice): { name: string; from: string | Buffer }[] {
  const own = figures.filter(({ drawing }) => drawing === null).map(({ name, path }) => ({ name, from: path }));
  return logo === null ? own : [...own, { name: logoName(logo), from: logo }];
}
