// A part of a batch under its lease in, its files written to the store out, row by row and each bound to its own.
import { createHash } from 'node:crypto';
import type { Library } from '../content/article.ts';
import { HandoutError, type Problem } from '../errors.ts';
import { makeHandout } from '../make/handout.ts';
import type { Packet } from '../make/packet.ts';
import type { Press } from '../pdf/press.ts';
import type { Span } from '../store/batch.ts';
import type { Asked, Come, Lease, Work } from '../store/lease.ts';

export interface Tools {
  work: Work;
  library: Library;
  press: Press;
  /** A bug that kept a row from being made; nothing of its message is told. */
  onBug(error: unknown): void;
}

/** Made and written together: a transaction costs as much as a handout. */
const GROUP = 25;
/** As the issue has it: what ends its worker twice is not tried a third time. */
const MOST_KILLS = 2;

/** Makes what is still to be made of it. Throws GoneError when the lease is lost. */
export async function makePart(lease: Lease, tools: Tools): Promise<void> {
  for (const span of spans(lease)) {
    await tools.work.mark(lease, span);
    const come: Come[] = [];
    const chunks: { number: number; bytes: Uint8Array }[] = [];
    for (const asked of await tools.work.asked(lease, span)) {
      const made = await makeRow(asked, lease, tools);
      come.push(made.come);
      if (made.pdf !== null) chunks.push({ number: asked.position, bytes: made.pdf });
    }
    await tools.work.save(lease, come, chunks);
  }
  await tools.work.finish(lease, null);
}

/** After a death one by one, so that the next one tells which row it was. */
function* spans({ first, last, deaths }: Lease): Generator<Span> {
  const size = deaths > 0 ? 1 : GROUP;
  for (let from = first; from <= last; from += size) yield { first: from, last: Math.min(from + size - 1, last) };
}

async function makeRow(asked: Asked, lease: Lease, tools: Tools): Promise<{ come: Come; pdf: Buffer | null }> {
  const { position, id } = asked;
  const packet = packetOf(asked);
  const refused = (problems: readonly Problem[]) => ({
    come: { position, id, state: 'refused', problems } as const,
    pdf: null,
  });
  if (asked.kills >= MOST_KILLS) return refused([DEADLY]);
  try {
    const { pdf, pages, made } = await makeOne(packet, lease, tools);
    if (made !== id) throw new CrossedError();
    const sha256 = createHash('sha256').update(pdf).digest('hex');
    return { come: { position, id, state: 'done', pages, sheets: null, firstPage: 1, sha256 }, pdf };
  } catch (error) {
    if (error instanceof CrossedError) throw error;
    if (error instanceof HandoutError) return refused(error.problems);
    tools.onBug(error);
    return refused([FAILED]);
  }
}

async function makeOne({ id, handouts }: Packet, { practice }: Lease, { library, press }: Tools) {
  const { pdf, pages } = await makeHandout(handouts[0]!, library, practice, press);
  return { pdf, pages, made: id };
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

const DEADLY: Problem = {
  code: 'row-deadly',
  message: 'Making this row ended the program twice, so it was left out.',
  hint: 'Make it alone on the form, with a shorter note.',
};

const FAILED: Problem = {
  code: 'row-failed',
  message: 'This row could not be made because of a fault in Keepsake.',
  hint: 'Make it alone on the form. If that fails too, please tell us.',
};
