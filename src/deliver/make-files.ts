// A part of a batch for a ZIP under its lease in, one sealed PDF for each of its rows written to the store out.
import { createHash } from 'node:crypto';
import { HandoutError, type Problem } from '../errors.ts';
import { makePacketFile } from '../make/packet-file.ts';
import type { Asked, Come, Lease, MadeFile } from '../store/lease.ts';
import { CrossedError, deadly, FAILED, packetOf, spans, type Tools } from './part.ts';

/** Made and written together: a transaction costs as much as a handout. */
const GROUP = 100;
/** Slow ones say in between that it goes on: who comes no step further is ended. */
const TELL_MS = 5000;

/** Packets of several handouts have nothing in common: more than this is neither held back nor written in one go. */
const MOST_BYTES = 8_000_000;

/** Makes what is still to be made of it. Throws GoneError when the lease is lost. */
export async function makeFiles(lease: Lease, tools: Tools, mostBytes = MOST_BYTES): Promise<void> {
  const { work } = tools;
  for (const span of spans(lease, GROUP)) {
    // Marked to tell, after one more death, which row it was.
    if (lease.deaths > 0) await work.mark(lease, span);
    const come: Come[] = [];
    const files: MadeFile[] = [];
    let told = Date.now();
    let held = 0;
    for (const asked of await work.asked(lease, span)) {
      if (Date.now() - told > TELL_MS) {
        await work.mark(lease, { first: asked.position, last: span.last });
        told = Date.now();
      }
      const made = await makeRow(asked, lease, tools);
      come.push(made.come);
      if (made.file === null) continue;
      files.push(made.file);
      held += ownBytes(made.file);
      if (held <= mostBytes) continue;
      await work.saveFiles(lease, come.splice(0), files.splice(0));
      held = 0;
    }
    await work.saveFiles(lease, come, files);
  }
  await work.finish(lease, null);
}

const ownBytes = ({ stretches }: MadeFile) =>
  stretches.reduce((sum, { bytes, common }) => sum + (common ? 0 : bytes.length), 0);

async function makeRow(asked: Asked, lease: Lease, tools: Tools): Promise<{ come: Come; file: MadeFile | null }> {
  const { position, id } = asked;
  const packet = packetOf(asked);
  const refused = (problems: readonly Problem[]) => ({
    come: { position, id, state: 'refused', problems } as const,
    file: null,
  });
  const before = deadly(asked);
  if (before !== null) return refused(before);
  try {
    const made = await makePacketFile(packet, tools.library, lease.practice, tools.press);
    if (made.id !== id) throw new CrossedError();
    const { stretches, pages } = made;
    const digest = createHash('sha256');
    for (const { bytes } of stretches) digest.update(bytes);
    const sha256 = digest.digest('hex');
    const done = { position, id, state: 'done', pages, sheets: null, firstPage: 1, sha256 } as const;
    return { come: done, file: { position, stretches } };
  } catch (error) {
    if (error instanceof CrossedError) throw error;
    if (error instanceof HandoutError) return refused(error.problems);
    tools.onBug(error);
    return refused([FAILED]);
  }
}
