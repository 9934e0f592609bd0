// Mails through a real server with STARTTLS and sign-in, read back: each client gets theirs, once, and nobody else does.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import type { Library } from '../../../src/content/article.ts';
import type { Letter } from '../../../src/deliver/letter.ts';
import { openSmtp, type SmtpPlace } from '../../../src/deliver/smtp.ts';
import { HandoutError } from '../../../src/errors.ts';
import { makeMessage } from '../../../src/make/message.ts';
import { openPress } from '../../../src/pdf/press.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { placeIn } from '../../store/both.ts';
import { aPractice } from '../../support/builders.ts';
import { ourLibrary } from '../../support/house.ts';
import { pageCount, popplerText } from '../../support/poppler.ts';
import { startPostgres } from '../../support/postgres.ts';
import { recipientOf, tokenOf, tokensIn, wordsOf } from '../floor.ts';
import { MALFORMED } from '../malformed.ts';
import { type MailServer, PASSWORD, startMailServer } from './mail-server.ts';
import { lettersFor, put, quickly, type Sending, settled, startSending, until } from './sending.ts';

jest.setTimeout(60_000);

const press = openPress();
let library: Library;
let server: MailServer;
let folder: string;
let store: Store;
let sending: Sending | undefined;
beforeAll(async () => {
  library = await ourLibrary();
  server = await startMailServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-mail-'));
  store = await openStore(placeIn(folder));
  server.received.length = 0;
  server.taken.length = 0;
  server.refuse.length = 0;
});
afterEach(async () => {
  await sending?.close();
  sending = undefined;
  await store.close();
  rmSync(folder, { recursive: true });
});

const place = (some: Partial<SmtpPlace> = {}): SmtpPlace => ({
  host: '127.0.0.1',
  connections: 1,
  port: server.port,
  tls: 'starttls',
  login: 'practice',
  password: PASSWORD,
  ca: server.ca,
  waits: { connect: 5000, reply: 5000, whole: 20_000 },
  ...some,
});
const really = (letter: Letter) => makeMessage(letter.packet, library, aPractice(), press, letter);
const allOver = (count: number) =>
  until(
    () => store.outbox.counts(),
    ({ sent, refused, parked, cancelled }) => sent + refused + parked + cancelled === count,
    40_000,
  );
/** Turns the clock on, as far as the tables know. */
async function change(statement: string): Promise<void> {
  const { db } = await openDatabase(placeIn(folder));
  await sql.raw(statement).execute(db);
  await db.destroy();
}
const headers = (raw: string) => raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/gu, ' ');
const names = (raw: string) =>
  headers(raw)
    .split('\r\n')
    .map((line) => line.slice(0, line.indexOf(':')).toLowerCase())
    .sort();

describe('a batch', () => {
  it('reaches each client with their own handout and no other, over four connections', async () => {
    const letters = lettersFor(60);
    await put(store, letters);
    sending = startSending(store, place({ connections: 4 }), really);
    expect(await allOver(letters.length)).toMatchObject({ sent: 60 });
    expect(server.received).toHaveLength(60);
    const pages = pageCount(server.received[0]!.mail.attachments[0]!.content);
    const printed = await wordsOf(server.received.map(({ mail }) => ({ pdf: mail.attachments[0]!.content, pages })));
    for (const [index, { envelope, mail, raw }] of server.received.entries()) {
      const at = Number(/^client-(\d+)@/u.exec(envelope.to[0]!)![1]);
      expect([envelope.from, envelope.to]).toEqual(['practice@example.com', [`client-${at}@example.org`]]);
      const [attachment, ...others] = mail.attachments;
      expect([attachment!.filename, others]).toEqual(['handout.pdf', []]);
      expect(tokensIn(printed[index]!)).toEqual([tokenOf(at)]);
      expect(tokensIn(`${mail.text} ${mail.html}`)).toEqual([tokenOf(at)]);
      expect(tokensIn(headers(raw))).toEqual([]);
    }
    expect(sending.log).toEqual([]);
  });

  it('says nothing on the outside', async () => {
    await put(store, lettersFor(1));
    sending = startSending(store, place(), really);
    await allOver(1);
    const { mail, raw } = server.received[0]!;
    expect(mail.subject).toBe('Your handout from the practice');
    expect(mail.from!.value).toEqual([{ name: 'The practice', address: 'practice@example.com' }]);
    const known = ['content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'];
    expect(names(raw).filter((name) => name !== 'received')).toEqual(known);
  });
});

describe('a discreet client', () => {
  it('gets the discreet copy in the most neutral message, whatever the practice calls itself', async () => {
    const [letter] = lettersFor(1);
    const [choice] = letter!.packet.handouts;
    await put(store, [
      { ...letter!, packet: { ...letter!.packet, handouts: [{ ...choice!, discreet: true, note: '' }] } },
    ]);
    sending = startSending(store, place(), really, undefined, 'Harbour Psychotherapy');
    await allOver(1);
    const { mail, raw } = server.received[0]!;
    expect(mail.from!.value).toEqual([{ name: 'The office', address: 'practice@example.com' }]);
    expect([mail.subject, mail.attachments[0]!.filename]).toEqual(['Your document', 'document.pdf']);
    const words = [headers(raw), mail.text, mail.html].join(' ');
    expect(words).not.toMatch(/Harbour|psycho|handout|stress/iu);
    expect(tokensIn(`${words} ${popplerText(mail.attachments[0]!.content)}`)).toEqual([]);
  });
});

