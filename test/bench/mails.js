// Mails into a server on this machine: how long a thousand take, and how soon a single one is handed over after its hold.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SMTPServer } from 'smtp-server';
import { practice, REQUEST } from './handout.js';
import { people } from './people.js';

const dist = (file) => import(`../../dist/${file}`);
const { readLibrary } = await dist('content/library.js');
const { openDispatch } = await dist('deliver/dispatch.js');
const { writeLetter } = await dist('deliver/letter.js');
const { openOutbox } = await dist('deliver/outbox.js');
const { openSmtp } = await dist('deliver/smtp.js');
const { makeMessage } = await dist('make/message.js');
const { readChoice } = await dist('merge/choice.js');
const { openPress } = await dist('pdf/press.js');
const { openStore } = await dist('store/store.js');

const MAILS = 1000;
const CONNECTIONS = 4;
const SINGLES = 40;
const HOLD_MS = 1000;
const LOOK_MS = 100;

const seconds = (value) => `${value.toFixed(1)} s`;

export async function mailFigures() {
  let bytes = 0;
  const server = await startServer((length) => {
    bytes += length;
  });
  const folder = mkdtempSync(join(tmpdir(), 'keepsake-bench-'));
  const store = await openStore({ folder: join(folder, 'data'), key: { file: join(folder, 'key') } });
  try {
    const letters = lettersFor(MAILS + SINGLES);
    const many = await timeOfMany(store, server, letters.slice(0, MAILS));
    const size = Math.round(bytes / MAILS / 1000);
    const singles = await timesOfSingles(store, server, letters.slice(MAILS));
    const late = singles.toSorted((a, b) => a - b)[Math.ceil(SINGLES * 0.95) - 1];
    return [
      { what: `${MAILS} mails of ${size} kB, ${CONNECTIONS} connections`, value: many, unit: seconds, most: 60 },
      { what: 'a single mail handed over after its hold, p95', value: late, unit: seconds, most: 10 },
    ];
  } finally {
    await store.close();
    await new Promise((closed) => server.close(closed));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As it is put in until the last is sent: making each handout is part of it. */
async function timeOfMany(store, server, letters) {
  const { dispatch, outbox } = await open(store, server, CONNECTIONS, 0);
  const begun = performance.now();
  await outbox.send(letters);
  dispatch.look();
  await allSent(outbox, letters.length);
  const took = performance.now() - begun;
  await dispatch.close();
  return took / 1000;
}

async function timesOfSingles(store, server, letters) {
  const { dispatch, outbox } = await open(store, server, 1, HOLD_MS);
  const mailings = [];
  for (const letter of letters) {
    mailings.push(await outbox.send([letter]));
    await setTimeout(LOOK_MS * 3);
  }
  await allSent(outbox, MAILS + SINGLES);
  const all = await Promise.all(mailings.map((mailing) => outbox.list(mailing)));
  await dispatch.close();
  return all.flat().map(({ made, changed }) => (changed - made - HOLD_MS) / 1000);
}

async function open(store, server, connections, holdMs) {
  const library = await readLibrary([fileURLToPath(new URL('../../content', import.meta.url))]);
  const press = openPress();
  const dispatch = openDispatch({
    post: store.post,
    outbox: store.outbox,
    smtp: openSmtp({ host: '127.0.0.1', port: server.server.address().port, tls: 'none', connections }),
    from: { name: null, address: 'practice@example.com' },
    replyTo: null,
    make: (letter) => makeMessage(letter.packet, library, practice, press, letter),
    isCurrent: async () => true,
    connections,
    perMinute: 1_000_000,
    log: console,
  });
  const look = () => dispatch.look();
  return { dispatch, outbox: openOutbox(store.outbox, look, () => holdMs) };
}

async function allSent(outbox, count) {
  for (;;) {
    const { sent, refused, parked } = await outbox.counts();
    if (refused + parked > 0) throw new Error(`${refused} mails refused, ${parked} parked.`);
    if (sent === count) return;
    await setTimeout(LOOK_MS);
  }
}

function lettersFor(count) {
  const clients = people(5);
  const consent = { kind: 'after-warning', date: REQUEST.date };
  return Array.from({ length: count }, (_, at) => {
    const { choice } = readChoice({ ...REQUEST, ...clients.latin() });
    const rest = { copies: 1, initials: '', address: [], reference: '' };
    const packet = { row: at + 2, id: `id-${at}`, handouts: [choice], ...rest };
    return writeLetter({ to: `client-${at}@example.org`, packet, asPage: false, consent, password: null });
  });
}

async function startServer(count) {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData: (stream, _session, done) => {
      stream.on('data', (chunk) => count(chunk.length));
      stream.once('end', done);
    },
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}
