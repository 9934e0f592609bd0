// Odd but real packets, and one way to make a print file of them: packets in, the file and what was said of it out.
import type { Library } from '../../src/content/article.ts';
import type { Lead } from '../../src/make/lead.ts';
import type { Packet, Printing } from '../../src/make/packet.ts';
import { makePrintFile, type PrintFile } from '../../src/make/print-file.ts';
import type { Practice } from '../../src/merge/practice.ts';
import type { Press } from '../../src/pdf/press.ts';
import { aChoice, aPractice } from './builders.ts';

export const ODD_NAMES = [
  'Zoë Łukasiewicz',
  'محمد الأحمد',
  '陈伟',
  'José 🙂',
  'रवि शर्मा',
  'דוד כהן',
  'Nguyễn Thị Minh Khai',
  'Ольга Ивановна',
  'O’Brien-Smythe',
  'X',
  '山田 太郎',
  'Wolfeschlegelsteinhausen',
];

/** A word no other packet has, in the letters of any alphabet's reader. */
export const tokenOf = (row: number): string =>
  `Q${String(row)
    .padStart(5, '0')
    .replace(/\d/gu, (d) => 'ABCDEFGHJK'[Number(d)]!)}Z`;

export function aPacket(row: number, some: Partial<Packet> & { client?: string; note?: string } = {}): Packet {
  const { client = `Client ${tokenOf(row)}`, note = '', ...rest } = some;
  const handouts = [aChoice({ article: 'stress-response', preset: 'one-page', client, note })];
  return { row, id: `id-${row}`, handouts, copies: 1, initials: 'A. B.', address: [], reference: '', ...rest };
}

/** Names of all scripts, notes of all lengths, one to three handouts, two languages, some with an address. */
export function oddPackets(count: number): Packet[] {
  return Array.from({ length: count }, (_, index) => {
    const row = index + 2;
    const client = `${ODD_NAMES[index % ODD_NAMES.length]} ${tokenOf(row)}`;
    const note = index % 3 === 0 ? '' : `Dear you, ${'one more line of it. '.repeat((index * 7) % 40)}`;
    const handouts = [
      aChoice({ article: 'stress-response', preset: 'one-page', client, note, largePrint: index % 11 === 4 }),
      aChoice({ article: 'sample-arabic', language: 'ar', client }),
      aChoice({ article: 'why-relationships-matter', client, preset: 'full' }),
    ].slice(index % 4 === 1 ? 1 : 0, 1 + (index % 3));
    const address = index % 2 === 0 ? [client, '12 Quay Street', 'Portland, OR 97201'] : [];
    return aPacket(row, {
      handouts: handouts.length > 0 ? handouts : [aChoice({ article: 'stress-response', client })],
      address,
      copies: index % 10 === 7 ? 2 : 1,
      reference: index % 2 === 0 ? `R-${row}` : '',
    });
  });
}

export const PLAIN: Printing = { simplex: false, separators: false, covers: false, addressPages: false };
export const FULL: Printing = { simplex: false, separators: true, covers: true, addressPages: true };

export interface Pile extends PrintFile {
  pdf: Buffer;
}

export async function makePile(
  packets: Iterable<Packet> | AsyncIterable<Packet>,
  library: Library,
  press: Press,
  some: { printing?: Printing; practice?: Practice; from?: number; places?: number; whole?: boolean; lead?: Lead } = {},
): Promise<Pile> {
  const { printing = PLAIN, practice = aPractice(), from = 1, places = 300, whole = false, lead } = some;
  const chunks: Buffer[] = [];
  const job = { printing, date: '2026-11-23', from, places, ...(lead === undefined ? {} : { lead }) };
  const made = await makePrintFile(packets, job, library, practice, press, (chunk) => void chunks.push(chunk), whole);
  return { ...made, pdf: Buffer.concat(chunks) };
}
