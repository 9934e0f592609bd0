import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { queueBell } from '../../src/deliver/queue-bell.ts';
import type { StorePlace } from '../../src/store/store.ts';
import { Clone } from '../cli/clone.ts';
import { onBothStores } from '../store/both.ts';
import { pageCount, popplerText, popplerWords } from '../support/poppler.ts';
import { unzip } from '../support/unzip.ts';
import { type Floor, followed, openFloor, recipientOf, startOf, tokenOf, tokensIn, whole } from './floor.ts';

jest.setTimeout(120_000);

let clone: Clone;
beforeAll(() => {
  clone = new Clone();
});
afterAll(() => clone.remove());

const REFUSED = [{ row: 99, problems: [{ code: 'article-unknown', message: 'There is no such article.' }] }] as const;
const digestOf = (file: Uint8Array) => createHash('sha256').update(file).digest('hex');
const rows = (count: number) => Array.from({ length: count }, (_, place) => recipientOf(place));

onBothStores((newPlace) => {
  let place: StorePlace;
  let floor: Floor;
  const open = (threads = 2) => {
    const bell = place.url === undefined ? undefined : queueBell(place.url, () => undefined);
    return openFloor(place, clone, threads, bell);
  };
  beforeEach(async () => {
    place = await newPlace();
    floor = await open();
  });
  afterEach(async () => {
    await floor.close();
    expect(floor.log).toEqual([]);
  });

  describe('a ZIP', () => {
    it('holds one file a client, named by its row, each with its own words only', async () => {
      const id = await floor.batches.start(startOf(rows(120)));
      const told = await followed(floor.batches, id);
      expect(told.at(-1)).toMatchObject({ state: 'ready', made: 120, of: 120, trouble: null });
      expect(told.map(({ made }) => made)).toEqual(told.map(({ made }) => made).toSorted((a, b) => a - b));
      const files = unzip(await whole(floor.batches.zip(id)));
      expect([...files.keys()].slice(0, 2)).toEqual(['row-002.pdf', 'row-003.pdf']);
      expect(files.size).toBe(120);
      for (const at of [0, 49, 50, 119]) expect(tokensIn(popplerText([...files.values()][at]!))).toEqual([tokenOf(at)]);
      const report = await floor.batches.report(id);
      expect(report.map(({ row, refused }) => [row, refused])).toEqual(rows(120).map(({ row }) => [row, null]));
      expect([...files.values()].map(digestOf)).toEqual(report.map(({ sha256 }) => sha256));
    });

    it('names its files after clients where the practice files by name', async () => {
      const two = recipientOf(1);
      const several = { ...two, handouts: [two.handouts[0]!, two.handouts[0]!] };
      const id = await floor.batches.start(startOf([recipientOf(0), several], { names: 'client' }));
      await followed(floor.batches, id);
      const files = unzip(await whole(floor.batches.zip(id)));
      expect([...files.keys()]).toEqual([`2 Ann ${tokenOf(0)}.pdf`, `3 Ann ${tokenOf(1)}.pdf`]);
      expect(pageCount(files.get(`3 Ann ${tokenOf(1)}.pdf`)!)).toBeGreaterThan(2);
    });
  });

  describe('a print file', () => {
    it('holds every client in order, in parts for the stapler, and prints a range once more', async () => {
      const id = await floor.batches.start(startOf(rows(30), { kind: 'print', partsOf: 20, refused: REFUSED }));
      expect((await followed(floor.batches, id)).at(-1)).toMatchObject({ state: 'ready', made: 30, of: 30 });
      const first = await whole(floor.batches.file(id, 1));
      const second = await whole(floor.batches.file(id, 2));
      expect(tokensIn(await popplerWords(first))).toEqual(rows(20).map((_, at) => tokenOf(at)));
      expect(tokensIn(await popplerWords(second))).toEqual(rows(10).map((_, at) => tokenOf(at + 20)));
      const report = await floor.batches.report(id);
      expect(report).toHaveLength(31);
      const sha256 = digestOf(second);
      const { sheets, firstPage } = report[29]!.printed!;
      expect(report[29]).toMatchObject({ row: 31, refused: null, sha256 });
      expect(firstPage).toBe(2 + 9 * 2 * sheets + 1);
      expect(await popplerWords(second)).toMatch(
        /^10 packets\s+File 2 of 2: clients 21 to 30 of 30\s+31 rows: 30 done, 1 refused\s+Not made: row 99\./u,
      );
      expect(report[30]).toMatchObject({ row: 99, refused: 'There is no such article.', printed: null });
      expect(await floor.batches.find(id)).toMatchObject({ rows: 31, done: 30, refused: 1 });

      const again = await floor.batches.reprint(id, 13, 15);
      const ready = async () => (await floor.batches.find(id))!.parts.find(({ number }) => number === again)!.ready;
      while (!(await ready())) await setTimeout(100);
      const range = await popplerWords(await whole(floor.batches.file(id, again)));
      expect(tokensIn(range)).toEqual([tokenOf(12), tokenOf(13), tokenOf(14)]);
      expect(range).toMatch(/13\s+of\s+30/u);
      await expect(floor.batches.reprint(id, 29, 31)).rejects.toThrow(/Give two numbers from 1 to 30/u);
    });

    it('leaves out a row that can’t be made after all, with the reason, and is whole', async () => {
      const list = rows(5);
      const choice = list[2]!.handouts[0]!;
      list[2] = { ...list[2]!, handouts: [{ ...choice, client: `Ann ${tokenOf(2)} \u{13000}` }] };
      const id = await floor.batches.start(startOf(list, { kind: 'print' }));
      await followed(floor.batches, id);
      const text = await popplerWords(await whole(floor.batches.file(id)));
      expect(tokensIn(text)).toEqual([0, 1, 3, 4].map(tokenOf));
      expect(text).toMatch(/^4 packets\s+5 rows: 4 done, 1 refused\s+Not made: row 4\. The report says why\./u);
      expect(await floor.batches.find(id)).toMatchObject({ state: 'ready', done: 4, refused: 1 });
      const refused = expect.stringMatching(/no letters for/u);
      expect((await floor.batches.report(id))[2]).toMatchObject({ row: 4, refused });
    });

    it('holds nothing that the practice has hidden since, or not reviewed where it must be', async () => {
      await floor.close();
      floor = await open(0);
      const other = rows(4);
      other[1] = { ...other[1]!, handouts: [{ ...other[1]!.handouts[0]!, article: 'panic' }] };
      const hidden = await floor.batches.start(startOf(other, { kind: 'print' }));
      await floor.store.shelf.hide('panic', 'en');
      await floor.close();
      floor = await open();
      expect((await followed(floor.batches, hidden)).at(-1)).toMatchObject({ state: 'ready' });
      const text = await popplerWords(await whole(floor.batches.file(hidden)));
      expect(tokensIn(text)).toEqual([0, 2, 3].map(tokenOf));
      const refused = expect.stringMatching(/does not hand out “Panic attacks”/u);
      expect((await floor.batches.report(hidden))[1]).toMatchObject({ row: 3, refused });

      await floor.store.shelf.onlyReviewed(true);
      const zip = await floor.batches.start(startOf(rows(3)));
      await followed(floor.batches, zip);
      const reasons = (await floor.batches.report(zip)).map((row) => row.refused);
      for (const reason of reasons) expect(reason).toContain('hands out reviewed articles only');
    });

    it('can be stopped, and deleted so that nothing is left of it', async () => {
      const id = await floor.batches.start(startOf(rows(200), { kind: 'print' }));
      await floor.batches.stop(id);
      expect((await followed(floor.batches, id)).at(-1)).toMatchObject({ state: 'stopped' });
      await expect(whole(floor.batches.file(id))).rejects.toThrow('This file is not ready.');
      await floor.batches.deleteNow(id);
      expect(await floor.batches.list()).toEqual([]);
      await expect(followed(floor.batches, id)).rejects.toThrow('There is no such batch.');
    });
  });
});
