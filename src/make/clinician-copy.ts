// The clinician's copy of a handout: the same choice in, the bytes of a one-page PDF out, with nothing of the client in it.
import type { Library } from '../content/article.ts';
import { HandoutError, type Problem, refuse } from '../errors.ts';
import { layOut } from '../layout/lay-out.ts';
import { type Step, stepsOf, themeOf } from '../layout/theme.ts';
import type { Choice } from '../merge/choice.ts';
import { chooseSections } from '../merge/choose.ts';
import { mergeClinicianCopy } from '../merge/clinician-copy.ts';
import { logoName } from '../merge/letterhead.ts';
import type { Practice } from '../merge/practice.ts';
import type { Press } from '../pdf/press.ts';
import { checkLetterhead } from './check.ts';
import { findArticle } from './find.ts';
import type { Made } from './handout.ts';

export type MadeCopy = Pick<Made, 'pdf' | 'pages' | 'title' | 'sections' | 'warnings'>;

/** Of the choice only article, language, sections, paper, date and discreet count. Refused where the author wrote nothing for it. */
export async function makeClinicianCopy(
  choice: Pick<Choice, 'article' | 'language' | 'sections' | 'preset' | 'paper' | 'date' | 'discreet'>,
  library: Library,
  practice: Practice,
  press: Press,
): Promise<MadeCopy> {
  const { article, problems } = findArticle(library, choice);
  if (article === null) throw new HandoutError(problems);
  const { sections, problems: unknown } = chooseSections(article, choice);
  const notes = article.clinician;
  const letterhead = checkLetterhead(practice, press);
  if (notes === null) throw new HandoutError([...unknown, ...letterhead, noNotes(article.title)]);
  refuse([...unknown, ...letterhead]);

  const sheet = mergeClinicianCopy({ article, notes, sections, practice, discreet: choice.discreet });
  const { logo } = practice;
  const pictures = await press.pictures(logo === null ? [] : [{ name: logoName(logo), from: logo }]);
  const measure = press.measure(pictures, true);
  const set = (step: Step) => {
    const theme = themeOf(choice.paper ?? practice.paper, false, { accent: practice.colour, step });
    return layOut(sheet, theme, { fixed: measure, personal: measure });
  };
  let laidOut = set(0);
  for (const step of stepsOf(false)) if (laidOut.pages.length > 1) laidOut = set(step);
  // Asked for once in a while: drawn whole, so that it takes no handout's place among the stencils.
  const file = await press.draw(laidOut, choice.date, pictures, true);
  const ids = sections.map(({ id }) => id);
  return { ...file, pages: laidOut.pages.length, title: sheet.title, sections: ids, warnings: [] };
}

function noNotes(title: string): Problem {
  return {
    code: 'clinician-notes-missing',
    message: `“${title}” has no notes for the clinician.`,
    hint: 'Its author can add why, introduce, not-when and teach-back under “clinician” in its head.',
    place: { field: 'article' },
  };
}
