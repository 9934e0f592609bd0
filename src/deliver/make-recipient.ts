// What a row says and what the form says in, a recipient with its checked choices out, or every reason why not.
import type { Library } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import { warnOfTyped } from '../make/check.ts';
import type { Practice } from '../merge/practice.ts';
import type { Press } from '../pdf/press.ts';
import { addressLines } from './address.ts';
import type { Lookups } from './lookups.ts';
import { readMailbox, slipIn } from './mailbox.ts';
import { initialsOf } from './names.ts';
import { printable } from './printable.ts';
import type { Recipient, Way } from './recipient.ts';
import type { CellProblem, Said } from './row.ts';
import { byField, handoutsOf, unique } from './row-handouts.ts';
import { type Batch, barred } from './ways.ts';

/** What the form says for rows that do not say it themselves. */
export interface Defaults {
  /** Names of articles, in the order they are printed. Empty: each row has to name its own. */
  articles: readonly string[];
  /** Any other fields of a choice. Sections hold for the form's own articles only. */
  choice: Readonly<Record<string, unknown>> & { date: string };
  maySend?: readonly Way[];
  copies?: number;
}

export interface Making {
  defaults: Defaults;
  lookups: Lookups;
  library: Library;
  practice: Practice;
  press: Pick<Press, 'unprintable'>;
  batch: Batch;
}

export type Unnumbered = Omit<Recipient, 'id'>;

export interface Attempt {
  /** Can be used only when there is no problem. */
  recipient: Unnumbered;
  problems: readonly CellProblem[];
  /** It can be made, but a person should know. */
  warnings: readonly CellProblem[];
}

export function makeRecipient(row: number, said: Said, making: Making): Attempt {
  const { defaults, practice, press, batch } = making;
  const made = handoutsOf(said, making);
  const recipient: Unnumbered = {
    row,
    handouts: made.handouts,
    copies: said.copies ?? defaults.copies ?? 1,
    initials: initialsOf(said.client),
    address: addressLines(said.client, said.address, practice.country),
    reference: said.reference,
    email: readMailbox(said.email) ?? said.email,
    maySend: said.maySend ?? defaults.maySend ?? [],
    clinician: made.handouts[0]?.clinician ?? practice.clinician,
  };
  const problems = [...barriers(said, recipient, batch), ...printable(recipient, press)];
  const typed = made.handouts.flatMap((choice) => warnOfTyped(choice, practice));
  const warnings = [...typed, ...(batch === 'email' ? slips(said.email) : [])].map(byField);
  return {
    recipient,
    problems: unique([...said.problems, ...made.problems, ...problems.map(byField)]),
    warnings: unique(warnings),
  };
}

/** The domains are those of a table: they tell nothing of the client. */
function slips(email: string): Problem[] {
  const slip = slipIn(readMailbox(email) ?? '');
  if (slip === null) return [];
  const message = `The address ends in ${slip.typed}. Is ${slip.meant} meant?`;
  return [{ code: 'cell-invalid', message, hint: 'Change it, or leave it if it is right.', place: { field: 'email' } }];
}

/** A cell that can't be read has been complained about already. */
function barriers({ maySend, problems }: Said, recipient: Unnumbered, batch: Batch): Problem[] {
  if (problems.some(({ field }) => field === 'maySend')) return [];
  const barrier = maySend?.length === 0 ? NOTHING_MAY_BE_SENT : barred(recipient, batch);
  return barrier === null ? [] : [barrier];
}

const NOTHING_MAY_BE_SENT: Problem = {
  code: 'way-refused',
  message: 'This client may not be sent anything.',
  hint: 'Take the row out, or change what stands under “May send”.',
  place: { field: 'maySend' },
};
