// A document that pdfkit writes and a sink in, the document's bytes in chunks out as they come, and their digest.
import { createHash } from 'node:crypto';
import type PDFDocument from 'pdfkit';

/** Takes a chunk of the file; the next one is made when it is done, so that memory stays flat. */
export type Sink = (chunk: Buffer) => Promise<void> | void;

export interface Flow {
  /** Numbers for `count` objects that pdfkit does not make; the first of them. */
  take(count: number): number;
  /** Writes objects as they are. `starts`: where in the text each begins, from number `first` on. */
  write(text: string, first: number, starts: readonly number[]): void;
  /** Hands on what has gathered. */
  flush(): Promise<void>;
  /** Ends the document. Its id is made of all that is in it. Gives the SHA-256 of the file. */
  end(): Promise<string>;
}

/** What pdfkit keeps of its own file; its version is pinned exactly. */
interface Writer {
  _offset: number;
  _offsets: (number | null)[];
  _id: Buffer;
  _write(data: string | Uint8Array): void;
  read(): Buffer | null;
  end(): void;
}

const CHUNK = 1 << 18;
/** Text is turned into bytes before it has grown old: joined from many pieces, it is dear to carry from one collection of memory to the next. */
const MOST_TEXT = 1 << 13;
/** Bytes fewer than this join the text. */
const FEW = 1 << 12;

/** pdfkit would keep all it writes until somebody reads, and asks nobody to wait (its issue 269). */
export function openFlow(doc: InstanceType<typeof PDFDocument>, sink: Sink): Flow {
  const writer = doc as unknown as Writer;
  const hash = createHash('sha256');
  let ready: Buffer[] = [];
  let text = '';
  let size = 0;

  const begun = writer.read();
  if (begun !== null) ready.push(begun);

  function settle(): void {
    if (text === '') return;
    ready.push(Buffer.from(text, 'latin1'));
    text = '';
  }

  function add(words: string): void {
    text += words;
    size += words.length;
    writer._offset += words.length;
    if (text.length > MOST_TEXT) settle();
  }

  writer._write = (data) => {
    if (typeof data === 'string') return add(`${data}\n`);
    if (data.length < FEW) return add(Buffer.from(data.buffer, data.byteOffset, data.length).toString('latin1'));
    settle();
    ready.push(Buffer.from(data));
    size += data.length;
    writer._offset += data.length;
  };

  async function flush(): Promise<void> {
    settle();
    if (ready.length === 0) return;
    const chunk = Buffer.concat(ready);
    ready = [];
    size = 0;
    hash.update(chunk);
    await sink(chunk);
  }

  return {
    take(count) {
      const first = writer._offsets.length + 1;
      for (let number = 0; number < count; number++) writer._offsets.push(null);
      return first;
    },
    write(words, first, starts) {
      starts.forEach((start, index) => {
        writer._offsets[first - 1 + index] = writer._offset + start;
      });
      add(words);
    },
    async flush() {
      if (size > CHUNK) await flush();
    },
    async end() {
      await flush();
      writer._id = hash.copy().digest().subarray(0, 16);
      writer.end();
      await flush();
      return hash.digest('hex');
    },
  };
}
