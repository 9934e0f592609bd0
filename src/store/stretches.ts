// Files in stretches in, chunks to keep of them out, what they have in common once; and back.
import type { Chunk, MadeFile, Stretch } from './lease.ts';

/** A file is kept as a count, then for each stretch its length or the number of a common one, then its own stretches. */
const INT = 4;

/** `%PDF`: batches of before that are kept, or half made, over an update have whole files. No file has so many stretches. */
const WHOLE = 0x25504446;

/** Common stretches get numbers below `lowest` and below zero: those from zero on are positions. */
export function chunksOf(files: readonly MadeFile[], lowest: number): Chunk[] {
  const common = new Map<Buffer, number>();
  const numberOf = ({ bytes }: Stretch) => {
    const number = common.get(bytes) ?? Math.min(lowest, 0) - common.size - 1;
    common.set(bytes, number);
    return number;
  };
  const own = files.map(({ position, stretches }) => ({ number: position, bytes: packed(stretches, numberOf) }));
  return [...[...common].map(([bytes, number]) => ({ number, bytes })), ...own];
}

function packed(stretches: readonly Stretch[], numberOf: (common: Stretch) => number): Buffer {
  const head = Buffer.alloc(INT * (1 + stretches.length));
  head.writeInt32BE(stretches.length);
  stretches.forEach((one, index) => {
    head.writeInt32BE(one.common ? numberOf(one) : one.bytes.length, INT * (1 + index));
  });
  return Buffer.concat([head, ...stretches.flatMap(({ bytes, common }) => (common ? [] : [bytes]))]);
}

/** `common` by number: all of the file's part. */
export function unpacked(kept: Buffer, common: ReadonlyMap<number, Buffer>): Buffer {
  const count = kept.readInt32BE();
  if (count === WHOLE) return kept;
  let at = INT * (1 + count);
  const stretches = Array.from({ length: count }, (_, index) => {
    const told = kept.readInt32BE(INT * (1 + index));
    if (told < 0) return common.get(told)!;
    at += told;
    return kept.subarray(at - told, at);
  });
  return Buffer.concat(stretches);
}

export const sizeOf = (parts: readonly { bytes: Uint8Array }[]): number =>
  parts.reduce((sum, { bytes }) => sum + bytes.length, 0);
