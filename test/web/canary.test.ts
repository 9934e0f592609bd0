import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PASSWORD, startMailServer } from '../deliver/mail/mail-server.ts';
import { until } from '../deliver/mail/sending.ts';
import { FILLED, send, startWeb } from './start.ts';

const CANARY = 'Quillhaven';

/** What the browser and others keep of an answer: its headers, and the title of a page. */
async function kept(answer: Response): Promise<string> {
  const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  const isPage = answer.headers.get('content-type')?.includes('html') === true;
  const title = isPage ? /<title>[^<]*/u.exec(await answer.text())?.[0] : '';
  return `${answer.url}\n${decodeURIComponent(headers)}\n${title}`;
}

describe('a client’s name, note and slots', () => {
  it('stay out of logs, addresses, headers, titles and the data folder, through every route and error', async () => {
    const web = await startWeb();
    const bug = await startWeb(undefined, {
      make: async ({ client }) => {
        throw new TypeError(client);
      },
    });
    const client = { ...FILLED, client: `Zoë ${CANARY}`, note: `Dear ${CANARY}`, plan: CANARY, appointment: CANARY };
    const wrong = { ...client, date: 'x', clinician: CANARY.repeat(20), paper: CANARY };
    const everything: string[] = [];
    for (const path of [
      '/',
      '/preview',
      '/print',
      '/download',
      '/web-page',
      '/receipt',
      '/clinician-copy',
      '/welcome',
      '/nowhere',
      '/practice',
    ]) {
      for (const fields of [client, wrong, { ...client, sections: [CANARY] }, { ...client, article: '' }]) {
        everything.push(await kept(await send(web.base, path, { ...fields, act: 'find' })));
      }
      everything.push(await kept(await send(bug.base, path, { ...client, act: `choose:${CANARY}/en` })));
      everything.push(await kept(await send(web.base, path, { ...client, note: CANARY.repeat(20_000) })));
    }
    for (const base of [web.base, bug.base]) {
      const body = JSON.stringify({ article: FILLED.article, client: CANARY, note: CANARY, [CANARY]: 1 });
      for (const json of [body, `${body}x`]) {
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(`${base}/api/v1/handouts`, { method: 'POST', headers, body: json });
        everything.push(await kept(answer));
      }
    }
    // A client's name in an address is the caller's doing; even then it gets no further than that.
    await fetch(`${web.base}/${CANARY}?client=${CANARY}`);
    await fetch(`${web.base}/practice?${CANARY}`);

    expect(everything.length).toBeGreaterThan(40);
    expect(everything.filter((text) => text.includes(CANARY))).toEqual([]);
    expect(web.log.length).toBeGreaterThan(30);
    expect(bug.log.some((line) => line.includes('"bug"'))).toBe(true);
    expect([...web.log, ...bug.log].filter((line) => line.includes(CANARY))).toEqual([]);
    for (const { folder } of [web, bug]) {
      const files = readdirSync(folder);
      expect(files).toContain('keepsake.db');
      expect(files.filter((name) => readFileSync(join(folder, name)).includes(CANARY))).toEqual([]);
    }
    await web.stop();
    await bug.stop();
  });
});

