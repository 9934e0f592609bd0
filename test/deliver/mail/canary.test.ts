// One client, named and addressed like nobody else, through every way a mail can end: nothing of them is in logs, answers or files.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import type { Library } from '../../../src/content/article.ts';
import type { Letter } from '../../../src/deliver/letter.ts';
import { openOutbox } from '../../../src/deliver/outbox.ts';
import { HandoutError } from '../../../src/errors.ts';
import { makeMessage } from '../../../src/make/message.ts';
import { openPress } from '../../../src/pdf/press.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { placeIn } from '../../store/both.ts';
import { aPractice } from '../../support/builders.ts';
import { ourLibrary } from '../../support/house.ts';
import { recipientOf } from '../floor.ts';
import { type MailServer, PASSWORD, startMailServer } from './mail-server.ts';
import { AGREED, type Sending, startSending, until } from './sending.ts';

jest.setTimeout(60_000);

const CANARY = /quillhaven|zq[a-z]{5}|4821-9037/iu;
const GONE = { code: 'article-unknown', message: 'There is no such handout.', hint: 'Choose another.' } as const;
const press = openPress();
const before = process.env.TMPDIR;
let [library, server, folder, store]: [Library, MailServer, string, Store] = [] as never;
let slow = 0;
beforeAll(async () => {
  library = await ourLibrary();
  server = await startMailServer({ delay: () => slow });
  folder = mkdtempSync(join(tmpdir(), 'keepsake-canary-'));
  mkdirSync(join(folder, 'tmp'));
  process.env.TMPDIR = join(folder, 'tmp');
  store = await openStore(placeIn(folder));
});
afterAll(async () => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  await store.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

const letter = (at: number, some: Partial<Letter> = {}): Letter => {
  const packet = recipientOf(at, { id: `id-${at}` });
  return { to: `quillhaven-${at}@example.org`, packet, asPage: false, consent: AGREED, password: null, ...some };
};
const start = (make: (one: Letter) => Promise<Awaited<ReturnType<typeof makeMessage>>>) =>
  startSending(
    store,
    { port: server.port, tls: 'starttls', login: 'practice', password: PASSWORD, ca: server.ca },
    make,
  );
const really = (one: Letter) => makeMessage(one.packet, library, aPractice(), press, one);
const filesOf = (under: string): string[] =>
  readdirSync(under, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name));
const telling = () => filesOf(folder).filter((file) => CANARY.test(readFileSync(file, 'latin1')));
const answered: string[] = [];
let sending: Sending;
const outbox = () =>
  openOutbox(
    store.outbox,
    () => sending.dispatch.look(),
    () => 0,
  );
const stateOf = async (id: string, state: string) => {
  const shown = await until(
    () => outbox().find(id),
    (mail) => mail?.state === state,
  );
  answered.push(JSON.stringify(shown));
};

it('leaves nothing of a client behind, however their mail ends', async () => {
  sending = start(async (one) => {
    if (one.packet.id === 'id-5') throw new HandoutError([GONE]);
    if (one.packet.id === 'id-6') throw new TypeError(`No ${one.to} ${one.packet.handouts[0]!.client}`);
    return really(one);
  });
  // Sent, as the page itself too, and locked.
  await outbox().send([
    letter(0),
    letter(1, { asPage: true }),
    letter(2, { consent: { kind: 'password' }, password: '4821-9037-5526-1938' }),
  ]);
  for (const at of [0, 1, 2]) await stateOf(`id-${at}`, 'sent');

  // Refused at each step by a server that quotes the address, and by ourselves.
  for (const [at, refuse] of [
    [3, { at: 'rcpt', code: 550 }],
    [4, { at: 'dot', code: 552 }],
  ] as const) {
    server.refuse.push(refuse);
    await outbox().send([letter(at)]);
    await stateOf(`id-${at}`, 'refused');
  }
  await outbox().send([letter(5)]);
  await stateOf('id-5', 'refused');

  // A fault while it is made, then cancelled.
  await outbox().send([letter(6)]);
  await until(
    () => outbox().find('id-6'),
    (mail) => mail?.why === 'unmade',
  );
  await stateOf('id-6', 'queued');
  expect(telling()).toEqual([]);
  await outbox().cancel('id-6');

  // Told to wait, then cancelled.
  server.refuse.push({ at: 'rcpt', code: 451 });
  await outbox().send([letter(7)]);
  await until(
    () => outbox().find('id-7'),
    (mail) => mail?.state === 'queued' && mail.reply !== null,
  );
  await stateOf('id-7', 'queued');
  expect(telling()).toEqual([]); // what waits is sealed
  await outbox().cancel('id-7');

  // Lost after the last byte, looked at, cancelled; and one that a person is too late for.
  slow = 3000;
  await outbox().send([letter(9)]);
  await stateOf('id-9', 'parked');
  slow = 0;
  expect(telling()).toEqual([]);
  await outbox().cancel('id-9');
  await outbox()
    .cancel('id-0')
    .catch((error) => answered.push(String(error)));

  // Mixed up: everything stops, and is cancelled.
  await sending.close();
  const log = [...sending.log];
  sending = start(async () => really(letter(11)));
  await outbox().send([letter(10)]);
  answered.push(
    JSON.stringify(
      await until(
        () => outbox().paused(),
        (why) => why !== null,
      ),
    ),
  );
  await until(
    () => outbox().find('id-10'),
    (mail) => mail?.state === 'queued',
  );
  await outbox().cancel('id-10');
  await sending.close();
  log.push(...sending.log);

  expect(server.received.filter(({ raw }) => CANARY.test(raw)).length).toBeGreaterThan(2);
  expect(answered.filter((line) => CANARY.test(line))).toEqual([]);
  expect(log.length).toBeGreaterThan(0);
  expect(log.filter((line) => CANARY.test(line))).toEqual([]);
  expect(telling()).toEqual([]);
  expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  const { db } = await openDatabase(placeIn(folder));
  const { rows } = await sql<{ left: number }>`SELECT count(request) + count(key) AS left FROM outbox`.execute(db);
  await db.destroy();
  expect(rows).toEqual([{ left: 0 }]);
});
