// A recipient in, what the outbox keeps of them out; and back again, bound to its row.
import type { Packet } from '../make/packet.ts';
import type { Errand, NewMail } from '../store/mail.ts';
import { readMailbox } from './mailbox.ts';
import { CrossedError } from './part.ts';

/** What is asked for; the PDF is made when it is sent. */
export interface Letter {
  to: string;
  packet: Packet;
  /** The handout is the message itself, too. */
  asPage: boolean;
}

export function mailOf({ to, packet, asPage }: Letter): NewMail {
  const { id, row } = packet;
  return { id, row, same: sameAs(to, packet), request: { to, packet, asPage } satisfies Letter };
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
