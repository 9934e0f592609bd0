// Recipients in, a warning for each caution at which their discreet pages only hint out.
import { warnOfHints } from '../make/check.ts';
import type { Lookups } from './lookups.ts';
import type { Recipient, RowProblem } from './recipient.ts';

/** Each once, at the first row that has it: what a clinician is to say aloud is the same for three hundred clients. */
export function hintsOf(
  recipients: readonly Recipient[],
  { chosen }: Pick<Lookups, 'chosen'>,
  column: RowProblem['column'],
): RowProblem[] {
  const told = new Map<string, RowProblem>();
  for (const { row, handouts } of recipients) {
    for (const choice of handouts.filter(({ discreet }) => discreet)) {
      for (const { code, message } of warnOfHints(choice, chosen(choice).sections))
        if (!told.has(message)) told.set(message, { row, column, code, message });
    }
  }
  return [...told.values()];
}
