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

/** The most a thread's heap may grow to, in MB, when the process is started with these flags. */
function limitUnder(flags: readonly string[]): number {
  const script = `
    import { Worker } from 'node:worker_threads';
    import { threadLimits } from '${pathToFileURL(clone.path('dist/deliver/thread-limits.js'))}';
    const say = 'console.log(require("node:v8").getHeapStatistics().heap_size_limit)';
    new Worker(say, { eval: true, execArgv: [], resourceLimits: threadLimits({ oldMb: 100, youngMb: 48 }) });
  `;
  const said = execFileSync(process.execPath, [...flags, '--input-type=module', '-e', script], { encoding: 'utf8' });
  return Number(said) / 2 ** 20;
}

it('a thread has the limits it is given, whatever the process was started with', () => {
  expect(limitUnder(MEMORY)).toBe(148);
  expect(limitUnder([])).toBe(148);
});
