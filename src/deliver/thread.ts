// The entry of a worker thread: it steps back behind the form, and only then loads what makes handouts.
import { getPriority, setPriority } from 'node:os';
import type { Library } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import type { StorePlace } from '../store/store.ts';

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

/** A third of the form's share; with less, whatever else a machine does would starve the threads. */
const BEHIND = 5;
const LAST = 19;
// The form goes first. Only Linux can say so of one thread; elsewhere it would hold up the form too.
if (process.platform === 'linux') setPriority(Math.min(LAST, getPriority() + BEHIND));

// Loading takes a processor for half a second, just when somebody looks whether it has begun.
const { run } = await import('./hand.ts');
export default run;
