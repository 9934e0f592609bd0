// A store with work in it in; threads that do it out, watched: who dies or hangs is replaced, and the work goes on.
import { randomUUID } from 'node:crypto';
import type { Piscina } from 'piscina';
import type { Problem } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { Task, ThreadData, Told } from './thread.ts';
import { threadLimits } from './thread-limits.ts';

export interface CrewPlan extends ThreadData {
  store: Store;
  /** How many parts are made at once; 0 leaves all of it to other machines. */
  threads: number;
  log: { error(fields: object, message: string): void };
  /** The thread's own file; tests run the built one. */
  file?: URL;
}

export interface Crew {
  /** Somebody says that there is work. Without a call it is seen within a second. */
  look(): void;
  /** What keeps the work from going on, until it goes on. */
  trouble(): Problem | null;
  /** Waits until nothing is made here any more, or that long. */
  rest(ms: number, signal?: AbortSignal): Promise<void>;
  /** Deletes a batch, in a thread: overwriting megabytes would hold up the form. */
  purge(batch: string): Promise<void>;
  /** Ends the threads; what they were at waits for whoever comes next. */
  close(): Promise<void>;
}

const LOOK_MS = 1000;
/** A third of what a lease lasts. */
const SIGN_MS = 2000;
const DUE_MS = 60_000;
/** A disk is not emptied in a second. */
const PAUSE_MS = 5000;
/** Threads that have nothing to do give their memory back. */
const IDLE_MS = 30_000;
const HEAP_MB = 512;
/** A handout's garbage dies young where there is room for some handouts; with a third of it a file takes a sixth longer. */
const YOUNG_MB = 64;

export function openCrew({ store, place, library, threads, log, file }: CrewPlan): Crew {
  let pool: Promise<Piscina<Task, Told>> | undefined;
  const running = new Map<string, AbortController>();
  const resting = new Set<() => void>();
  let trouble: { problem: Problem; until: number } | null = null;
  let looking = false;
  let again = false;
  let closed = false;

  /** Loaded and started with the first work there is: most days begin with single handouts. */
  function threadsOf(): Promise<Piscina<Task, Told>> {
    pool ??= openPool(file ?? new URL('./thread.js', import.meta.url), { place, library }, Math.max(1, threads));
    return pool;
  }

  async function look(): Promise<void> {
    if (looking || closed) {
      again = true;
      return;
    }
    looking = true;
    try {
      if (trouble !== null && Date.now() < trouble.until) return;
      const free = threads - running.size;
      const waiting = free > 0 ? await store.work.waiting() : 0;
      for (let begun = 0; begun < Math.min(free, waiting); begun++) void begin();
    } catch (error) {
      log.error(nameOf(error), 'The store could not be asked for work.');
    } finally {
      looking = false;
    }
    if (again && !closed) {
      again = false;
      await look();
    }
  }

  async function begin(): Promise<void> {
    const holder = randomUUID();
    const abort = new AbortController();
    running.set(holder, abort);
    let more = false;
    try {
      const told = await (await threadsOf()).run({ do: 'make', holder }, { signal: abort.signal });
      for (const bug of told.bugs) log.error({ at: bug }, 'bug');
      more = told.worked && told.trouble === null;
      trouble = told.trouble === null ? null : { problem: told.trouble, until: Date.now() + PAUSE_MS };
      if (told.trouble !== null) await store.work.giveBack(holder);
    } catch (error) {
      if (!closed) {
        log.error(nameOf(error), 'A thread that made handouts has ended.');
        await store.work.died(holder).catch(() => undefined);
      }
    } finally {
      running.delete(holder);
    }
    if (more) await look();
    if (running.size === 0) for (const wake of [...resting]) wake();
  }

  function rest(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(wake, ms);
      function wake(): void {
        clearTimeout(timer);
        resting.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      }
      resting.add(wake);
      if (signal?.aborted === true) wake();
      else signal?.addEventListener('abort', wake);
    });
  }

  /** The leases are prolonged while this process lives; a thread that comes no step further is ended. */
  async function watch(): Promise<void> {
    try {
      const holders = [...running.keys()];
      await store.work.alive(holders);
      for (const holder of await store.work.stuck(holders)) running.get(holder)?.abort();
    } catch (error) {
      log.error(nameOf(error), 'The store could not be told that the work goes on.');
    }
  }

  async function removeDue(): Promise<void> {
    try {
      for (const batch of await store.purge.due()) await purge(batch);
    } catch (error) {
      log.error(nameOf(error), 'What is over could not be deleted.');
    }
  }

  async function purge(batch: string): Promise<void> {
    const { trouble: kept } = await (await threadsOf()).run({ do: 'purge', batch });
    if (kept !== null) trouble = { problem: kept, until: Date.now() + PAUSE_MS };
  }

  const timers = [
    setInterval(() => void look(), LOOK_MS),
    setInterval(() => void watch(), SIGN_MS),
    setInterval(() => void removeDue(), DUE_MS),
  ];
  for (const timer of timers) timer.unref();
  void removeDue();
  void look();

  return {
    look: () => void look(),
    trouble: () => trouble?.problem ?? null,
    rest,
    purge,
    async close() {
      closed = true;
      for (const timer of timers) clearInterval(timer);
      const holders = [...running.keys()];
      await (await pool)?.destroy();
      for (const holder of holders) await store.work.giveBack(holder);
    },
  };
}

async function openPool(file: URL, workerData: ThreadData, maxThreads: number): Promise<Piscina<Task, Told>> {
  const { Piscina } = await import('piscina');
  return new Piscina({
    filename: file.href,
    workerData,
    minThreads: 0,
    maxThreads,
    concurrentTasksPerWorker: 1,
    idleTimeout: IDLE_MS,
    resourceLimits: threadLimits({ oldMb: HEAP_MB, youngMb: YOUNG_MB }),
  });
}

/** The message may quote a client, and the code does not. */
const nameOf = (error: unknown) => ({
  error: error instanceof Error ? error.name : typeof error,
  code: (error as { code?: unknown } | null)?.code,
});
