// The files of a batch one by one in, a ZIP with a name for each out, as a stream.
import { makeZip } from 'client-zip';
import type { Packet } from '../make/packet.ts';

export interface ZipFile {
  row: number;
  request: unknown;
  pdf: Buffer;
}

export interface Naming {
  names: 'row' | 'client' | 'draft';
  /** Numbers have as many digits as this one, so that names sort as the spreadsheet does. */
  lastRow: number;
  /** All are of the same, so that the same files give the same ZIP. */
  date: Date;
}

/** Nothing is held but the file that is being handed on. */
export async function* zipOf(
  files: AsyncIterable<ZipFile>,
  { names, lastRow, date }: Naming,
): AsyncGenerator<Uint8Array> {
  yield* makeZip(entries()) as unknown as AsyncIterable<Uint8Array>;

  async function* entries() {
    for await (const { row, request, pdf } of files) {
      const number = String(row).padStart(String(lastRow).length, '0');
      const client = names === 'client' ? clientIn(request as Packet) : '';
      const name = names === 'client' ? `${number}${client}.pdf` : `row-${number}.${names === 'row' ? 'pdf' : 'eml'}`;
      yield { name, input: pdf, size: pdf.length, lastModified: date };
    }
  }
}

/** For practices that file by name. What some system can't have in a file's name is left out. */
function clientIn({ handouts }: Packet): string {
  const client = (handouts[0]?.client ?? '').replace(/[\\/:*?"<>|\p{Cc}]/gu, '').trim();
  return client === '' ? '' : ` ${client}`;
}
