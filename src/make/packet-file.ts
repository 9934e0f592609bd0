// One packet in, one PDF for this client alone out: a handout as it is, or several one after another with a page of contents.
import type { Library } from '../content/article.ts';
import type { Practice } from '../merge/practice.ts';
import { wordsOf } from '../merge/words.ts';
import type { Press } from '../pdf/press.ts';
import { ownPdf, type PdfFile, withFile } from '../pdf/stretch.ts';
import { composePacket } from './compose-packet.ts';
import { makeHandout } from './handout.ts';
import type { Packet, Printing } from './packet.ts';

export interface MadePacket extends PdfFile {
  /** The packet's own: compared before the file is handed on. */
  id: string;
  pages: number;
}

/** Nobody knows how it will be printed: no blank backs, nothing for staff. */
const FOR_ONE: Printing = { simplex: true, separators: false, covers: true, addressPages: false };

/** Throws a HandoutError like `makeHandout`. With a `password` the file is encrypted. */
export async function makePacketFile(
  packet: Packet,
  library: Library,
  practice: Practice,
  press: Press,
  password: string | null = null,
): Promise<MadePacket> {
  const { id, handouts } = packet;
  const [choice] = handouts;
  if (choice !== undefined && handouts.length === 1) {
    const made = await makeHandout(choice, library, practice, press, false, password);
    return withFile({ id, pages: made.pages }, made);
  }

  const composed = await composePacket({ ...packet, copies: 1 }, null, FOR_ONE, library, practice, press);
  const chunks: Buffer[] = [];
  const { lang } = composed.copies[0]![0]!.laidOut;
  const isDiscreet = handouts.some(({ discreet }) => discreet);
  const settings = { lang, date: choice!.date, simplex: false, discreet: isDiscreet, whole: false, password };
  const pile = press.pile(settings, (chunk) => void chunks.push(chunk));
  const labels = wordsOf(lang);
  await pile.add({ id, label: isDiscreet ? labels.untitled : labels.packet, copies: composed.copies });
  await pile.end(isDiscreet ? labels.untitled : labels.packet);
  return { ...ownPdf(Buffer.concat(chunks)), id, pages: composed.pages };
}
