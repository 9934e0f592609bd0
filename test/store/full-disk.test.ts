import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { HandoutError } from '../../src/errors.ts';
import { batchStore } from '../../src/store/batches.ts';
import { type Open, openDatabase } from '../../src/store/database.ts';
import { kept } from '../../src/store/kept.ts';
import { practiceStore } from '../../src/store/practice.ts';

let folder: string;
let open: Open;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-full-'));
  open = await openDatabase({ folder });
});
afterEach(async () => {
  await open.db.destroy();
  rmSync(folder, { recursive: true });
});

/** The file may grow no more, which to SQLite is the same as a full disk. */
async function fill(): Promise<void> {
  const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(open.db);
  await sql.raw(`PRAGMA max_page_count = ${rows[0]!.page_count + 20}`).execute(open.db);
}

describe('a full disk', () => {
  it('is told as a sentence, and nothing that was kept is lost', async () => {
    const practices = practiceStore(open, 'en-NZ');
    const batches = batchStore(kept(open, () => Buffer.alloc(32, 1)));
    const practice = await practices.read();
    await practices.save(practice);
    const batch = {
      kind: 'zip',
      settings: {},
      practice,
      keepMs: 1000,
      file: null,
      refused: [],
      parts: [{ first: 0, last: 0 }],
    } as const;
    const recipient = { row: 2, id: 'a', request: 'small' };
    const small = await batches.add({ ...batch, recipients: [recipient] });
    await fill();
    const large = { ...recipient, request: 'x'.repeat(1_000_000) };
    const attempt = batches.add({ ...batch, recipients: [large] });
    await expect(attempt).rejects.toThrow(HandoutError);
    await expect(attempt).rejects.toThrow(/^The disk is full, so this could not be kept.*Make room/su);
    expect((await batches.list()).map(({ id }) => id)).toEqual([small]);
    expect(await batches.outcomes(small)).toHaveLength(1);
    expect(await practices.isNew()).toBe(false);
    const { rows } = await sql<object>`PRAGMA integrity_check`.execute(open.db);
    expect(rows).toEqual([{ integrity_check: 'ok' }]);
  });
});
