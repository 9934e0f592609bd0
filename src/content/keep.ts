// A library as it was read in, bytes to keep it by out; and from such bytes the library, where reading would find the same.
import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import type { Library } from './article.ts';
import type { Disk } from './disk.ts';

/** A question to the disk and a digest of its answer. */
type Answer = readonly [ask: keyof Disk, path: string, digest: string];

interface Kept {
  /** What read it: the program, the Node below it and the folders it was sent to. */
  reader: string;
  answers: readonly Answer[];
  library: Library;
}

const DIGEST_BYTES = 32;

const digestOf = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest();
const digestOfAnswer = (answer: string | readonly string[] | null) =>
  digestOf(JSON.stringify(answer)).toString('base64');

/** The same disk, and every answer it gives while a library is read from it. */
export function overheard(disk: Disk): { disk: Disk; answers: Answer[] } {
  const answers: Answer[] = [];
  const note = <Given extends string | string[] | null>(ask: keyof Disk, path: string, answer: Given): Given => {
    answers.push([ask, path, digestOfAnswer(answer)]);
    return answer;
  };
  const names = async (path: string) => note('names', path, await disk.names(path));
  const text = async (path: string) => note('text', path, await disk.text(path));
  return { disk: { names, text }, answers };
}

/** Reading has no other source than the disk, so the same reader and the same answers make the same library. */
export function keep(library: Library, answers: readonly Answer[], reader: string): Buffer {
  const bytes = serialize({ reader, answers, library } satisfies Kept);
  return Buffer.concat([digestOf(bytes), bytes]);
}

/** Null where anything is not as it was, or the bytes are not those that were kept. */
export async function kept(bytes: Buffer, reader: string, disk: Disk): Promise<Library | null> {
  const all = bytes.subarray(DIGEST_BYTES);
  if (!digestOf(all).equals(bytes.subarray(0, DIGEST_BYTES))) return null;
  const before = deserialize(all) as Kept;
  if (before.reader !== reader) return null;
  const same = before.answers.map(async ([ask, path, digest]) => digestOfAnswer(await disk[ask](path)) === digest);
  return (await Promise.all(same)).every(Boolean) ? before.library : null;
}
