import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Clone } from '../cli/clone.ts';
import { followed, openFloor, recipientOf, startOf } from './floor.ts';

let clone: Clone;
let folder: string;
beforeAll(() => {
  clone = new Clone();
  folder = mkdtempSync(join(tmpdir(), 'keepsake-crew-'));
});
afterAll(() => {
  clone.remove();
  rmSync(folder, { recursive: true });
});

/** How far each thread of this process stands back; none is known but on Linux. */
function niceness(): { main: number; others: number[] } {
  if (process.platform !== 'linux') return { main: 0, others: [] };
  const of = (thread: string) =>
    Number(
      readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')
        .replace(/^.*\) /su, '')
        .split(' ')[16],
    );
  const main = String(process.pid);
  const others = readdirSync('/proc/self/task').filter((thread) => thread !== main);
  return { main: of(main), others: others.map(of) };
}

it('whoever waits for its rest is woken with the last part, or when they wait no longer', async () => {
  const floor = await openFloor({ folder: join(folder, 'rest'), key: { file: join(folder, 'key') } }, clone, 1);
  const id = await floor.batches.start(startOf([0, 1, 2].map((place) => recipientOf(place))));
  await floor.crew.rest(60_000);
  expect(await floor.store.batches.find(id)).toMatchObject({ state: 'ready' });
  const gone = new AbortController();
  const waits = floor.crew.rest(60_000, gone.signal);
  gone.abort();
  await waits;
  await floor.crew.rest(60_000, gone.signal);
  await floor.crew.rest(1);
  await floor.close();
});

it('threads that make a batch stand back behind the form, which does not', async () => {
  const before = niceness();
  const floor = await openFloor({ folder: join(folder, 'data'), key: { file: join(folder, 'key') } }, clone, 1);
  await followed(floor.batches, await floor.batches.start(startOf([recipientOf(0)])));
  const { main, others } = niceness();
  await floor.close();
  const back = others.filter((nice) => nice > main).length - before.others.filter((nice) => nice > main).length;
  expect(main).toBe(before.main);
  expect(back > 0).toBe(process.platform === 'linux');
});
