// Packets, the library, the practice and the press in, one PDF for the printer out in chunks, and where each packet is in it.
import { setImmediate } from 'node:timers/promises';
import type { Library } from '../content/article.ts';
import type { Practice } from '../merge/practice.ts';
import type { Sink } from '../pdf/flow.ts';
import type { Press } from '../pdf/press.ts';
import { backed, composePacket } from './compose-packet.ts';
import { type Lead, layOutLead } from './lead.ts';
import type { Packet, Printed, Printing } from './packet.ts';
import { STAFF_LANGUAGE } from './separator.ts';

export interface PrintJob {
  printing: Printing;
  /** The day of the run, ISO: the file's date too, for the same packets give the same bytes. */
  date: string;
  /** The place of the first packet in the whole run, and how many that has: a part counts as the whole does. */
  from: number;
  places: number;
  /** Counts for a sheet on top, for staff; none where rows are printed once more. */
  lead?: Lead;
}

export interface PrintFile {
  printed: readonly Printed[];
  /** Blank backs too. */
  pages: number;
  sheets: number;
  /** Of the whole file, in hexadecimal. */
  sha256: string;
}

/** No packet's id. */
const LEAD = 'lead';

/** A server that makes a file has other things to do in between. */
const BREATH = 16;

/**
 * Makes a print file. Nothing at the sink is good before this has ended well: it rejects with a HandoutError that names
 * the row where a packet can't be made. `whole` draws every object by itself: the same bytes, more slowly.
 */
export async function makePrintFile(
  packets: Iterable<Packet> | AsyncIterable<Packet>,
  { printing, date, from, places, lead }: PrintJob,
  library: Library,
  practice: Practice,
  press: Press,
  sink: Sink,
  whole = false,
): Promise<PrintFile> {
  const pile = press.pile({ lang: STAFF_LANGUAGE, date, simplex: printing.simplex, discreet: false, whole }, sink);
  const printed: Printed[] = [];
  let pages = 0;
  let sheets = 0;
  for await (const packet of packets) {
    const place = from + printed.length;
    const composed = await composePacket(packet, { place, places }, printing, library, practice, press);
    if (lead !== undefined && printed.length === 0) {
      const paper = packet.handouts[0]!.paper ?? practice.paper;
      const laidOut = layOutLead(lead, { from, places, date }, paper, press.measure(new Map(), false));
      const copy = backed([{ id: LEAD, laidOut, pictures: new Map() }], printing.simplex);
      await pile.add({ id: LEAD, label: 'Counts', copies: [copy] });
      pages += printing.simplex ? 1 : 2;
      sheets += 1;
    }
    await pile.add({ id: packet.id, label: `Row ${packet.row}`, copies: composed.copies });
    printed.push({ row: packet.row, pages: composed.pages, sheets: composed.sheets, firstPage: pages + 1 });
    pages += composed.sides;
    sheets += composed.sheets;
    if (printed.length % BREATH === 0) await setImmediate();
  }
  const last = from + printed.length - 1;
  const sha256 = await pile.end(`Packets ${from} to ${last} of ${places}`);
  return { printed, pages, sheets, sha256 };
}
