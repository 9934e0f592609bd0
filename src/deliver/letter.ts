// A recipient in, what the outbox keeps of them out; and back again, bound to its row. Without consent there is no letter.
import { type Problem, refuse } from '../errors.ts';
import type { Packet } from '../make/packet.ts';
import type { Errand, NewMail } from '../store/mail.ts';
import type { Agreed, Consent } from './consent.ts';
import { readMailbox } from './mailbox.ts';
import { CrossedError } from './part.ts';
import { passwordSchema } from './password.ts';

/** What is asked for; the PDF is made when it is sent. */
export interface Letter {
  to: string;
  packet: Packet;
  /** The handout is the message itself, too: only for who agreed after the warning. */
  asPage: boolean;
  consent: Agreed;
  /** Opens the PDF; set exactly when `consent` is that. Sealed in the outbox, and purged with the rest. */
  password: string | null;
}

/** Throws a HandoutError where nothing may be sent in this way. */
export function writeLetter(asked: Omit<Letter, 'consent'> & { consent: Consent }): Letter {
  refuse(problemsOf(asked));
  const { to, packet, asPage, consent, password } = asked as Letter;
  return { to, packet, asPage, consent, password };
}

/** Names the row, if it is of a spreadsheet, and nothing of the client. */
function problemsOf({ to, packet, asPage, consent, password }: Parameters<typeof writeLetter>[0]): Problem[] {
  const isLocked = consent.kind === 'password';
  const problems: Problem[] = [
    ...(readMailbox(to) === to ? [] : [NO_ADDRESS]),
    ...(consent.kind === 'none' ? [NO_CONSENT] : []),
    ...(isLocked && !passwordSchema.safeParse(password).success ? [NO_PASSWORD] : []),
    ...(!isLocked && password !== null ? [LOCKED_UNASKED] : []),
    ...(asPage && consent.kind !== 'after-warning' ? [OPEN_UNASKED] : []),
  ];
  const row = packet.row === 0 ? '' : `Row ${packet.row}: `;
  return problems.map((problem) => ({ ...problem, message: `${row}${problem.message}` }));
}

const NO_ADDRESS: Problem = {
  code: 'field-invalid',
  message: 'This is not one e-mail address.',
  hint: 'Write one like ann@example.org.',
  place: { field: 'email' },
};

export const NO_CONSENT: Problem = {
  code: 'consent-missing',
  message: 'The client has not agreed to e-mail.',
  hint: 'Read them the warning and note their answer, lock the PDF with a password, or print it.',
  place: { field: 'consent' },
};

const NO_PASSWORD: Problem = {
  code: 'password-invalid',
  message: 'The PDF has no password that will do.',
  hint: 'Let one be made, or type 10 to 64 letters without accents, digits or signs.',
  place: { field: 'password' },
};

const LOCKED_UNASKED: Problem = {
  code: 'password-invalid',
  message: 'There is a password, and the client did not ask for a locked PDF.',
  hint: 'Take the password out, or choose the locked PDF.',
  place: { field: 'password' },
};

const OPEN_UNASKED: Problem = {
  code: 'consent-missing',
  message: 'The handout may be the message itself only for a client who agreed after the warning.',
  hint: 'Attach it as a PDF alone, or read them the warning and note the day.',
  place: { field: 'asPage' },
};

export function mailOf(letter: Letter): NewMail {
  const { id, row } = letter.packet;
  return { id, row, same: sameAs(letter.to, letter.packet), request: letter };
}

/** The same for the same handouts to the same address, whatever the note says. */
export const sameAs = (to: string, { handouts }: Pick<Packet, 'handouts'>): string =>
  [to.toLowerCase(), ...handouts.map(({ article, language }) => `${article} ${language}`)].join('\n');

/** Throws CrossedError where it is not that of the row. */
export function letterOf({ id, row, request }: Pick<Errand, 'id' | 'row' | 'request'>): Letter {
  const letter = request as Letter;
  if (letter.packet.id !== id || letter.packet.row !== row || readMailbox(letter.to) !== letter.to)
    throw new CrossedError();
  return letter;
}
