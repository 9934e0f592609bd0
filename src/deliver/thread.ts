// The entry of a worker thread. A name to take up work under in, one part made out, and what to tell about it.
import { setPriority } from 'node:os';
import { workerData } from 'node:worker_threads';
import type { Library } from '../content/article.ts';
import { openShelves } from '../content/shelf.ts';
import { HandoutError, type Problem } from '../errors.ts';
import { openPress } from '../pdf/press.ts';
import { GoneError } from '../store/kept.ts';
import { BrokenSealError } from '../store/seal.ts';
import { openStore, type StorePlace } from '../store/store.ts';
import { makeFiles } from './make-files.ts';
import { makePrint } from './make-print.ts';
import { CrossedError, type Tools } from './part.ts';

/** Plain data: a thread is handed copies. */
export interface ThreadData {
  place: StorePlace;
  library: Library;
}

export type Task = { do: 'make'; holder: string } | { do: 'purge'; batch: string };

export interface Told {
  /** False: there was nothing to do. */
  worked: boolean;
  /** Why it could not go on, where a person can help: a full disk. */
  trouble: Problem | null;
  /** Names and places of bugs, without their messages, which may quote a client. */
  bugs: readonly string[];
}

/** Nothing is tried for ever. */
const MOST_DEATHS = 20;

const CROSSED = 'A row got mixed up with another one, so nothing of this batch is handed out.';
const HOPELESS = 'This batch could not be made because of a fault in Keepsake. Start it again from the spreadsheet.';

/** A third of the form's share; with less, whatever else a machine does would starve the threads. */
const BEHIND = 5;
// The form goes first. Only Linux can say so of one thread; elsewhere it would hold up the form too.
if (process.platform === 'linux') setPriority(BEHIND);

const bugs: string[] = [];

const { place, library } = workerData as ThreadData;
const store = await openStore(place);
const shelves = openShelves(library);
const press = openPress();

export default async function run(task: Task): Promise<Told> {
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
