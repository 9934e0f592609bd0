// The outbox as pages, through HTTP on the real store: how each mail stands, and what a person may decide about it.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Letter } from '../../src/deliver/letter.ts';
import { openDatabase } from '../../src/store/database.ts';
import { recipientOf } from '../deliver/floor.ts';
import type { MailServer } from '../deliver/mail/mail-server.ts';
import { PASSWORD, startMailServer } from '../deliver/mail/mail-server.ts';
import { until } from '../deliver/mail/sending.ts';
import { send, startWeb, type Web } from './start.ts';

let server: MailServer;
let web: Web;
let held: Web;
beforeAll(async () => {
  server = await startMailServer();
  const { port, ca } = server;
  web = await startWeb(undefined, {}, undefined, { port, ca, password: PASSWORD, holdMs: 0 });
  held = await startWeb(undefined, {}, undefined, { port, ca, password: PASSWORD, holdMs: 60_000 });
});
afterEach(() => held.services.outbox.deleteNow());
afterAll(async () => {
  await web.stop();
  await held.stop();
  await server.close();
});

let sent = 0;
/** One from the form, or the rows of a spreadsheet from the second on. */
const letters = (many: number, from: 'form' | 'file' = 'file'): Letter[] =>
  Array.from({ length: many }, (_, index) => {
    sent += 1;
    const packet = recipientOf(index, { id: randomUUID(), row: from === 'form' ? 0 : index + 2 });
    const consent = { kind: 'after-warning', date: '2026-11-20' } as const;
    return { to: `client-${sent}@example.org`, packet, asPage: false, consent, password: null };
  });

const textOf = async (path: string, { base } = held) => {
  const page = await (await fetch(base + path)).text();
  const main = /<main[\s\S]*<\/main>/u.exec(page)![0];
  return main
    .replace(/<[^>]*>/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
};
const press = (path: string, fields: Readonly<Record<string, string>> = {}, { base } = held) =>
  send(base, path, fields);

describe('the page of all', () => {
  it('says that there is nothing, and where a mail server is set up', async () => {
    expect(await textOf('/outbox')).toContain('Nothing has been e-mailed');
  });

  it('shows each mailing that goes on with its rows, and a button to take it back', async () => {
    await held.services.outbox.send(letters(1, 'form'));
    await held.services.outbox.send(letters(3));
    const text = await textOf('/outbox');
    expect(text).toMatch(/^E-mail 4 held /u);
    expect(text).toMatch(/\d\d:\d\d, 3 from a spreadsheet 3 held until/u);
    expect(text).toMatch(/3 held until \d\d:\d\d:\d\d Cancel all 3/u);
    expect(text).toContain('3 waiting, row by row Row 2 Held until');
    expect(text).toMatch(/\d\d:\d\d, from the form Held until \d\d:\d\d:\d\d Cancel/u);
    expect((await press('/outbox/delete')).headers.get('location')).toBe('/outbox');
    expect(await textOf('/outbox')).toMatch(/Done .* 3 cancelled .* 1 cancelled/u);
  });
});

describe('one mailing', () => {
  it('is taken back row by row or all at once, up to the last moment', async () => {
    const rows = letters(3);
    const mailing = await held.services.outbox.send(rows);
    const done = await press(`/outbox/mails/${rows[1]!.packet.id}`, { act: 'cancel', mailing });
    expect(done.headers.get('location')).toBe(`/outbox/${mailing}`);
    expect(await textOf(`/outbox/${mailing}`)).toContain('1 cancelled: row 3');
    await press(`/outbox/${mailing}/delete`);
    expect(await textOf(`/outbox/${mailing}`)).toMatch(/^3 e-mails 3 cancelled .*rows 2 to 4/u);
    const late = await press(`/outbox/mails/${rows[1]!.packet.id}`, { act: 'cancel' });
    expect([late.status, await late.text()]).toEqual([409, expect.stringContaining('It is too late for that')]);
  });

  it('of one row says so of one', async () => {
    const rows = letters(1);
    const mailing = await held.services.outbox.send(rows);
    expect(await textOf(`/outbox/${mailing}`)).toMatch(/^1 e-mail .*1 held until \d\d:\d\d:\d\d Cancel it /u);
    await press(`/outbox/${mailing}/delete`);
    expect(await textOf(`/outbox/${mailing}`)).toContain('1 cancelled: row 2');
  });

  it.each(['form', 'file'] as const)(
    'from the %s whose mail is damaged does not offer to send that again',
    async (from) => {
      const [damaged] = letters(1, from);
      const mailing = await held.services.outbox.send([damaged!]);
      const { db } = await openDatabase({ folder: held.folder });
      const broken = { request: Buffer.from('damaged'), due: 0 };
      await db.updateTable('outbox').set(broken).where('mailing', '=', mailing).execute();
      await db.destroy();
      const text = await until(
        () => textOf(`/outbox/${mailing}`),
        (page) => page.includes('what is kept of it is damaged. Cancel it, and send the handout anew.'),
      );
      expect(text).toContain(' Cancel ');
      expect(text).not.toMatch(/Send again|Leave it/u);
      await press(`/outbox/mails/${damaged!.packet.id}`, { act: 'cancel', mailing });
      expect(await held.services.outbox.counts(mailing)).toMatchObject({ parked: 0, cancelled: 1 });
    },
  );

  it('says in plain words what a server refused, and nothing of whom', async () => {
    server.refuse.push({ at: 'rcpt', code: 550, status: '5.1.1' });
    const [letter] = letters(1, 'form');
    const mailing = await web.services.outbox.send([letter!]);
    const text = await until(
      () => textOf(`/outbox/${mailing}`, web),
      (page) => page.startsWith('Not sent Not sent'),
    );
    expect(text).toContain('there is no such mailbox (550 5.1.1)');
    expect(text).not.toContain(letter!.to);
    expect(await textOf(`/outbox/${mailing}`, web)).not.toContain('Cancel');
  });

  it('that does not exist is a sentence, whatever its name', async () => {
    for (const path of ['x', randomUUID(), '%00']) {
      for (const more of ['', '/events']) expect((await fetch(`${web.base}/outbox/${path}${more}`)).status).toBe(404);
      for (const where of [`mails/${path}`, `${path}/delete`])
        expect((await press(`/outbox/${where}`)).status).toBe(404);
    }
  });
});

describe('while something goes on', () => {
  it('the page loads itself again without scripts, and is told of every change with them', async () => {
    const [letter] = letters(1, 'form');
    const mailing = await held.services.outbox.send([letter!]);
    const refresh = '<noscript><meta http-equiv="refresh" content="2"></noscript>';
    expect(await (await fetch(`${held.base}/outbox/${mailing}`)).text()).toContain(refresh);
    const events = fetch(`${held.base}/outbox/${mailing}/events`).then((answer) => answer.text());
    await new Promise((later) => setTimeout(later, 600));
    await press(`/outbox/mails/${letter!.packet.id}`, { act: 'cancel' });
    expect(await events).toBe('data: {"open":true}\n\ndata: {"open":false}\n\n');
    expect(await (await fetch(`${held.base}/outbox/${mailing}`)).text()).not.toContain(refresh);
  });
});
