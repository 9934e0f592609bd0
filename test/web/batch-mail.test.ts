// A spreadsheet by e-mail, through HTTP: checked for it, sent to the practice first, then to one, then to the others.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { partsOf } from '../../src/content/shelf.ts';
import { type MailServer, PASSWORD, startMailServer } from '../deliver/mail/mail-server.ts';
import { until } from '../deliver/mail/sending.ts';
import { popplerText } from '../support/poppler.ts';
import { unzip } from '../support/unzip.ts';
import { startWeb, type Web } from './start.ts';

let server: MailServer;
let web: Web;
let drafts: Web;
let held: Web;
beforeAll(async () => {
  server = await startMailServer();
  const { port, ca } = server;
  web = await startWeb(undefined, {}, undefined, { port, ca, password: PASSWORD, holdMs: 100 });
  held = await startWeb(undefined, {}, undefined, { port, ca, password: PASSWORD, holdMs: 600_000 });
  drafts = await startWeb();
});
afterEach(() => held.services.outbox.deleteNow());
afterAll(async () => {
  await web.stop();
  await drafts.stop();
  await held.stop();
  await server.close();
});

type Fields = Readonly<Record<string, string>>;
const FORM = {
  date: '2026-11-23',
  paper: 'letter',
  articles: 'why-relationships-matter',
  preset: 'one-page',
  kind: 'email',
  consent: 'after-warning',
  warned: '2026-11-20',
  mailbox: 'private',
};
const NAMES = ['Zoë Łukasiewicz', 'Ann Ó Súilleabháin', 'Una Wiśniewska', 'Bo'];
/** Row 5 may get paper only. */
const fileOf = (run: string, domain = 'example.org') =>
  `Client,E-mail,May send\n${NAMES.map((name, at) => `${name},${run}-${at}@${domain},${at === 3 ? 'hand' : 'hand; email'}`).join('\n')}\n`;

const post = async (path: string, fields: Fields, { base } = web) => {
  const answer = await fetch(base + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  return { status: answer.status, location: answer.headers.get('location'), page: await answer.text() };
};
const textOf = async (path: string, { base } = web) => textIn(await (await fetch(base + path)).text());
const textIn = (page: string) =>
  /<main[\s\S]*<\/main>/u
    .exec(page)![0]
    .replace(/<[^>]*>/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

/** The address of the check. */
async function upload(text: string, fields: Fields = {}, { base } = web): Promise<string> {
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...FORM, kind: 'print', ...fields })) body.append(name, value);
  body.append('file', new Blob([text]), 'clients.csv');
  const answer = await fetch(`${base}/batches`, { method: 'POST', body, redirect: 'manual' });
  return answer.headers.get('location')!;
}
/** Checked for e-mail, and on its page. */
async function begin(text: string, fields: Fields = {}, at = web): Promise<string> {
  const check = await upload(text, fields, at);
  await post(check, { ...FORM, ...fields, act: 'check' }, at);
  const { location } = await post(check, { ...FORM, ...fields, act: 'make' }, at);
  expect(location).toBe(`${check}/mail`);
  return location!;
}
const taken = (run: string) =>
  server.received
    .map(({ envelope }) => envelope.to[0]!.split('@')[0]!)
    .filter((to) => to.startsWith(`${run}-`))
    .sort();

const heldMails = async () => (await held.services.outbox.list()).filter(({ state }) => state === 'held');