describe('a spreadsheet of clients', () => {
  it('stays out of logs, addresses, headers, titles and, but for what is sealed, the data folder', async () => {
    const web = await startWeb();
    const bug = await startWeb(undefined, {
      check: async ({ table }) => {
        throw new TypeError(table.rows[0]?.cells.join());
      },
    });
    const rows = `Client,Note,Large print,${CANARY}\nZoë ${CANARY},Dear ${CANARY},maybe,x\nBo ${CANARY},,,\n`;
    const everything: string[] = [];
    const keep = async (answer: Response) => void everything.push(await kept(answer));
    const form = { articles: FILLED.article, date: FILLED.date, paper: 'letter', kind: 'print' };
    const upload = async (base: string, text: string, fields: Record<string, string> = {}) => {
      const body = new FormData();
      for (const [name, value] of Object.entries({ ...form, ...fields })) body.append(name, value);
      body.append('file', new Blob([text]), `${CANARY}.csv`);
      const answer = await fetch(`${base}/batches`, { method: 'POST', body, redirect: 'manual' });
      await keep(answer.clone());
      return answer.headers.get('location') ?? '';
    };
    await upload(bug.base, rows);
    await upload(web.base, rows.slice(0, 10), { note: CANARY.repeat(500) });
    await keep(await fetch(`${web.base}/batches/checks/${CANARY}`));
    const check = await upload(web.base, rows, { note: CANARY });
    for (const path of ['', '/rows/2.pdf', '/rows/3.pdf', `/row?row=${CANARY}`, '/row?row=3'])
      await keep(await fetch(web.base + check + path));
    await keep(await send(web.base, `${check}/sheets`, form));
    await keep(await send(web.base, check, { ...form, act: 'corrected' }));
    for (const fields of [{ 'fix:2:0': CANARY }, { date: CANARY }, { 'column:3': CANARY }, {}])
      await keep(await send(web.base, check, { ...form, ...fields, act: 'check' }));
    const made = await send(web.base, check, { ...form, act: 'make' });
    const batch = made.headers.get('location')!;
    expect(batch).toMatch(/^\/batches\/[0-9a-f-]{36}$/u);
    await keep(made);
    for (const path of ['', '/files/1.pdf', '/packets.zip', '/report.csv', `/${CANARY}`])
      await keep(await fetch(web.base + batch + path));
    await keep(await send(web.base, `${batch}/reprint`, { from: CANARY, to: CANARY }));

    const json = { articles: [FILLED.article], rows: [{ Client: CANARY, 'Large print': CANARY, [CANARY]: CANARY }] };
    for (const body of [json, { ...json, check: true }, { ...json, [CANARY]: 1 }, { ...json, kind: CANARY }]) {
      const headers = { 'content-type': 'application/json', 'idempotency-key': CANARY.repeat(2) };
      const asked = { method: 'POST', headers, body: JSON.stringify(body) };
      for (const { base } of [web, bug]) await keep(await fetch(`${base}/api/v1/batches`, asked));
    }

    expect(everything.length).toBeGreaterThan(25);
    // A client's name in an address is the caller's doing.
    const ours = everything.filter((text) => !text.startsWith(`${web.base}${batch}/${CANARY}`));
    expect(ours.filter((text) => text.replace(/^http.*(?:row=|checks\/)Quillhaven$/mu, '').includes(CANARY))).toEqual(
      [],
    );
    expect(bug.log.some((line) => line.includes('"bug"'))).toBe(true);
    expect([...web.log, ...bug.log].filter((line) => line.includes(CANARY))).toEqual([]);
    const files = readdirSync(web.folder);
    expect(files.filter((name) => readFileSync(join(web.folder, name)).includes(CANARY))).toEqual([]);
    await send(web.base, `${batch}/stop`, {});
    await keep(await fetch(web.base + batch));
    await web.stop();
    await bug.stop();
  });
});

