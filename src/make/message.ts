// Everything one client gets in, one e-mail with its PDF out, which names the packet it was made for.
import type { Library } from '../content/article.ts';
import { type Message, writeMessage } from '../merge/message.ts';
import type { Practice } from '../merge/practice.ts';
import type { Press } from '../pdf/press.ts';
import type { Packet } from './packet.ts';
import { makePacketFile } from './packet-file.ts';
import { makeWebPage } from './web-page.ts';

export interface MadeMessage extends Message {
  /** The packet's own: compared before the message is handed on. */
  id: string;
  pdf: Buffer;
  pages: number;
}

export interface How {
  /** A single handout that is neither discreet nor locked is the message itself, too. */
  asPage: boolean;
  /** Locks the PDF. The message says that it is locked, and that the password comes another way. */
  password: string | null;
}

/** Throws a HandoutError like `makeHandout`. */
export async function makeMessage(
  packet: Packet,
  library: Library,
  practice: Practice,
  press: Press,
  { asPage, password }: How,
): Promise<MadeMessage> {
  const { handouts } = packet;
  const [first] = handouts;
  if (first === undefined) throw new Error('A packet without a handout.');
  const discreet = handouts.some((choice) => choice.discreet);
  const { id, pdf, pages } = await makePacketFile(packet, library, practice, press, password);
  const { language: lang, client } = first;
  const message = writeMessage({
    lang,
    client,
    practice,
    discreet,
    handouts: handouts.length,
    locked: password !== null,
  });
  if (!asPage || password !== null || discreet || handouts.length > 1) return { ...message, id, pdf, pages };
  const { html } = await makeWebPage(first, library, practice, press);
  return { ...message, html, id, pdf, pages };
}
