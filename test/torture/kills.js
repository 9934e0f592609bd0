// The built program, rows and kills in; what came of every mail while its senders were killed at random moments out.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SMTPServer } from 'smtp-server';

const SENDER = fileURLToPath(new URL('./sender.js', import.meta.url));
/** Longer than a lease, with time to start again on a loaded machine. */
const STANDSTILL_MS = 60_000;

/** `random` gives numbers from 0 to 1. The mail server answers in 3 to 15 ms. */
export async function killSenders({ dist, rows, kills, random, longest = 1500 }) {
  const load = (path) => import(pathToFileURL(join(dist, path)).href);
  const { openStore } = await load('store/store.js');
  const { mailOf } = await load('deliver/letter.js');
  const folder = mkdtempSync(join(tmpdir(), 'keepsake-kills-'));
  const place = { folder: join(folder, 'data'), key: { file: join(folder, 'key') } };
  const taken = [];
  const mail = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData: (stream, session, done) => {
      const text = [];
      stream.on('data', (chunk) => text.push(chunk));
      stream.once('end', async () => {
        const [to] = session.envelope.rcptTo.map(({ address }) => address);
        taken.push({ to, recipients: session.envelope.rcptTo.length, own: isFor(to, Buffer.concat(text).toString()) });
        await setTimeout(3 + random() * 12);
        done();
      });
    },
  });
  mail.on('error', () => undefined);
  await new Promise((listening) => mail.listen(0, '127.0.0.1', listening));
  const server = { host: '127.0.0.1', port: mail.server.address().port, tls: 'none' };
  const start = async () => {
    const child = spawn(process.execPath, [SENDER, JSON.stringify({ dist, place, server })], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    return child;
  };
  const store = await openStore(place);
  let child;
  let [killed, wrongSums, slowest] = [0, 0, 0];
  try {
    await store.outbox.add(
      Array.from({ length: rows }, (_, row) =>
        mailOf({ to: `client-${row}@example.org`, asPage: false, packet: { id: `id-${row}`, row, handouts: [] } }),
      ),
      0,
    );
    child = await start();
    let [moved, before] = [Date.now(), 0];
    let next = Date.now() + random() * longest;
    for (;;) {
      await setTimeout(20);
      const counts = await store.outbox.counts();
      const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
      const over = counts.sent + counts.refused + counts.parked;
      if (all !== rows) wrongSums++;
      if (over === rows) break;
      if (over > before) [slowest, moved, before] = [Math.max(slowest, Date.now() - moved), Date.now(), over];
      if (Date.now() - moved > STANDSTILL_MS) throw new Error(`Nothing moves: ${JSON.stringify(counts)}`);
      if (killed >= kills || Date.now() < next) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
      killed++;
      child = await start();
      next = Date.now() + random() * longest;
    }
    const mails = await store.outbox.list();
    return { killed, wrongSums, slowest, ...judged(mails, taken) };
  } finally {
    child?.kill('SIGKILL');
    await store.close();
    await new Promise((closed) => mail.close(closed));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The attachment says again and again to whom it goes, and to nobody else. */
function isFor(to, message) {
  const [, body = ''] = /Content-Disposition: attachment[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(message) ?? [];
  const addresses = new Set(
    Buffer.from(body, 'base64')
      .toString()
      .match(/client-\d+@example\.org(?= )/g),
  );
  return addresses.size === 1 && addresses.has(to);
}

function judged(mails, taken) {
  const times = (row) => taken.filter(({ to }) => to === `client-${row}@example.org`).length;
  const of = (state) => mails.filter((mail) => mail.state === state);
  return {
    sent: of('sent').length,
    refused: of('refused').length,
    parked: of('parked').length,
    deadly: mails.filter(({ why }) => why === 'deadly').length,
    lost: of('sent').filter(({ row }) => times(row) === 0).length,
    twice: mails.filter(({ row }) => times(row) > 1).length,
    crossed: taken.filter(({ own, recipients }) => !own || recipients !== 1).length,
  };
}
