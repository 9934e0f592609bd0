import type { ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { openDatabase } from '../../src/store/database.ts';
import type { StorePlace } from '../../src/store/store.ts';
import { Clone } from '../cli/clone.ts';
import { onBothStores } from '../store/both.ts';
import { unzip } from '../support/unzip.ts';
import { type Floor, followed, openFloor, recipientOf, startOf, tokenOf, tokensIn, whole, wordsOf } from './floor.ts';

jest.setTimeout(240_000);

const MANY = 120;

/** What a handout takes here at least, so that a quick machine is not done before it is killed. */
const SLOW_MS = 40;

/** A quiet machine needs less than ten seconds, which the torture prints; one that runs other tests is given longer. */
const BUSY_MS = 40_000;

let clone: Clone;
beforeAll(() => {
  clone = new Clone();
  everyHandout(clone, `await new Promise((on) => setTimeout(on, Number(process.env.SLOW_MS ?? ${SLOW_MS})));`);
});
afterAll(() => clone.remove());

/** Puts words of a test’s own before the making of every handout of a clone. */
function everyHandout(clone: Clone, first: string): void {
  const file = clone.path('dist/make/handout.js');
  const text = readFileSync(file, 'utf8').replace(
    'export async function makeHandout(',
    `export async function makeHandout(...all) { ${first} return made(...all); }
async function made(`,
  );
  writeFileSync(file, text);
}

const rows = (count: number) => Array.from({ length: count }, (_, place) => recipientOf(place));
/** Any order that is not theirs, the same in every run. */
const shuffled = (count: number) => rows(count).toSorted((a, b) => ((a.row * 7919) % 1009) - ((b.row * 7919) % 1009));

onBothStores((newPlace, kind) => {
  let place: StorePlace;
  /** Only looks: what is made is made by other processes. */
  let floor: Floor;
  const started: ChildProcess[] = [];
  beforeEach(async () => {
    place = await newPlace();
    floor = await openFloor(place, clone, 0);
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map(ended));
    await floor.close();
  });

  /** A process that makes batches, ready to. */
  async function start(word: 'serve' | 'worker', other: Record<string, string> = {}): Promise<ChildProcess> {
    const around = {
      ...other,
      KEEPSAKE_DATA: place.folder,
      KEEPSAKE_KEY_FILE: place.key.file,
      KEEPSAKE_THREADS: word === 'serve' ? '2' : '1',
      ...(place.url === undefined ? {} : { DATABASE_URL: place.url }),
    };
    const child = clone.start(word === 'serve' ? ['serve', '--port', '0'] : ['worker'], around);
    started.push(child);
    child.stderr!.resume();
    await new Promise((ready) => child.stdout!.once('data', ready));
    return child;
  }

  async function ended(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await new Promise((gone) => child.once('exit', gone));
  }

  async function madeAtLeast(id: string, least: number): Promise<void> {
    for await (const { made, state } of floor.batches.progress(id)) if (made >= least || state !== 'running') return;
  }

  /** Every row once, in its own file, with its own words and nobody else’s. */
  async function expectAll(id: string, count: number): Promise<void> {
    const report = await floor.batches.report(id);
    expect(report.map(({ row, refused }) => [row, refused])).toEqual(rows(count).map(({ row }) => [row, null]));
    const files = unzip(await whole(floor.batches.zip(id)));
    expect(files.size).toBe(count);
    const numbers = [...files.keys()].map((name) => Number(/\d+/u.exec(name)![0]));
    const pagesOf = new Map(report.map(({ row, printed }) => [row, printed!.pages]));
    const texts = await wordsOf([...files.values()].map((pdf, at) => ({ pdf, pages: pagesOf.get(numbers[at]!)! })));
    expect(texts.map(tokensIn)).toEqual(numbers.map((row) => [tokenOf(row - 2)]));
  }

  /** How long it takes until somebody has taken up what a killed process was at. */
  async function takenUp(): Promise<number> {
    const killed = Date.now();
    const { db } = await openDatabase(place);
    const deaths = async () => {
      const { rows: counts } = await sql<{ deaths: number }>`SELECT sum(deaths) AS deaths FROM parts`.execute(db);
      return Number(counts[0]!.deaths);
    };
    const before = await deaths();
    while ((await deaths()) === before && Date.now() - killed < 2 * BUSY_MS) await setTimeout(50);
    await db.destroy();
    return Date.now() - killed;
  }

  it('a batch goes on by itself after its server was killed, twice', async () => {
    const id = await floor.batches.start(startOf(shuffled(MANY)));
    for (const least of [1, 40]) {
      const server = await start('serve');
      await madeAtLeast(id, least);
      await ended(server);
    }
    expect(await floor.batches.find(id)).toMatchObject({ state: 'running' });
    await start('serve');
    expect(await takenUp()).toBeLessThan(BUSY_MS);
    expect((await followed(floor.batches, id)).at(-1)).toMatchObject({ state: 'ready', made: MANY });
    await expectAll(id, MANY);
  });

  if (kind === 'postgres') {
    it('a batch that three workers share loses nothing when one of them is killed', async () => {
      // The key is made with the first batch; a worker without it is refused.
      const id = await floor.batches.start(startOf(shuffled(MANY)));
      // So slow that it is still at work on its part when it is killed, however long the others took to start.
      const slow = await start('worker', { SLOW_MS: '5000' });
      await start('worker');
      await start('worker');
      await madeAtLeast(id, 50);
      await ended(slow);
      expect(await takenUp()).toBeLessThan(BUSY_MS);
      expect((await followed(floor.batches, id)).at(-1)).toMatchObject({ state: 'ready', made: MANY });
      await expectAll(id, MANY);
    });
  }
});