describe('the one recipient of a mail', () => {
  it('is never another than the row’s, whatever stands there', async () => {
    const smtp = openSmtp(place());
    let asked = 0;
    const message = await quickly(lettersFor(1)[0]!);
    const [from, attachments] = [{ name: 'The practice', address: 'practice@example.com' }, []];
    for (const to of MALFORMED) {
      const outgoing = { ...message, from, attachments, to, replyTo: null };
      await smtp.send(outgoing, async () => void asked++).catch(() => undefined);
    }
    smtp.close();
    for (const { envelope, raw } of server.received) {
      expect(envelope.to).toHaveLength(1);
      expect(names(raw)).not.toContain('bcc');
      expect(names(raw)).not.toContain('x-other');
      expect(raw.match(/^(?:to|cc|bcc):/gimu)).toHaveLength(1);
    }
    expect(server.received.length).toBe(asked);
    expect(server.received.flatMap(({ envelope }) => envelope.to)).not.toContain('b@example.org');
  });

  it('is not even tried where a row is not what was put in', async () => {
    for (const [at, to] of MALFORMED.slice(0, 5).entries()) await put(store, [{ ...lettersFor(1, at)[0]!, to }]);
    sending = startSending(store, place());
    await until(
      () => store.outbox.paused(),
      (why) => why === 'crossed',
    );
    expect(server.taken).toEqual([]);
  });

  it('is nobody where a message comes back for another packet', async () => {
    await put(store, lettersFor(2));
    const crossed = async (letter: Letter) => ({ ...(await quickly(letter)), id: recipientOf(9).id });
    sending = startSending(store, place(), crossed);
    await until(
      () => store.outbox.paused(),
      (why) => why === 'crossed',
    );
    expect([server.taken, (await store.outbox.counts()).queued]).toEqual([[], 2]);
  });

  it.each(['Ann\r\nBcc: b@example.org', 'Zoë "the" <b@example.org>, b@example.org', '张伟 🙂', 'Ann\u2028To: b@x.org'])(
    'stays alone though the client is called %j',
    async (client) => {
      const [letter] = lettersFor(1);
      const [choice] = letter!.packet.handouts;
      const packet = { ...letter!.packet, handouts: [{ ...choice!, client }] };
      await put(store, [{ ...letter!, packet }]);
      sending = startSending(store, place(), async (given) => {
        const made = await quickly(given);
        return { ...made, text: `Hello ${client}`, subject: `Hello ${client}`, sender: client };
      });
      await allOver(1);
      expect(server.received.map(({ envelope }) => envelope.to)).toEqual([['client-0@example.org']]);
      const known = ['content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'];
      expect(names(server.received[0]!.raw).filter((name) => name !== 'received')).toEqual(known);
    },
  );
});

describe('a person', () => {
  it('can take a mail back as long as it is held, and then it never goes', async () => {
    const held = lettersFor(2);
    await put(store, held, 1500);
    sending = startSending(store, place());
    expect(await store.outbox.cancel(held[0]!.packet.id)).toBe(true);
    expect(server.taken).toEqual([]);
    expect(await allOver(2)).toMatchObject({ sent: 1, cancelled: 1 });
    expect(server.taken).toEqual(['client-1']);
  });

  it('is asked about a wrong password after one try, and with the right one all goes on', async () => {
    await put(store, lettersFor(3));
    sending = startSending(store, place({ password: 'wrong' }));
    await until(
      () => store.outbox.paused(),
      (why) => why === 'password',
    );
    await new Promise((later) => setTimeout(later, 1500));
    const tries = (await store.outbox.list()).map((mail) => mail.tries);
    expect([tries, server.taken]).toEqual([[1, 0, 0], []]);
    await sending.close();
    sending = startSending(store, place());
    await store.outbox.resume();
    expect(await allOver(3)).toMatchObject({ sent: 3 });
    expect([...server.taken].sort()).toEqual(['client-0', 'client-1', 'client-2']);
  });

  it('is asked about a certificate that nobody vouches for, and nothing is sent', async () => {
    await put(store, lettersFor(1));
    sending = startSending(store, place({ ca: undefined }));
    expect(
      await until(
        () => store.outbox.paused(),
        (why) => why !== null,
      ),
    ).toBe('certificate');
    expect(server.taken).toEqual([]);
  });
});

