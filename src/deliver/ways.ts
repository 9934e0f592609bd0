// A recipient and a way to reach people in, whether that way is open to this client out.
import type { Problem } from '../errors.ts';
import { readMailbox } from './mailbox.ts';
import type { Recipient, Way } from './recipient.ts';

/** What a batch makes: paper, for hand or post, or e-mail. */
export type Batch = 'print' | 'email';

/** Where nothing is said paper may be handed over or posted; e-mail needs somebody to have said so. */
export function allows({ maySend }: Pick<Recipient, 'maySend'>, way: Way): boolean {
  return maySend.length === 0 ? way !== 'email' : maySend.includes(way);
}

/** Why a batch can't reach this client; null when it can. */
export function barred(recipient: Pick<Recipient, 'maySend' | 'email'>, batch: Batch): Problem | null {
  if (batch === 'print') {
    if (allows(recipient, 'hand') || allows(recipient, 'post')) return null;
    return refused('This client may be sent e-mail only, and this is a print file.', 'Send it by e-mail.');
  }
  if (!allows(recipient, 'email')) {
    return refused('Nothing says that this client may be sent e-mail.', 'Print it, or write e-mail under “May send”.');
  }
  if (readMailbox(recipient.email) !== null) return null;
  const message = recipient.email === '' ? 'There is no e-mail address.' : 'This is not an e-mail address.';
  return { code: 'cell-invalid', message, hint: 'Write one like ann@example.org.', place: { field: 'email' } };
}

const refused = (message: string, hint: string): Problem => ({
  code: 'way-refused',
  message,
  hint,
  place: { field: 'maySend' },
});
