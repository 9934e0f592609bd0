// One handout, whole: a choice, the library, the practice and the press in, the bytes of a PDF out.
import type { Library } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import type { Choice } from '../merge/choice.ts';
import type { Practice } from '../merge/practice.ts';
import type { Press } from '../pdf/press.ts';
import { type PdfFile, withFile } from '../pdf/stretch.ts';
import { composeHandout } from './compose-handout.ts';
import { warnOfPages } from './fit.ts';

export interface Made extends PdfFile {
  pages: number;
  /** Of the text, in points: what it ended with where it was to fit. */
  size: number;
  title: string;
  /** Ids of the sections printed, in order. */
  sections: readonly string[];
  /** Ids of those to leave out for the pages asked for; a warning says where that takes shorter words as well. Empty where it has them, or would not even then. */
  over: readonly string[];
  /** Done, but a person should know. */
  warnings: readonly Problem[];
}

/**
 * Makes one handout. Throws a HandoutError with every problem of the choice before anything is drawn. `whole` draws all of
 * it anew, without what the press keeps of earlier handouts: the same bytes, more slowly. With a `password` it is encrypted.
 */
export async function makeHandout(
  choice: Choice,
  library: Library,
  practice: Practice,
  press: Press,
  whole = false,
  password: string | null = null,
): Promise<Made> {
  const composed = await composeHandout(choice, library, practice, press);
  const { title, warnings, theme, laidOut, pictures, most } = composed;
  const { article, sections } = composed.saying;
  const pages = laidOut.pages.length;
  const over = composed.over();
  // A discreet file does not say either on which day it was made.
  const file = await press.draw(laidOut, choice.discreet ? article.updated : choice.date, pictures, whole, password);
  const about = {
    pages,
    size: theme.body.size,
    title,
    sections: sections.map(({ id }) => id),
    over: over.sections,
    warnings: [...warnings, ...(pages <= most ? [] : [warnOfPages(choice, most, sections, over)])],
  };
  return withFile(about, file);
}
