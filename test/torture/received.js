// A thousand mails over four connections, read back: every PDF is opened and has to hold its own client's token and no other.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { tokenOf, tokensIn } from './read-back.js';

const dist = (path) => import(`../../dist/${path}`);
const { readLibrary } = await dist('content/library.js');
const { openDispatch } = await dist('deliver/dispatch.js');
const { writeLetter } = await dist('deliver/letter.js');
const { openOutbox } = await dist('deliver/outbox.js');
const { openSmtp } = await dist('deliver/smtp.js');
const { makeMessage } = await dist('make/message.js');
const { readChoice } = await dist('merge/choice.js');
const { openPress } = await dist('pdf/press.js');
const { openStore } = await dist('store/store.js');

const MAILS = Number(process.env.TORTURE_RECEIVED ?? 1000);
const CONNECTIONS = 4;

function letterOf(row) {
  const token = tokenOf(row);
  const article = row % 2 === 0 ? 'stress-response' : 'why-relationships-matter';
  const discreet = row % 7 === 0;
  const { choice } = readChoice({
    article,
    client: `Ann ${token}`,
    note: `About ${token}.`,
    date: '2026-11-23',
    discreet,
  });
  const packet = { row, id: `id-${token}`, handouts: [choice], copies: 1, initials: '', address: [], reference: '' };
  const consent = { kind: 'after-warning', date: '2026-11-20' };
  return writeLetter({ to: `${token}@example.org`, packet, asPage: row % 3 === 0, consent, password: null });
}

const textOf = (pdf) =>
  new Promise((read, fail) => {
    const child = execFile('pdftotext', ['-', '-'], { maxBuffer: 2 ** 26 }, (error, out) =>
      error ? fail(error) : read(out),
    );
    child.stdin.end(pdf);
  });

const received = [];
const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  logger: false,
  onData: (stream, session, done) => {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.once('end', () => {
      received.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks) });
      done();
    });
  },
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));

const folder = mkdtempSync(join(tmpdir(), 'keepsake-received-'));
const store = await openStore({ folder: join(folder, 'data'), key: { file: join(folder, 'key') } });
const library = await readLibrary([fileURLToPath(new URL('../../content', import.meta.url))]);
const practice = { ...(await store.practices.read()), name: 'Torture', country: 'US' };
const press = openPress();
const dispatch = openDispatch({
  post: store.post,
  outbox: store.outbox,
  smtp: openSmtp({ host: '127.0.0.1', port: server.server.address().port, tls: 'none', connections: CONNECTIONS }),
  from: { name: null, address: 'practice@example.com' },
  replyTo: null,
  make: (letter) => makeMessage(letter.packet, library, practice, press, letter),
  isCurrent: async () => true,
  connections: CONNECTIONS,
  perMinute: 1_000_000,
  log: { error: (fields, message) => console.error(JSON.stringify({ ...fields, message })) },
});
const outbox = openOutbox(store.outbox, dispatch.look, () => 0);
let bad = 0;
try {
  await outbox.send(Array.from({ length: MAILS }, (_, at) => letterOf(at + 2)));
  while ((await outbox.counts()).sent < MAILS) {
    const { refused, parked } = await outbox.counts();
    if (refused + parked > 0) throw new Error(`${refused} refused, ${parked} parked`);
    await setTimeout(200);
  }
  for (const { to, raw } of received) {
    const own = to[0].split('@')[0];
    const { attachments, text, html } = await simpleParser(raw);
    const found = tokensIn(`${await textOf(attachments[0].content)} ${text} ${html} ${to.join(' ')}`);
    const isRight = to.length === 1 && attachments.length === 1 && found.length === 1 && found[0] === own;
    if (!isRight) bad++;
  }
  const addresses = new Set(received.map(({ to }) => to[0]));
  console.log(
    `${received.length} mails received, ${addresses.size} addresses, ${bad} with anything but their own token.`,
  );
  if (bad > 0 || received.length !== MAILS || addresses.size !== MAILS) process.exitCode = 1;
} finally {
  await dispatch.close();
  await store.close();
  await new Promise((closed) => server.close(closed));
  rmSync(folder, { recursive: true, force: true });
}
