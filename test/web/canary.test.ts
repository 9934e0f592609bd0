import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
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
    for (const path of ['', '/corrected.csv', '/rows/2.pdf', '/rows/3.pdf', `/row?row=${CANARY}`, '/row?row=3'])
      await keep(await fetch(web.base + check + path));
    await keep(await send(web.base, `${check}/sheets`, form));
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
