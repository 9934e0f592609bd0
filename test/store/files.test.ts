// The single files of a ZIP in: what they have in common kept once, and each handed out whole.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { openDatabase } from '../../src/store/database.ts';
import type { Come, Lease, MadeFile } from '../../src/store/lease.ts';
import { openStore, type Store, type StorePlace } from '../../src/store/store.ts';
import { chunksOf, sizeOf, unpacked } from '../../src/store/stretches.ts';
import { aPractice } from '../support/builders.ts';
import { onBothStores } from './both.ts';

const HEAD = Buffer.alloc(40_000, 'head ');
const TAIL = Buffer.alloc(20_000, 'tail ');
const common = (bytes: Buffer) => ({ bytes, common: true });
const own = (text: string) => ({ bytes: Buffer.from(text), common: false });

/** As a handout from a stencil: what is the same, what is not, and what is the same again. */
const fileOf = (position: number): MadeFile => ({
  position,
  stretches: [common(HEAD), own(`client ${position}`), common(TAIL), own(`end ${position}`)],
});
const wholeOf = ({ stretches }: MadeFile) => Buffer.concat(stretches.map(({ bytes }) => bytes));

const done = (position: number): Come => ({
  position,
  id: `id-${position}`,
  state: 'done',
  pages: 1,
  sheets: null,
  firstPage: 1,
  sha256: 'abc',
});

describe('what is kept of files', () => {
  it('is each common stretch once, numbered below what is there, and each file’s own', () => {
    const files = [fileOf(0), fileOf(1), { position: 2, stretches: [own('alone')] }];
    const chunks = chunksOf(files, -7);
    expect(chunks.map(({ number }) => number)).toEqual([-8, -9, 0, 1, 2]);
    expect(sizeOf(chunks)).toBeLessThan(HEAD.length + TAIL.length + 200);
    const shared = new Map(chunks.map(({ number, bytes }) => [number, Buffer.from(bytes)]));
    for (const file of files) expect(unpacked(shared.get(file.position)!, shared)).toEqual(wholeOf(file));
  });

  it('may be a whole PDF, as kept before an update', () => {
    const pdf = Buffer.from('%PDF-1.7\nas it was made\n%%EOF\n');
    expect(unpacked(pdf, new Map())).toEqual(pdf);
  });

  it('takes stretches for the same only where they are the very same', () => {
    const files = [0, 1].map((position) => ({ position, stretches: [common(Buffer.from('alike'))] }));
    expect(chunksOf(files, 0).map(({ number }) => number)).toEqual([-1, -2, 0, 1]);
  });
});

onBothStores((newPlace) => {
  let place: StorePlace;
  let store: Store;
  beforeEach(async () => {
    place = await newPlace();
    store = await openStore(place);
  });
  afterEach(() => store.close());

  const add = (rows: number) =>
    store.batches.add({
      kind: 'zip',
      settings: {},
      practice: aPractice(),
      keepMs: 3_600_000,
      file: null,
      recipients: Array.from({ length: rows }, (_, at) => ({ row: at + 2, id: `id-${at}`, request: {} })),
      refused: [],
      parts: [{ first: 0, last: rows - 1 }],
    });
  const claim = async (holder: string) => (await store.work.claim(holder)) as Lease;

  async function handedOut(id: string): Promise<Buffer[]> {
    const files: Buffer[] = [];
    for await (const { pdf } of store.batches.files(id)) files.push(pdf);
    return files;
  }

  async function bytesKept(): Promise<number> {
    const { db } = await openDatabase(place);
    const { rows } = await sql<{ bytes: number }>`SELECT SUM(length(sealed)) AS bytes FROM chunks`.execute(db);
    await db.destroy();
    return Number(rows[0]!.bytes);
  }

  describe('files with much in common', () => {
    it('are handed out whole, and kept in little more room than one', async () => {
      const id = await add(20);
      const lease = await claim('w1');
      const files = Array.from({ length: 20 }, (_, at) => fileOf(at));
      await store.work.saveFiles(
        lease,
        files.map(({ position }) => done(position)),
        files,
      );
      await store.work.finish(lease, null);
      expect(await handedOut(id)).toEqual(files.map(wholeOf));
      expect(await bytesKept()).toBeLessThan(2 * wholeOf(files[0]!).length);
      const { parts } = (await store.batches.find(id))!;
      expect(parts[0]!.bytes).toBe(sizeOf(files.map((file) => ({ bytes: wholeOf(file) }))));
    });

    it('are whole though another worker went on with them', async () => {
      const id = await add(3);
      await store.work.saveFiles(await claim('w1'), [done(0)], [fileOf(0)]);
      await store.work.died('w1');
      const lease = await claim('w2');
      for (const at of [1, 2]) await store.work.saveFiles(lease, [done(at)], [fileOf(at)]);
      await store.work.finish(lease, null);
      expect(await handedOut(id)).toEqual([0, 1, 2].map((at) => wholeOf(fileOf(at))));
    });
  });
});
