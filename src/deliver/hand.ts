// A hand of the crew: a name to take up work under in, one part made out, and what to tell about it.
import { workerData } from 'node:worker_threads';
import { openShelves } from '../content/shelf.ts';
import { HandoutError } from '../errors.ts';
import { openPress } from '../pdf/press.ts';
import { GoneError } from '../store/kept.ts';
import { BrokenSealError } from '../store/seal.ts';
import { openStore } from '../store/store.ts';
import { makeFiles } from './make-files.ts';
import { makePrint } from './make-print.ts';
import { CrossedError, type Tools } from './part.ts';
import type { Task, ThreadData, Told } from './thread.ts';

/** Nothing is tried for ever. */
const MOST_DEATHS = 20;

const CROSSED = 'A row got mixed up with another one, so nothing of this batch is handed out.';
const HOPELESS = 'This batch could not be made because of a fault in Keepsake. Start it again from the spreadsheet.';

const bugs: string[] = [];

const { place, library } = workerData as ThreadData;
const store = await openStore(place);
const shelves = openShelves(library);
const press = openPress();

export async function run(task: Task): Promise<Told> {
  bugs.length = 0;
  try {
    const worked = task.do === 'purge' ? await purge(task.batch) : await make(task.holder);
    return { worked, trouble: null, bugs };
  } catch (error) {
    if (error instanceof GoneError) return { worked: true, trouble: null, bugs };
    if (error instanceof HandoutError) return { worked: true, trouble: error.problems[0]!, bugs };
    throw new Error(placeOf(error));
  }
}

async function make(holder: string): Promise<boolean> {
  const lease = await store.work.claim(holder);
  if (lease === null) return false;
  const tools: Tools = { work: store.work, library: shelves(await store.shelf.read()), press, onBug };
  try {
    await (lease.kind === 'zip' ? makeFiles(lease, tools) : makePrint(lease, tools));
  } catch (error) {
    const crossed = error instanceof CrossedError || error instanceof BrokenSealError;
    const hopeless = lease.deaths >= MOST_DEATHS && !(error instanceof GoneError || error instanceof HandoutError);
    if (!crossed && !hopeless) throw error;
    onBug(error);
    await store.batches.fail(lease.batch, crossed ? CROSSED : HOPELESS);
  }
  return true;
}

async function purge(batch: string): Promise<boolean> {
  await store.purge.remove(batch);
  return true;
}

function onBug(error: unknown): void {
  bugs.push(placeOf(error));
}

function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /u.test(line));
  return [error.name, ...lines.slice(0, 8).map((line) => line.trim())].join(' ');
}
