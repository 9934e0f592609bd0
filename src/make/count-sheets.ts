// Packets and how they are printed in, the sheets of paper they will need out: laid out, and nothing drawn.
import { setImmediate } from 'node:timers/promises';
import type { Library } from '../content/article.ts';
import type { Practice } from '../merge/practice.ts';
import type { Press } from '../pdf/press.ts';
import { composePacket } from './compose-packet.ts';
import type { Packet, Printing } from './packet.ts';

/** A server that counts has other things to do in between. */
const BREATH = 4;

/** Throws a HandoutError that names the row where a packet can't be made. */
export async function countSheets(
  packets: readonly Packet[],
  printing: Printing,
  library: Library,
  practice: Practice,
  press: Press,
): Promise<number> {
  let sheets = 0;
  for (const [index, packet] of packets.entries()) {
    const of = { place: index + 1, places: packets.length };
    sheets += (await composePacket(packet, of, printing, library, practice, press)).sheets;
    if ((index + 1) % BREATH === 0) await setImmediate();
  }
  return sheets;
}
