// Recipients and the library in, a warning for each of their articles that is due for another review out.
import type { Library } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import { findArticle } from '../make/find.ts';
import type { Checked } from './check-rows.ts';
import type { Recipient, RowProblem } from './recipient.ts';

/** Once for each article, at the first row that has it: a batch of three hundred should not ask three hundred times. */
export function dueReviews(
  recipients: readonly Recipient[],
  library: Library,
  column: RowProblem['column'],
): RowProblem[] {
  const told = new Map<string, RowProblem>();
  for (const { row, handouts } of recipients) {
    for (const choice of handouts) {
      const key = `${choice.article} ${choice.language}`;
      if (told.has(key)) continue;
      const { article } = findArticle(library, choice);
      const due = article?.review?.due;
      if (article === null || due === undefined || due > choice.date) continue;
      told.set(key, {
        row,
        column,
        code: 'review-due',
        message: `“${article.title}” was to be reviewed again by ${due}.`,
        hint: 'Look at it on the page Articles before you hand it out.',
      });
    }
  }
  return [...told.values()];
}

/** What a person has to say yes to before any of it is made, without the rows. */
export function dueIn({ warnings }: Pick<Checked, 'warnings'>): Problem[] {
  const due = warnings.filter(({ code }) => code === 'review-due');
  return due.map(({ code, message, hint }) => ({ code, message, hint, place: { field: 'despiteReview' } }) as Problem);
}
