// A made message and its letter in, what the mail program or server is handed out: one address, one attachment.
import type { MadeMessage } from '../make/message.ts';
import type { Letter } from './letter.ts';
import type { Outgoing } from './smtp.ts';

export interface From {
  /** Null, and for a discreet client always: the neutral name of the message. */
  name: string | null;
  address: string;
}

/** How the practice's mail goes out. */
export interface Sending {
  from: From;
  replyTo: string | null;
  /** So long everything can be taken back. */
  holdMs: number;
}

export const contentOf = (
  { to }: Pick<Letter, 'to'>,
  { subject, text, html, file, pdf }: MadeMessage,
): Omit<Outgoing, 'from' | 'replyTo'> => ({
  to,
  subject,
  text,
  html,
  attachments: [{ name: file, type: 'application/pdf', bytes: pdf }],
});

export const outgoingOf = (
  letter: Pick<Letter, 'to'>,
  made: MadeMessage,
  { from, replyTo }: { from: From; replyTo: string | null },
): Outgoing => ({
  from: { name: made.discreet ? made.sender : (from.name ?? made.sender), address: from.address },
  replyTo,
  ...contentOf(letter, made),
});
