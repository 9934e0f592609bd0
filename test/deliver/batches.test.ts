import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { queueBell } from '../../src/deliver/queue-bell.ts';
import type { StorePlace } from '../../src/store/store.ts';
import { Clone } from '../cli/clone.ts';
import { onBothStores } from '../store/both.ts';
import { popplerText } from '../support/poppler.ts';
import { unzip } from '../support/unzip.ts';
import { type Floor, followed, openFloor, recipientOf, startOf, tokenOf, tokensIn, whole } from './floor.ts';

jest.setTimeout(120_000);

let clone: Clone;
beforeAll(() => {
  clone = new Clone();
});
afterAll(() => clone.remove());

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
      expect([...files.keys()].slice(0, 2)).toEqual(['row-000002.pdf', 'row-000003.pdf']);
      expect(files.size).toBe(120);
      for (const at of [0, 49, 50, 119]) expect(tokensIn(popplerText([...files.values()][at]!))).toEqual([tokenOf(at)]);
      const report = await floor.batches.report(id);
      expect(report.map(({ row, refused }) => [row, refused])).toEqual(rows(120).map(({ row }) => [row, null]));
    });
  });
});
