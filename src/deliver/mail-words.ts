// How a mail stands, or what a mail server made of us, in; plain words about it for the practice's staff out.
import type { Problem } from '../errors.ts';
import type { Mail } from '../store/mail.ts';
import type { MailField } from './mail-settings.ts';
import type { SmtpAnswer, Unreached } from './smtp-answer.ts';

export function sayMail({ state, why, tries, reply }: Pick<Mail, 'state' | 'why' | 'tries' | 'reply'>): string {
  switch (state) {
    case 'held':
      return 'Held for a moment: it can still be cancelled.';
    case 'queued':
      if (why === 'unreachable') return 'The mail server could not be reached. It is tried again by itself.';
      if (why === 'server') return `The mail server said “not now”${numbers(reply)}. It is tried again by itself.`;
      if (why === 'unmade') return 'The handout could not be made just now. It is tried again by itself.';
      return tries === 0 ? 'Waiting to be sent.' : 'Waiting to be sent again.';
    case 'sending':
    case 'committing':
      return 'On its way.';
    case 'sent':
      return 'Handed to the mail server.';
    case 'refused':
      if (why === 'late') return 'Not sent: the mail server could not take it for a whole day.';
      if (why === 'unmade') return 'Not sent: the handout could not be made.';
      return `Not sent: ${refusal(reply)}${numbers(reply)}.`;
    case 'parked':
      if (why === 'deadly') return 'Not sent: sending it ended the program twice. Send it again or cancel it.';
      if (why === 'broken') return 'Not sent: what is kept of it is damaged. Cancel it, and send the handout anew.';
      return 'It may have been sent, and nobody can know. Ask the client, then send it again or leave it.';
    case 'cancelled':
      if (why === 'left') return 'It may have been sent, and will not be sent again.';
      return why === 'expired' ? 'Not sent: it waited for a week and was deleted.' : 'Cancelled.';
  }
}

const numbers = (reply: string | null) => (reply === null ? '' : ` (${reply})`);

/** By the second and third number of RFC 3463, else by the answer's own of RFC 5321, 4.2.2. */
function refusal(reply: string | null): string {
  const [code = '', status = ''] = (reply ?? '').split(' ');
  if (/\.2\.2$/u.test(status) || (code === '552' && !/\.3\.4$/u.test(status))) return 'the mailbox is full';
  if (/\.3\.4$/u.test(status)) return 'the message is too large for that mailbox';
  if (/\.1\.\d+$/u.test(status) || /\.2\.1$/u.test(status)) return 'there is no such mailbox';
  if (/\.7\.\d+$/u.test(status)) return 'the other side does not accept mail from you';
  return code === '550' ? 'there is no such mailbox, or it takes no mail from you' : 'the mail server refused it';
}

type Said = Omit<Problem, 'code'>;
const at = (field: MailField, message: string, hint: string): Said => ({ message, hint, place: { field } });

/** In the words of the page for the mail settings, with the field there that most often is to blame. */
const BLOCKED: Readonly<Record<string, Said>> = {
  password: at(
    'smtpPassword',
    'The mail server refused the name and password.',
    'Set both anew. Some services want an app password.',
  ),
  token: at(
    'smtpOauthRefreshToken',
    'The mail server, or the service that gives leave to use it, refused the sign-in.',
    'Get a new refresh token. Check the name to sign in with and the client ID, too.',
  ),
  certificate: at(
    'smtpHost',
    'The mail server’s certificate can’t be trusted, so nothing was sent to it.',
    'Check the name of the mail server: it must be the very one in the certificate, and that must not be out of date.',
  ),
  'turned-away': {
    message: 'The mail server turns this machine away.',
    hint: 'Ask whoever runs it whether mail may be handed in from here, and at which port.',
  },
  crossed: {
    message: 'A mail got mixed up with another one, so nothing more is sent.',
    hint: 'This is a fault in Keepsake. Cancel what waits, and please tell us. Then let it go on.',
  },
};

/** Why nothing is sent. */
export const sayPaused = (why: string): Problem => ({
  code: 'mail-blocked',
  ...(BLOCKED[why] ?? { message: 'Sending is paused.', hint: 'Try again.' }),
});

const UNREACHED: Readonly<Record<Unreached, Said>> = {
  name: at('smtpHost', 'There is no mail server of this name.', 'Check its name for a slip.'),
  port: at(
    'smtpPort',
    'Nothing answers at this port of the mail server.',
    'Check the port, and that no firewall is in the way. Usual are 587 with STARTTLS and 465 with TLS from the start.',
  ),
  tls: at(
    'smtpTls',
    'The mail server does not speak TLS in this way.',
    'Set the encryption to STARTTLS for port 587, or to TLS from the start for port 465.',
  ),
  token: at(
    'smtpOauthTokenUrl',
    'The service that gives leave to sign in can’t be reached, or does not answer as one.',
    'Check the token URL, and that no firewall is in the way.',
  ),
  other: at('smtpHost', 'The mail server did not answer as one.', 'Check its name and the port.'),
};

/** What is wrong with the connection; null when it is right. */
export function sayAnswer(answer: SmtpAnswer): Problem | null {
  switch (answer.is) {
    case 'taken':
      return null;
    case 'blocked':
      return sayPaused(answer.by);
    case 'later':
      if (answer.unreached !== null) return { code: 'mail-unreached', ...UNREACHED[answer.unreached] };
      return {
        code: 'mail-unreached',
        message: `The mail server said “not now”${numbers(answer.reply)}.`,
        hint: 'Try again in a while.',
      };
    default:
      return { code: 'mail-unreached', ...UNREACHED.other };
  }
}
