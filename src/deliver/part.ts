// What making a part needs in; the rows of it a group at a time, and why one is refused, out.
import type { Library } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import type { Packet } from '../make/packet.ts';
import type { Press } from '../pdf/press.ts';
import type { Span } from '../store/batch.ts';
import type { Asked, Lease, Work } from '../store/lease.ts';

export interface Tools {
  work: Work;
  library: Library;
  press: Press;
  /** A bug that kept a row from being made; nothing of its message is told. */
  onBug(error: unknown): void;
}

/** What ends its worker twice, while it is made alone, is not tried a third time. */
const MOST_KILLS = 2;

/** After a death one by one, so that the next one tells which row it was. */
export function* spans({ first, last, deaths }: Lease, group: number): Generator<Span> {
  const size = deaths > 0 ? 1 : group;
  for (let from = first; from <= last; from += size) yield { first: from, last: Math.min(from + size - 1, last) };
}

/** What was asked for a row, which names the row itself: nothing is made for one row and written for another. */
export function packetOf({ row, id, request }: Asked): Packet {
  const packet = request as Packet;
  if (packet.row !== row || packet.id !== id) throw new CrossedError();
  return packet;
}

/** The batch is stopped at once: what belongs to two clients got mixed up. */
export class CrossedError extends Error {
  constructor() {
    super('A row got mixed up with another one.');
    this.name = 'CrossedError';
  }
}

export const deadly = ({ kills }: Asked): readonly Problem[] | null => (kills < MOST_KILLS ? null : [DEADLY]);

const DEADLY: Problem = {
  code: 'row-deadly',
  message: 'Making this row ended the program twice, so it was left out.',
  hint: 'Make it alone on the form, with a shorter note.',
};

export const FAILED: Problem = {
  code: 'row-failed',
  message: 'This row could not be made because of a fault in Keepsake.',
  hint: 'Make it alone on the form. If that fails too, please tell us.',
};
