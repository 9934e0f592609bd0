// A part of a batch for the printer under its lease in, one print file written to the store in sealed chunks out.
import { HandoutError, type Problem } from '../errors.ts';
import { type Lead, MOST_NAMED } from '../make/lead.ts';
import type { Packet } from '../make/packet.ts';
import { makePrintFile, type PrintFile } from '../make/print-file.ts';
import type { Asked, Come, Lease } from '../store/lease.ts';
import type { BatchSettings } from './batches.ts';
import { CrossedError, deadly, FAILED, packetOf, spans, type Tools } from './part.ts';

/** Rows read at a time. */
const GROUP = 100;
/** How often it is told how far it has come, for those who wait. */
const TELL_MS = 500;
/** Outcomes written at a time. */
const PIECE = 200;

/** Rows that turn out not to be makeable are left out, and the file is made anew without them. */
export async function makePrint(lease: Lease, tools: Tools): Promise<void> {
  const left = new Map<number, Left>();
  for (;;) {
    const known = left.size;
    const made = await attempt(lease, tools, left);
    // The sheet on top says how many there are, so that one that was left out on the way makes it wrong.
    if (made === null || (made.file !== null && left.size > known)) continue;
    const come = outcomesOf(made, left);
    for (let from = 0; from < come.length; from += PIECE)
      await tools.work.save(lease, come.slice(from, from + PIECE), []);
    return tools.work.finish(lease, made.file?.sha256 ?? null);
  }
}

interface Left {
  row: number;
  problems: readonly Problem[];
}

interface Attempt {
  file: PrintFile | null;
  /** In the file, in its order. */
  fed: readonly Asked[];
  others: readonly Asked[];
}

/** Null when a row had to be left out. */
async function attempt(lease: Lease, tools: Tools, left: Map<number, Left>): Promise<Attempt | null> {
  const { work, library, press } = tools;
  const { printing, date } = lease.settings as BatchSettings;
  const fed: Asked[] = [];
  const others: Asked[] = [];
  // What the store throws is not the fault of the row that is being made.
  let outside: { error: unknown } | null = null;
  const guarded = async <T>(doing: Promise<T>): Promise<T> => {
    try {
      return await doing;
    } catch (error) {
      outside = { error };
      throw error;
    }
  };

  async function* packets(): AsyncGenerator<Packet> {
    for (const span of spans(lease, GROUP)) {
      await guarded(work.mark(lease, span));
      let told = Date.now();
      for (const asked of await guarded(work.asked(lease, span))) {
        if (Date.now() - told > TELL_MS) {
          await guarded(work.mark(lease, { first: asked.position, last: span.last }));
          told = Date.now();
        }
        const refused = left.get(asked.position)?.problems ?? deadly(asked);
        if (refused !== null) left.set(asked.position, { row: asked.row, problems: refused });
        (refused === null ? fed : others).push(asked);
        if (refused === null) yield packetOf(asked);
      }
    }
  }

  await work.beginAnew(lease);
  const job = { printing, date, from: lease.first + 1, places: lease.places, ...leadOf(lease, [...left.values()]) };
  let number = 0;
  const sink = (chunk: Buffer) => guarded(work.save(lease, [], [{ number: number++, bytes: chunk }]));
  try {
    const file = await makePrintFile(packets(), job, library, lease.practice, press, sink);
    return { file, fed, others };
  } catch (error) {
    if (outside !== null) throw (outside as { error: unknown }).error;
    if (error instanceof CrossedError) throw error;
    const asked = fed.at(-1);
    // Not one row is left that can be made.
    if (asked === undefined) return { file: null, fed, others };
    if (!(error instanceof HandoutError)) tools.onBug(error);
    const problems = error instanceof HandoutError ? error.problems : [FAILED];
    left.set(asked.position, { row: asked.row, problems });
    return null;
  }
}

/** Rows that are left out while it is made are known by the time it is made without them. */
function leadOf({ first, last, places, again, settings }: Lease, left: readonly Left[]): { lead?: Lead } {
  if (again) return {};
  const { rows, refusedRows, named, partSize } = settings as BatchSettings;
  const packets = last - first + 1 - left.length;
  const all = [...named, ...left.map(({ row }) => row)].toSorted((a, b) => a - b).slice(0, MOST_NAMED);
  const lead = { rows, packets, refused: refusedRows + left.length, named: all };
  const part = { number: Math.floor(first / partSize) + 1, of: Math.ceil(places / partSize) };
  return { lead: { ...lead, part: part.of === 1 ? null : part } };
}

function outcomesOf({ file, fed, others }: Attempt, left: ReadonlyMap<number, Left>): Come[] {
  const done = fed.map(({ position, id, row }, index): Come => {
    const printed = file?.printed[index];
    if (printed?.row !== row) throw new CrossedError();
    const { pages, sheets, firstPage } = printed;
    return { position, id, state: 'done', pages, sheets, firstPage, sha256: null };
  });
  const refused = others.map(
    ({ position, id }): Come => ({ position, id, state: 'refused', problems: left.get(position)?.problems ?? [] }),
  );
  return [...done, ...refused];
}
