import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Clone } from '../cli/clone.ts';

const { MEMORY } = createRequire(import.meta.url)('../../src/prepare.cjs') as { MEMORY: readonly string[] };

let clone: Clone;
beforeAll(() => {
  clone = new Clone();
});
afterAll(() => clone.remove());

/** The most that the heaps of a thread and of the main thread may grow to, in MB, when the process is started with these flags. */
function limitsUnder(flags: readonly string[]): { thread: number; main: number } {
  const script = `
    import { getHeapStatistics } from 'node:v8';
    import { Worker } from 'node:worker_threads';
    import { threadLimits } from '${pathToFileURL(clone.path('dist/deliver/thread-limits.js'))}';
    const say = 'require("node:worker_threads").parentPort.postMessage(require("node:v8").getHeapStatistics().heap_size_limit)';
    const resourceLimits = threadLimits({ oldMb: 100, youngMb: 48 });
    new Worker(say, { eval: true, execArgv: [], resourceLimits }).once('message', (thread) =>
      console.log(JSON.stringify({ thread: thread / 2 ** 20, main: getHeapStatistics().heap_size_limit / 2 ** 20 })),
    );
  `;
  return JSON.parse(
    execFileSync(process.execPath, [...flags, '--input-type=module', '-e', script], { encoding: 'utf8' }),
  ) as { thread: number; main: number };
}

it('a thread has the limits it is given, whatever the process was started with, and the main thread keeps its own', () => {
  const { thread, main } = limitsUnder(MEMORY);
  expect(thread).toBe(148);
  expect(main).toBeGreaterThan(512);
  expect(main).toBeLessThan(600);
  expect(limitsUnder([]).thread).toBe(148);
});