describe('a server that says no for now', () => {
  it.each(['mail', 'rcpt', 'dot'] as const)('at %s is asked again, and the mail arrives once', async (at) => {
    server.refuse.push({ at, code: 451 });
    await put(store, lettersFor(1));
    sending = startSending(store, place());
    expect(await settled(store)).toMatchObject({ state: 'queued', why: 'server', reply: '451' });
    await change('UPDATE outbox SET due = 1');
    expect(await allOver(1)).toMatchObject({ sent: 1 });
    expect(server.taken).toEqual(['client-0']);
  });

  it('is asked later and later, and not for longer than a day', async () => {
    await put(store, lettersFor(1));
    sending = startSending(store, place());
    await sending.close();
    await change("UPDATE outbox SET state = 'queued'");
    const waits: number[] = [];
    for (let tries = 0; tries < 6; tries++) {
      server.refuse.push({ at: 'rcpt', code: 450 });
      await change(`UPDATE outbox SET due = 1, tries = ${tries}`);
      sending = startSending(store, place());
      const { due, changed } = await until(
        async () => (await store.outbox.list())[0]!,
        ({ state, due: at }) => state === 'queued' && at > 1,
      );
      waits.push(Math.round((due - changed) / 60_000));
      await sending.close();
    }
    expect(waits).toEqual([1, 5, 15, 60, 60, 60]);
    server.refuse.push({ at: 'rcpt', code: 450 });
    await change('UPDATE outbox SET due = 1, made = made - 86000000');
    sending = startSending(store, place());
    expect(await allOver(1)).toMatchObject({ refused: 1 });
    expect(await store.outbox.list()).toMatchObject([{ why: 'late', reply: '450' }]);
  });
});

describe('what cannot be made', () => {
  const failing = async (error: (letter: Letter) => Error) => {
    await put(store, lettersFor(2));
    sending = startSending(store, place(), async (letter) => {
      if (letter.packet.row === 2) throw error(letter);
      return quickly(letter);
    });
    await until(
      () => store.outbox.list(),
      ([first, second]) => first!.why !== null && second!.state === 'sent',
    );
    return (await store.outbox.list())[0]!;
  };

  it('is refused alone', async () => {
    const gone = { code: 'article-unknown', message: 'There is no such handout.', hint: 'Choose another.' } as const;
    expect(await failing(() => new HandoutError([gone]))).toMatchObject({ state: 'refused', why: 'unmade' });
    expect(sending!.log).toEqual([]);
  });

  it('for now is tried again, for no longer than a day, and nothing of it is logged', async () => {
    const away = ({ packet }: Letter) =>
      Object.assign(new Error(`Of ${packet.handouts[0]!.client}`), { code: '57P01' });
    expect(await failing(away)).toMatchObject({ state: 'queued', why: 'unmade', tries: 1 });
    expect(sending!.log).toEqual(['{"error":"Error","code":"57P01","message":"A mail could not be made."}']);
    await change("UPDATE outbox SET due = 1, made = made - 86400000 WHERE state = 'queued'");
    expect(await allOver(2)).toMatchObject({ refused: 1, sent: 1 });
  });

  it('because the disk is full is tried again', async () => {
    const full = { code: 'disk-full', message: 'The disk is full.', hint: 'Make room.' } as const;
    expect(await failing(() => new HandoutError([full]))).toMatchObject({ state: 'queued', why: 'unmade' });
  });
});

describe('what was sent', () => {
  it('leaves no address, name or token in the store, nor ever did in clear', async () => {
    const letters = lettersFor(10);
    await put(store, letters);
    const files = () =>
      readdirSync(join(folder, 'data')).map((name) => readFileSync(join(folder, 'data', name)).toString('latin1'));
    const clear = () => files().filter((text) => /client-\d|zq[a-z]{5}|Ann zq/u.test(text)).length;
    expect(clear()).toBe(0);
    sending = startSending(store, place({ connections: 2 }), really);
    await allOver(10);
    await sending.close();
    expect(clear()).toBe(0);
    expect(readdirSync(join(folder, 'data')).sort()).toEqual(['keepsake.db', 'keepsake.db-shm', 'keepsake.db-wal']);
  });
});

describe('the limit', () => {
  it('holds back what is more than may go in a minute', async () => {
    await put(store, lettersFor(6));
    sending = startSending(store, place(), quickly, 4);
    await until(
      () => store.outbox.counts(),
      ({ sent }) => sent === 4,
    );
    await new Promise((later) => setTimeout(later, 1500));
    expect(await store.outbox.counts()).toMatchObject({ sent: 4, queued: 2 });
    await change('UPDATE last_minute SET at = at - 60001');
    expect(await allOver(6)).toMatchObject({ sent: 6 });
  });
});

describe('two who send from the same outbox', () => {
  it('send each mail once', async () => {
    const postgres = await startPostgres();
    const shared = { ...placeIn(folder), url: await postgres.database() };
    const [one, other] = [await openStore(shared), await openStore(shared)];
    await put(one, lettersFor(60));
    const both = [one, other].map((each) => startSending(each, place({ connections: 2 })));
    try {
      const sent = () => one.outbox.counts();
      await until(sent, (counts) => counts.sent === 60, 20_000);
      expect(server.taken).toHaveLength(60);
      expect(new Set(server.taken).size).toBe(60);
      expect(both.flatMap(({ log }) => log)).toEqual([]);
    } finally {
      for (const each of both) await each.close();
      for (const each of [one, other]) await each.close();
      await postgres.stop();
    }
  });
});
