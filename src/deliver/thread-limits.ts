// How much memory a thread may take in; limits that hold, whatever the process was started with, out.
import { setFlagsFromString } from 'node:v8';
import type { ResourceLimits } from 'node:worker_threads';

/** What a process is started with, and V8 lets go before the limits of each of its threads. */
const FLAGS = ['--max-semi-space-size=0', '--max-old-space-size=0'];

/** In MB, for what is new and for what stays. The main thread keeps the limits that it was started with. */
export function threadLimits({ oldMb, youngMb }: { oldMb: number; youngMb: number }): ResourceLimits {
  for (const flag of FLAGS) setFlagsFromString(flag);
  return { maxOldGenerationSizeMb: oldMb, maxYoungGenerationSizeMb: youngMb };
}
