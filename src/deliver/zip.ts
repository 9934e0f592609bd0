// The files of a batch one by one in, a ZIP with a name for each out, as a stream.
import { makeZip } from 'client-zip';
import type { Packet } from '../make/packet.ts';

export interface ZipFile {
  row: number;
  request: unknown;
  pdf: Buffer;
}

/** Nothing is held but the file that is being handed on. All are of the same `date`, so that the same files give the same ZIP. */
export async function* zipOf(
  files: AsyncIterable<ZipFile>,
  names: 'row' | 'client' | 'draft',
  date: Date,
): AsyncGenerator<Uint8Array> {
  yield* makeZip(entries()) as unknown as AsyncIterable<Uint8Array>;

  async function* entries() {
    for await (const { row, request, pdf } of files) {
      const name = names === 'client' ? clientName(row, request as Packet) : rowName(row, names);
      yield { name, input: pdf, size: pdf.length, lastModified: date };
    }
  }
}

/** Sorts as the spreadsheet does, up to the 100,000 rows that are read. */
const rowName = (row: number, names: 'row' | 'draft') =>
  `row-${String(row).padStart(6, '0')}.${names === 'row' ? 'pdf' : 'eml'}`;

/** For practices that file by name. What some system can't have in a file's name is left out. */
function clientName(row: number, { handouts }: Packet): string {
  const client = (handouts[0]?.client ?? '').replace(/[\\/:*?"<>|\p{Cc}]/gu, '').trim();
  return `${String(row).padStart(6, '0')}${client === '' ? '' : ` ${client}`}.pdf`;
}
