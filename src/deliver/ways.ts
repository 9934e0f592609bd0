// A recipient and a way to reach people in, whether that way is open to this client out.
import type { Problem } from '../errors.ts';
import type { Field } from './headings.ts';
import { NO_CONSENT } from './letter.ts';
import { readMailbox } from './mailbox.ts';
import type { Recipient, Way } from './recipient.ts';

/** What a batch makes: paper, for hand or post, or e-mail. */
export type Batch = 'print' | 'email';

/** Where nothing is said paper may be handed over or posted; e-mail needs somebody to have said so. */
export function allows({ maySend }: Pick<Recipient, 'maySend'>, way: Way): boolean {
  return maySend.length === 0 ? way !== 'email' : maySend.includes(way);
}

type Reached = Pick<Recipient, 'maySend' | 'email' | 'consent' | 'privateMailbox'>;

/** Why a batch can't reach this client; empty when it can. */
export function barred(recipient: Reached, batch: Batch): Problem[] {
  if (batch === 'email') return allows(recipient, 'email') ? barredFromMail(recipient) : [NO_MAIL];
  return allows(recipient, 'hand') || allows(recipient, 'post') ? [] : [MAIL_ONLY];
}

function barredFromMail({ email, consent, privateMailbox }: Reached): Problem[] {
  const isShared = privateMailbox === false && consent.kind === 'after-warning';
  return [
    ...(readMailbox(email) !== null ? [] : [email === '' ? NO_ADDRESS : BAD_ADDRESS]),
    ...(consent.kind === 'none' ? [NO_CONSENT] : []),
    ...(isShared ? [SHARED] : []),
  ];
}

/** What may go, and a person should know. */
export function pointedOut({ consent, privateMailbox }: Reached, batch: Batch): Problem[] {
  return batch === 'email' && privateMailbox === false && consent.kind === 'password' ? [SHARED_AND_LOCKED] : [];
}

const refused = (message: string, hint: string, field: Field = 'maySend'): Problem => ({
  code: 'way-refused',
  message,
  hint,
  place: { field },
});

const MAIL_ONLY = refused('This client may be sent e-mail only, and this is a print file.', 'Send it by e-mail.');

const NO_MAIL = refused(
  'Nothing says that this client may be sent e-mail.',
  'Print it, or write e-mail under “May send”, or what they agreed to under “Consent”.',
);

const NO_ADDRESS: Problem = {
  code: 'cell-invalid',
  message: 'There is no e-mail address.',
  hint: 'Write one like ann@example.org.',
  place: { field: 'email' },
};

const BAD_ADDRESS: Problem = { ...NO_ADDRESS, message: 'This is not an e-mail address.' };

const SHARED = refused(
  'Others read this mailbox.',
  'Lock the PDF: write password under “Consent”. Or print it.',
  'privateMailbox',
);

const SHARED_AND_LOCKED = refused(
  'Others read this mailbox.',
  'They can’t open the PDF, but they see that it came from you. Print it if that is too much.',
  'privateMailbox',
);
