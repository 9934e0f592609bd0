// What becomes of a mail when the store fails, or holds what it can't open: it is sent, tried again or left to a person.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Errand } from '../../../src/store/mail.ts';
import type { Post } from '../../../src/store/post.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { placeIn } from '../../store/both.ts';
import { type MailServer, PASSWORD, startMailServer } from './mail-server.ts';
import { lettersFor, put, type Sending, startSending, until } from './sending.ts';

jest.setTimeout(60_000);

let folder: string;
let store: Store;
let server: MailServer;
let sending: Sending | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-mail-'));
  store = await openStore(placeIn(folder));
  server = await startMailServer({ inClear: true });
});
afterEach(async () => {
  await sending?.close();
  sending = undefined;
  await server.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

const place = () => ({ port: server.port, connections: 4, login: 'practice', password: PASSWORD });
const rows = async () => (await store.outbox.list()).map(({ row, state, why }) => [row, state, why]);
const over = (count: number) =>
  until(
    () => store.outbox.counts(),
    ({ sent, parked }) => sent + parked === count,
    14_000,
  );

/** Fails the first so many times that it is asked of a mail, or of that row alone. */
function failing<Write extends (errand: Errand, ...rest: never[]) => Promise<unknown>>(
  times: number,
  write: Write,
  row?: number,
) {
  const asked = new Map<number, number>();
  return (async (errand: Errand, ...rest: never[]) => {
    const before = asked.get(errand.row) ?? 0;
    asked.set(errand.row, before + 1);
    if (before < times && errand.row === (row ?? errand.row))
      throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
    return write(errand, ...rest);
  }) as Write;
}

function start(some: Partial<Post>): void {
  sending = startSending({ ...store, post: { ...store.post, ...some } }, place());
}

describe('a store that can’t be written to', () => {
  it('for a moment keeps what came of a mail all the same', async () => {
    const { commit, settle, giveBack } = store.post;
    await put(store, lettersFor(2));
    start({ commit: failing(1, commit), settle: failing(1, settle), giveBack: failing(1, giveBack) });
    await over(2);
    expect(await rows()).toEqual([
      [2, 'sent', null],
      [3, 'sent', null],
    ]);
    expect([...server.taken].sort()).toEqual(['client-0', 'client-1']);
    expect(sending!.log.filter((line) => line.includes('could not be kept'))).toEqual([]);
  });

  it('for longer leaves to a person what may have been sent, and sends what has not left, while we live', async () => {
    const { commit, settle, giveBack } = store.post;
    await put(store, lettersFor(2));
    start({ commit: failing(1, commit, 3), giveBack: failing(9, giveBack), settle: failing(9, settle, 2) });
    await over(2);
    expect(await rows()).toEqual([
      [2, 'parked', 'crash'],
      [3, 'sent', null],
    ]);
    expect([...server.taken].sort()).toEqual(['client-0', 'client-1']);
  });
});

describe('what was sent just before we died', () => {
  it('is wiped by the next who starts, though there is nothing to send', async () => {
    await put(store, lettersFor(1));
    await store.post.recover();
    const errand = (await store.post.claim('w1', 99))!;
    await store.post.commit(errand);
    await store.post.settle(errand, { state: 'sent' });
    const left = () => statSync(join(folder, 'data', 'keepsake.db-wal')).size;
    expect(left()).toBeGreaterThan(0);
    start({});
    await sending!.close();
    expect(left()).toBe(0);
  });
});
