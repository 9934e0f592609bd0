// What a row says and what the form says in, a recipient with its checked choices out, or every reason why not.
import type { Library } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import { warnOfTyped } from '../make/check.ts';
import type { Practice } from '../merge/practice.ts';
import type { Press } from '../pdf/press.ts';
import { addressLines } from './address.ts';
import type { Consent } from './consent.ts';
import { consentOf } from './consent-cells.ts';
import type { Lookups } from './lookups.ts';
import { readMailbox, slipIn } from './mailbox.ts';
import { initialsOf } from './names.ts';
import { printable } from './printable.ts';
import type { Recipient, Way } from './recipient.ts';
import type { CellProblem, Said } from './row.ts';
import { byField, handoutsOf, unique } from './row-handouts.ts';
import { type Batch, barred, pointedOut } from './ways.ts';

/** What the form says for rows that do not say it themselves. */
export interface Defaults {
  /** Names of articles, in the order they are printed. With none saved either, each row has to name its own. */
  articles: readonly string[];
  /** Names of choices that the practice saved; they are printed before the articles. */
  saved?: readonly string[];
  /** Any other fields of a choice. Sections hold for the form's own articles only. */
  choice: Readonly<Record<string, unknown>> & { date: string };
  maySend?: readonly Way[];
  /** To e-mail, of the clients of all rows that say nothing. */
  consent?: Consent;
  privateMailbox?: boolean;
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
  const { consent, problems: ofConsent } = consentOf(said.consent, said.consentDate, defaults.consent);
  const recipient: Unnumbered = {
    row,
    handouts: made.handouts,
    copies: said.copies ?? defaults.copies ?? 1,
    initials: initialsOf(said.client),
    address: addressLines(said.client, said.address, practice.country),
    reference: said.reference,
    email: readMailbox(said.email) ?? said.email,
    consent,
    privateMailbox: said.privateMailbox ?? defaults.privateMailbox ?? null,
    maySend: said.maySend ?? defaults.maySend ?? agreedTo(said, batch),
    clinician: made.handouts[0]?.clinician ?? practice.clinician,
  };
  const cells = [...said.problems, ...ofConsent].filter(({ field }) => batch === 'email' || !isOfMail(field));
  const problems = [...barriers(said, cells, recipient, batch), ...printable(recipient, press)];
  const typed = made.handouts.flatMap((choice) => warnOfTyped(choice, practice));
  const warnings = [...typed, ...(batch === 'email' ? slips(said.email) : []), ...pointedOut(recipient, batch)];
  return {
    recipient,
    problems: unique([...cells, ...made.problems, ...problems.map(byField)]),
    warnings: unique(warnings.map(byField)),
  };
}

/** Who has agreed to e-mail in the row itself may be sent e-mail, though no column says so twice. */
const agreedTo = ({ consent }: Said, batch: Batch): readonly Way[] =>
  batch === 'email' && consent !== null && consent.kind !== 'none' ? ['email'] : [];

/** The domains are those of a table: they tell nothing of the client. */
function slips(email: string): Problem[] {
  const slip = slipIn(readMailbox(email) ?? '');
  if (slip === null) return [];
  const message = `The address ends in ${slip.typed}. Is ${slip.meant} meant?`;
  return [{ code: 'cell-invalid', message, hint: 'Change it, or leave it if it is right.', place: { field: 'email' } }];
}

/** A consent to something else than e-mail keeps nobody's handout from being printed. */
const isOfMail = (field: CellProblem['field']) =>
  field === 'consent' || field === 'consentDate' || field === 'privateMailbox';

/** A cell that can't be read has been complained about already. */
function barriers({ maySend }: Said, problems: readonly CellProblem[], recipient: Unnumbered, batch: Batch): Problem[] {
  if (problems.some(({ field }) => field === 'maySend')) return [];
  if (maySend?.length === 0) return [NOTHING_MAY_BE_SENT];
  const isUnread = problems.some(({ field }) => field === 'consent' || field === 'consentDate');
  return barred(recipient, batch).filter(({ code }) => code !== 'consent-missing' || !isUnread);
}

const NOTHING_MAY_BE_SENT: Problem = {
  code: 'way-refused',
  message: 'This client may not be sent anything.',
  hint: 'Take the row out, or change what stands under “May send”.',
  place: { field: 'maySend' },
};