describe('the check', () => {
  it('asks for it again when the rows are for e-mail: who may not be sent any, and who has not agreed', async () => {
    const check = await upload(fileOf('check'));
    expect(await textOf(check)).toContain('4 rows: 4 ready');
    const unsaid = { ...FORM, consent: '', act: 'make' };
    expect((await post(check, unsaid)).location).toBe(check);
    const text = await textOf(check);
    expect(text).toContain('4 rows: 0 ready, 4 need a fix');
    expect(text).toContain('The client has not agreed to e-mail.');
    expect(text).toContain('Nothing says that this client may be sent e-mail.');
    await post(check, { ...FORM, act: 'check' });
    expect(await textOf(check)).toMatch(/4 rows: 3 ready, 1 needs a fix .*Go on to 3 e-mails/u);
    await post(check, { ...FORM, kind: 'print', act: 'check' });
    expect(await textOf(check)).toMatch(/4 rows: 4 ready .*Make 4 packets/u);
    expect((await post(`${check}/mail`, { act: 'rest' })).location).toBe(check);
    expect(await web.services.outbox.list()).toEqual([]);
  });

  it('says once, with all the rows, what is the same for them', async () => {
    const rows = ['Ann', 'Bo', 'Di', 'Eve'].map(
      (name) => `${name},${name}@example.org,${name === 'Di' ? 'hand' : 'email'}`,
    );
    const check = await upload(`Client,E-mail,May send\n${rows.join('\n')}\n`, { consent: '' });
    await post(check, { ...FORM, consent: '', act: 'check' });
    const text = await textOf(check);
    expect(text).toContain('4 rows: 0 ready, 4 need a fix');
    expect(text).toMatch(/Rows 2, 3, 5 3 rows The client has not agreed to e-mail\./u);
    expect(text.match(/The client has not agreed to e-mail/gu)).toHaveLength(1);
    expect(text).toContain('Say it for all of them');
    expect(text).toContain('Row 4 May send Nothing says that this client may be sent e-mail.');
  });

  it('says it once where there is a column for it in which nobody agreed, and row by row where some did', async () => {
    const file = (last: string) =>
      `Client,E-mail,May send,Consent\nAnn,a@example.org,email,\nBo,b@example.org,email,${last}\n`;
    const nobody = await upload(file(''), { consent: '' });
    await post(nobody, { ...FORM, consent: '', act: 'check' });
    expect(await textOf(nobody)).toContain('Rows 2, 3 2 rows The client has not agreed to e-mail.');
    const some = await upload(file('password'), { consent: '' });
    await post(some, { ...FORM, consent: '', act: 'check' });
    expect(await textOf(some)).toContain('Row 2 Consent The client has not agreed to e-mail.');
  });

  it('is for e-mail at once where nobody may be given paper', async () => {
    const check = await upload('Client,E-mail,May send\nAnn,only@example.org,email\n', { consent: '' });
    expect(await textOf(check)).toContain('The client has not agreed to e-mail.');
    expect((await post(check, { ...FORM, consent: '', act: 'make' })).location).toBe(check);
    await post(check, { ...FORM, act: 'check' });
    expect(await textOf(check)).toContain('Go on to 1 e-mail');
  });

  it('wants to know whether the mailboxes are private', async () => {
    const check = await upload(fileOf('private'));
    await post(check, { ...FORM, mailbox: '', act: 'check' });
    const { status, page } = await post(check, { ...FORM, mailbox: '', act: 'make' });
    expect([status, textIn(page)]).toEqual([409, expect.stringContaining('Say whether the mailboxes are private')]);
  });

  it('is not gone round: no button sends or saves anything while one of its questions is open', async () => {
    for (const at of [web, drafts]) {
      const check = await upload(fileOf('round'), {}, at);
      await post(check, { ...FORM, mailbox: '', act: 'check' }, at);
      for (const act of ['me', 'one:2', 'rest', 'drafts']) {
        const { status, page } = await post(`${check}/mail`, { act, own: 'desk@practice.example' }, at);
        expect([status, textIn(page)]).toEqual([409, expect.stringContaining('Say whether the mailboxes are private')]);
      }
      expect((await fetch(`${at.base}${check}/passwords.csv`)).status).toBe(409);
    }
    expect(await drafts.services.outbox.list()).toEqual([]);
    expect(taken('round')).toEqual([]);
  });

  it('asks about a review that is due, and the answer is for the articles it named', async () => {
    const { all, shelf } = held.services;
    for (const slug of ['sleep', 'panic']) {
      const article = all.articles.find((one) => one.slug === slug && one.lang === 'en')!;
      const signed = { article: slug, language: 'en', version: article.version, by: 'Dr Ng', on: '2025-01-01' };
      await shelf.review({ ...signed, due: '2026-01-01', parts: partsOf(article) });
    }
    const of = (articles: string) => ({ ...FORM, articles });
    const check = await upload(fileOf('due'), of('sleep'), held);
    await post(check, { ...of('sleep'), act: 'check' }, held);
    const barred = await post(`${check}/mail`, { act: 'one:2' }, held);
    expect([barred.status, textIn(barred.page)]).toEqual([409, expect.stringContaining('Due for another review')]);
    expect((await post(check, { ...of('sleep'), despiteReview: 'yes', act: 'make' }, held)).location).toBe(
      `${check}/mail`,
    );
    expect(await textOf(`${check}/mail`, held)).toContain('E-mail row 2');
    await post(check, { ...of('panic'), act: 'check' }, held);
    expect((await post(`${check}/mail`, { act: 'one:2' }, held)).status).toBe(409);
    expect(await heldMails()).toEqual([]);
    for (const slug of ['sleep', 'panic']) await shelf.withdraw(slug, 'en');
  });
});

