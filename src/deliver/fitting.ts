// Recipients whose handouts were asked to fit so many pages in, a warning for each handout that does not out.
import type { Library } from '../content/article.ts';
import { composeHandout } from '../make/compose-handout.ts';
import { untyped } from '../make/fit.ts';
import type { Choice } from '../merge/choice.ts';
import type { Practice } from '../merge/practice.ts';
import type { Press } from '../pdf/press.ts';
import type { Recipient, RowProblem } from './recipient.ts';

/** More kinds of handouts than a morning has; each takes as long to try as to make. */
const MOST_TRIED = 30;

interface Fullest {
  row: number;
  choice: Choice;
  /** Characters typed for this client. */
  typed: number;
}

/** Every kind of handout is tried with the client who has most words in it: where that fits, the others do. */
export async function overfull(
  recipients: readonly Recipient[],
  library: Library,
  practice: Practice,
  press: Press,
  column: RowProblem['column'],
): Promise<RowProblem[]> {
  const warnings: RowProblem[] = [];
  for (const { row, choice } of [...fullest(recipients).values()].slice(0, MOST_TRIED)) {
    const { title, laidOut, most } = await composeHandout({ ...choice, fillable: false }, library, practice, press);
    const { length } = laidOut.pages;
    if (length <= most) continue;
    const message = `“${title}” takes ${length} pages here, and ${most} ${most === 1 ? 'was' : 'were'} asked for.`;
    const hint = 'Even the smallest type does not help: name fewer sections, or shorten the words.';
    warnings.push({ row, column, code: 'fits-not', message, hint });
  }
  return warnings;
}

function fullest(recipients: readonly Recipient[]): Map<string, Fullest> {
  const found = new Map<string, Fullest>();
  for (const { row, handouts } of recipients) {
    for (const choice of handouts) {
      if (choice.fit === undefined) continue;
      const alike = JSON.stringify({ ...untyped(choice), client: '' });
      const typed = JSON.stringify(choice).length - alike.length;
      if (typed > (found.get(alike)?.typed ?? -1)) found.set(alike, { row, choice, typed });
    }
  }
  return found;
}
