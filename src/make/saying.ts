// A choice, the library and the practice in, all that a merge reads out; or every problem of the choice at once.
import type { Library } from '../content/article.ts';
import { HandoutError, type Problem, refuse } from '../errors.ts';
import type { Choice } from '../merge/choice.ts';
import { chooseSections } from '../merge/choose.ts';
import { discreetly } from '../merge/discreet.ts';
import type { Saying } from '../merge/fill.ts';
import type { Practice } from '../merge/practice.ts';
import type { Press } from '../pdf/press.ts';
import { checkWords, warnOfHints, warnOfTyped } from './check.ts';
import { findArticle, findCrisisLine, titleOf } from './find.ts';
import { linkOf } from './next-step.ts';

export interface Asked {
  saying: Saying;
  /** The article's own, which a discreet copy does not say. */
  title: string;
  warnings: readonly Problem[];
}

/** What a discreet copy does not say is already left out of the saying. */
export function sayingOf(choice: Choice, library: Library, practice: Practice, press: Press): Asked {
  const { article, problems } = findArticle(library, choice);
  const chosen = article === null ? { sections: [], problems } : chooseSections(article, choice);
  const { sections } = chosen;
  const crisis = findCrisisLine(library, practice, choice.discreet);
  const words = checkWords(choice, sections, practice, press);
  const all = [...chosen.problems, ...words, ...crisis.problems];
  if (article === null) throw new HandoutError(all);
  refuse(all);
  const next = titleOf(library, article);
  const link = linkOf(practice.contact);
  const saying = discreetly({ choice, article, sections, practice, crisis: crisis.line, next, link });
  return {
    saying,
    title: article.title,
    warnings: [...warnOfHints(choice, sections), ...warnOfTyped(choice, practice)],
  };
}