describe('a row', () => {
  let broken: Clone;
  beforeAll(() => {
    broken = new Clone();
    // The program of this clone ends its thread, or throws, at some names.
    everyHandout(
      broken,
      `if (all[0].client === 'DEADLY') process.exit(7);
       if (all[0].client === 'BUG') throw new TypeError('Zoë Canary');`,
    );
  });
  afterAll(() => broken.remove());

  const named = (at: number, client: string) => {
    const one = recipientOf(at);
    return { ...one, handouts: [{ ...one.handouts[0]!, client }] };
  };

  onBothStores((newPlace) => {
    it('that ends its worker is refused and not tried for ever; the others are made', async () => {
      const floor = await openFloor(await newPlace(), broken);
      const list = rows(60).map((one, at) => (at === 30 ? named(30, 'DEADLY') : at === 40 ? named(40, 'BUG') : one));
      const id = await floor.batches.start(startOf(list));
      expect((await followed(floor.batches, id)).at(-1)).toMatchObject({ state: 'ready', made: 60 });
      const refused = (await floor.batches.report(id)).filter((one) => one.refused !== null);
      expect(refused).toEqual([
        expect.objectContaining({
          row: 32,
          refused: expect.stringMatching(/^Making this row ended the program twice/u),
        }),
        expect.objectContaining({ row: 42, refused: expect.stringMatching(/^This row could not be made because/u) }),
      ]);
      expect(unzip(await whole(floor.batches.zip(id))).size).toBe(58);
      expect(floor.log.filter((line) => line.includes('has ended'))).toHaveLength(3);
      expect(floor.log.filter((line) => line.includes('TypeError'))).toHaveLength(1);
      expect(floor.log.join()).not.toMatch(/Canary|DEADLY/u);
      await floor.close();
    });

    it('that was moved to another one’s place stops the batch, and nothing is handed out', async () => {
      const place = await newPlace();
      const floor = await openFloor(place, broken, 0);
      const id = await floor.batches.start(startOf(rows(3)));
      const { db } = await openDatabase(place);
      await sql`UPDATE recipients SET request = (SELECT request FROM recipients WHERE position = 1) WHERE position = 0`.execute(
        db,
      );
      await db.destroy();
      await floor.close();
      const second = await openFloor(place, broken, 1);
      expect((await followed(second.batches, id)).at(-1)).toMatchObject({
        state: 'failed',
        trouble: 'A row got mixed up with another one, so nothing of this batch is handed out.',
      });
      await expect(whole(second.batches.zip(id))).rejects.toThrow('This file is not ready.');
      await second.close();
    });
  });
});