describe('a client’s address, and the password of the PDF', () => {
  it('stay out of logs, addresses, headers, titles, other pages and, but for what is sealed, the data folder', async () => {
    const server = await startMailServer();
    const { port, ca } = server;
    const web = await startWeb(undefined, {}, undefined, { port, ca, password: PASSWORD, holdMs: 0 });
    const bug = await startWeb(undefined, {
      makeMessage: async ({ to }) => {
        throw new TypeError(to);
      },
      makeDraft: async ({ to }) => {
        throw new TypeError(to);
      },
    });
    const before = new Set(readdirSync(tmpdir()));
    const everything: string[] = [];
    const keep = async (answer: Response) => void everything.push(await kept(answer));
    let mails = 0;
    /** Each mail is new, and to an address of its own. */
    const mail = (fields: Record<string, string> = {}) => {
      mails += 1;
      return {
        ...FILLED,
        client: `Zoë ${CANARY}`,
        note: `Dear ${CANARY}`,
        form: '',
        email: `${CANARY}.${mails}@example.org`,
        mailbox: 'private',
        consent: 'after-warning',
        warned: '2026-11-20',
        password: `${CANARY}-${CANARY}`,
        reason: CANARY,
        ...fields,
      };
    };
    const wrong = [{}, { email: CANARY }, { email: `${CANARY}@homtail.com` }, { warned: CANARY }, { consent: CANARY }];
    for (const fields of [
      ...wrong,
      { mailbox: '' },
      { password: CANARY.slice(1), consent: 'password' },
      { kept: CANARY },
    ])
      for (const act of ['', 'look', 'keep', 'mend', 'edit', 'draft', 'send', CANARY])
        await keep(await send(web.base, '/email', { ...mail(fields), act }));
    for (const act of ['look', 'draft']) await keep(await send(bug.base, '/email', { ...mail(), act }));
    for (const base of [web.base, bug.base])
      await keep(await send(base, '/email', mail({ note: CANARY.repeat(20_000) })));

    const file = `Client,E-mail,May send,${CANARY}\nZoë ${CANARY},${CANARY}-a@example.org,email,x\nBo,${CANARY}-b@homtail.com,email,\n`;
    const form = { articles: FILLED.article, date: FILLED.date, paper: 'letter', kind: 'email', mailbox: 'private' };
    for (const { base } of [web, bug]) {
      for (const consent of ['after-warning', 'password']) {
        const asked = { ...form, consent, warned: '2026-11-20' };
        const body = new FormData();
        for (const [name, value] of Object.entries(asked)) body.append(name, value);
        body.append('file', new Blob([file]), `${CANARY}.csv`);
        const answer = await fetch(`${base}/batches`, { method: 'POST', body, redirect: 'manual' });
        const check = answer.headers.get('location')!;
        await keep(await send(base, check, { ...asked, act: 'make' }));
        await keep(await send(base, check, { ...asked, act: 'make' }));
        for (const act of ['me', 'one:2', 'rest', 'again', 'drafts', `one:${CANARY}`])
          await keep(await send(base, `${check}/mail`, { act, own: CANARY, reason: '' }));
        for (const path of ['/mail', '/passwords.csv']) await keep(await fetch(base + check + path));
        for (const act of ['me', 'one:2', 'rest', 'drafts', 'again'])
          await keep(
            await send(base, `${check}/mail`, { act, own: `${CANARY}-me@example.org`, slips: 'yes', reason: CANARY }),
          );
      }
    }
    await until(
      () => web.services.outbox.counts(),
      ({ held, queued, sending, committing }) => held + queued + sending + committing === 0,
    );
    // Two from the form; of the spreadsheet one to the practice, one, and the other.
    expect(server.taken).toHaveLength(5);
    expect(server.received.every(({ envelope }) => envelope.to.every((to) => to.includes(CANARY)))).toBe(true);
    server.refuse.push({ at: 'rcpt', code: 550 }, { at: 'dot', code: 0 }, { at: 'auth', code: 535 });
    for (let left = 3; left > 0; left--) await keep(await send(web.base, '/email', { ...mail(), act: 'send' }));
    await until(
      () => web.services.outbox.paused(),
      (paused) => paused !== null,
    );
    const shown: string[] = [];
    for (const { mailing } of await web.services.outbox.mailings()) {
      shown.push(await (await fetch(`${web.base}/outbox/${mailing}`)).text());
      for (const { id, state } of await web.services.outbox.list(mailing))
        if (state !== 'sent')
          for (const act of ['retry', CANARY, 'cancel'])
            await keep(await send(web.base, `/outbox/mails/${id}`, { act, mailing: CANARY }));
    }
    shown.push(await (await fetch(`${web.base}/outbox`)).text());
    for (const path of [`/outbox/${CANARY}`, `/outbox/mails/${CANARY}`, `/outbox/${CANARY}/delete`])
      shown.push(await (await send(web.base, path, { act: 'cancel' })).text());
    await web.services.outbox.deleteNow();

    expect(everything.length).toBeGreaterThan(100);
    expect(everything.filter((text) => text.includes(CANARY))).toEqual([]);
    expect(shown.filter((page) => page.includes(CANARY))).toEqual([]);
    expect(bug.log.some((line) => line.includes('"bug"'))).toBe(true);
    expect([...web.log, ...bug.log].filter((line) => line.includes(CANARY))).toEqual([]);
    for (const { folder } of [web, bug]) {
      const files = readdirSync(folder);
      expect(files.filter((name) => readFileSync(join(folder, name)).includes(CANARY))).toEqual([]);
    }
    expect(readdirSync(tmpdir()).filter((name) => !before.has(name) && name.includes(CANARY))).toEqual([]);
    await web.stop();
    await bug.stop();
    await server.close();
  });
});