describe('a spreadsheet', () => {
  it('goes to the practice first, then to one, then to the others; each gets theirs, once', async () => {
    const path = await begin(fileOf('all'));
    expect(await textOf(path)).toMatch(
      /3 e-mails To each client theirs.*Hello Zoë Łukasiewicz,.*E-mail row 2 .*the other 2/u,
    );
    expect((await post(path, { act: 'me', own: 'all-me' })).page).toContain('This is not one e-mail address.');
    expect((await post(path, { act: 'me', own: 'all-me@practice.example' })).location).toBe(path);
    await until(
      async () => taken('all'),
      (all) => all.length === 1,
    );
    await until(
      () => textOf(path),
      (text) => text.includes('To you: 1 sent'),
    );

    await Promise.all([post(path, { act: 'one:2' }), post(path, { act: 'one:2' })]);
    expect(await textOf(path)).toContain('E-mail the other 2');
    const [rest, twice] = await Promise.all([post(path, { act: 'rest' }), post(path, { act: 'rest' })]);
    expect([rest.location, twice.location].sort()).toEqual([path, expect.stringMatching(/^\/outbox\/[0-9a-f-]{36}$/u)]);
    await until(
      async () => taken('all'),
      (all) => all.length === 4,
    );
    expect(taken('all')).toEqual(['all-0', 'all-1', 'all-2', 'all-me']);
    for (const [at, name] of NAMES.slice(0, 3).entries()) {
      const { mail } = server.received.find(({ envelope }) => envelope.to[0] === `all-${at}@example.org`)!;
      const text = popplerText(mail.attachments[0]!.content);
      expect(NAMES.filter((one) => text.includes(one))).toEqual([name]);
    }
    expect(await textOf(path)).toContain('Nobody is left.');
  });

  it('leaves out who got the same today, unless somebody says why', async () => {
    const text = fileOf('twice');
    await post(await begin(text), { act: 'one:2' });
    const path = await begin(text);
    expect(await textOf(path)).toMatch(/1 row left out \(row 2\): .*E-mail row 3/u);
    expect((await post(path, { act: 'again', reason: ' ' })).status).toBe(422);
    await post(path, { act: 'again', reason: 'It was lost.' });
    expect(await textOf(path)).toContain('E-mail row 2');
  });

  it('has nobody left where everybody got the same today', async () => {
    const text = fileOf('everybody');
    const first = await begin(text);
    await post(first, { act: 'one:2' });
    await post(first, { act: 'rest' });
    const page = await textOf(await begin(text));
    expect(page).toContain('There are none.');
    expect(page).not.toContain('other -1');
  });

  it('with slips of the fingers waits until somebody says that they are right', async () => {
    const path = await begin(fileOf('slip', 'homtail.com'));
    const asked = await post(path, { act: 'one:2' });
    expect([asked.status, textIn(asked.page)]).toEqual([
      422,
      expect.stringContaining('Row 2: homtail.com. Did you mean hotmail.com?'),
    ]);
    expect((await post(path, { act: 'one:2', slips: 'yes' })).status).toBe(303);
    await until(
      async () => taken('slip'),
      (all) => all.length === 1,
    );
  });

  it('asks about a slip in the practice’s own address too, until that very one is said to be right', async () => {
    const path = await begin(fileOf('own'), {}, held);
    const asked = await post(path, { act: 'me', own: 'desk@gmial.com' }, held);
    expect([asked.status, textIn(asked.page)]).toEqual([422, expect.stringContaining('Did you mean gmail.com?')]);
    const kept = /name="ownKept" value="([^"]+)"/u.exec(asked.page)![1]!;
    const other = await post(path, { act: 'me', own: 'desk@homtail.com', ownKept: kept }, held);
    expect([other.status, textIn(other.page)]).toEqual([422, expect.stringContaining('Did you mean hotmail.com?')]);
    expect(await heldMails()).toEqual([]);
    expect((await post(path, { act: 'me', own: 'desk@gmial.com', ownKept: kept }, held)).status).toBe(303);
    expect(await textOf(path, held)).toContain('To you: 1 held');
  });

  it('with locked PDFs hands out the passwords first, and each opens its own', async () => {
    const path = await begin(fileOf('locked'), { consent: 'password' });
    expect((await post(path, { act: 'one:2' })).page).toContain('Download the passwords first.');
    const download = async () => (await fetch(`${web.base}${path.replace(/mail$/u, 'passwords.csv')}`)).text();
    const list = await download();
    expect(await textOf(path)).toContain('The list can be downloaded as long as this check is held');
    expect(await download()).toBe(list);
    const passwords = new Map(
      list
        .trim()
        .split(/\r?\n/u)
        .slice(1)
        .map((line) => line.split(',') as [string, string]),
    );
    expect([...passwords.keys()]).toEqual(['2', '3', '4']);
    await post(path, { act: 'one:2' });
    await until(
      async () => taken('locked'),
      (all) => all.length === 1,
    );
    const { mail } = server.received.find(({ envelope }) => envelope.to[0] === 'locked-0@example.org')!;
    expect(popplerText(mail.attachments[0]!.content, { password: passwords.get('2')! })).toContain(NAMES[0]);
    expect(mail.text).not.toContain(passwords.get('2'));
  });

  it('with a PDF locked after the passwords were downloaded hands out the list once more', async () => {
    const rows = (third: string) =>
      `Client,E-mail,Consent\nAnn,late-0@example.org,password\nBo,late-1@example.org,${third}\n`;
    const fields = { maySend: 'email' };
    const path = await begin(rows('yes 2026-11-20'), fields, held);
    const list = `${held.base}${path.replace(/mail$/u, 'passwords.csv')}`;
    const before = await (await fetch(list)).text();
    const check = path.replace(/\/mail$/u, '');
    await post(check, { ...FORM, ...fields, 'fix:3:2': 'password', act: 'check' }, held);
    const refused = await post(path, { act: 'one:3' }, held);
    expect([refused.status, textIn(refused.page)]).toEqual([422, expect.stringContaining('Download the passwords')]);
    expect((await post(path, { act: 'one:2' }, held)).status).toBe(303);
    const after = await (await fetch(list)).text();
    expect(after.startsWith(before.trim())).toBe(true);
    expect((await post(path, { act: 'one:3' }, held)).status).toBe(303);
  });

  it('that was taken back can be sent again', async () => {
    const path = await begin(fileOf('back'));
    await post(path, { act: 'one:2' });
    const [mailing] = await web.services.outbox.mailings();
    await web.services.outbox.deleteNow(mailing!.mailing);
    expect(await textOf(path)).toContain('E-mail row 2');
  });

  it('that was taken back and sent again is not sent a second time with the rest', async () => {
    const text = fileOf('once');
    await post(await begin(text, {}, held), { act: 'one:2' }, held);
    const path = await begin(text, {}, held);
    await post(path, { act: 'again', reason: 'It was lost.' }, held);
    await post(path, { act: 'one:2' }, held);
    const { outbox } = held.services;
    const of = async (row: number) => (await heldMails()).filter((mail) => mail.row === row);
    const [newest] = await outbox.mailings();
    await outbox.deleteNow(newest!.mailing);
    await post(path, { act: 'one:2' }, held);
    expect(await of(2)).toHaveLength(2);
    await post(path, { act: 'rest' }, held);
    expect([(await of(2)).length, (await of(3)).length, (await of(4)).length]).toEqual([2, 1, 1]);
  });

  it('with one address for two clients asks why the same goes there twice', async () => {
    const rows = ['Ann,pair@example.org', 'Bo,Pair@example.org', 'Cy,pair-2@example.org'];
    const path = await begin(`Client,E-mail\n${rows.join('\n')}\n`, { maySend: 'email' }, held);
    expect(await textOf(path, held)).toMatch(/1 row left out \(row 3\): .*E-mail row 2 .*the other 1 /u);
    await post(path, { act: 'one:3' }, held);
    await post(path, { act: 'one:2' }, held);
    expect(await textOf(path, held)).toMatch(/1 given to the outbox, 1 to go\. .*1 row left out \(row 3\): /u);
    await post(path, { act: 'again', reason: 'Two siblings.' }, held);
    expect(await textOf(path, held)).toMatch(/1 given to the outbox, 2 to go\. /u);
  });

  it('gives a reason for the rows it was asked about, and for no others', async () => {
    const [first, ...others] = NAMES.map((name, at) => `${name},asked-${at}@example.org,email`);
    const heading = 'Client,E-mail,May send';
    await post(await begin([heading, first].join('\n'), {}, held), { act: 'one:2' }, held);
    const file = [heading, first, ...others].join('\n');
    const path = await begin(file, {}, held);
    await post(path, { act: 'again', reason: 'It was lost.' }, held);
    await post(await begin(file, {}, held), { act: 'one:3' }, held);
    expect(await textOf(path, held)).toMatch(/1 row left out \(row 3\): .*E-mail row 2/u);
  });

  it('becomes drafts in a ZIP where no mail server is named', async () => {
    const path = await begin(fileOf('draft'), {}, drafts);
    expect(await textOf(path, drafts)).toContain('Save 3 drafts in a ZIP');
    await post(path, { act: 'rest' }, drafts);
    expect(await drafts.services.outbox.list()).toEqual([]);
    const answer = await fetch(drafts.base + path, { method: 'POST', body: new URLSearchParams({ act: 'drafts' }) });
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="e-mails-\d{4}\.zip"$/u);
    const files = unzip(Buffer.from(await answer.arrayBuffer()));
    expect([...files.keys()]).toEqual(['row-2.eml', 'row-3.eml', 'row-4.eml']);
    expect((await simpleParser([...files.values()][1]!)).to).toMatchObject({ text: 'draft-1@example.org' });
  });

  it('that is over is a sentence', async () => {
    for (const more of ['mail', 'passwords.csv']) {
      const answer = await fetch(`${web.base}/batches/checks/${randomUUID()}/${more}`);
      expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('This check is over')]);
    }
  });
});
