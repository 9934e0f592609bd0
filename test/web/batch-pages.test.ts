// A batch from its button to its end, through HTTP on the real application with the built threads.
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Clone } from '../cli/clone.ts';
import { pageCount, popplerText } from '../support/poppler.ts';
import { unzip } from '../support/unzip.ts';
import { startWeb, type Web } from './start.ts';

jest.setTimeout(120_000);

let clone: Clone;
let web: Web;
beforeAll(async () => {
  clone = new Clone();
  web = await startWeb(undefined, {}, pathToFileURL(clone.path('dist/deliver/thread.js')));
});
afterAll(async () => {
  await web.stop();
  clone.remove();
});

type Fields = Readonly<Record<string, string>>;
const FORM = { date: '2026-11-23', paper: 'letter', articles: 'why-relationships-matter', preset: 'one-page' };
const FILE = 'Client,Large print\nAnn Ó Súilleabháin,\nBo Wiśniewski,\nCy,maybe\nDi de la Cruz,\n';

const post = (path: string, fields: Fields = {}) =>
  fetch(web.base + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
const get = async (path: string) => (await fetch(web.base + path)).text();
const bytes = async (path: string) => Buffer.from(await (await fetch(web.base + path)).arrayBuffer());

/** The address of the batch. */
async function make(file: string, output: Fields = {}): Promise<string> {
  const body = new FormData();
  for (const [key, value] of Object.entries(FORM)) body.append(key, value);
  body.append('file', new Blob([file]), 'clients.csv');
  const check = await fetch(`${web.base}/batches`, { method: 'POST', body, redirect: 'manual' });
  const fields = { ...FORM, kind: 'print', sides: 'two', act: 'make', again: 'yes', ...output };
  return (await post(check.headers.get('location')!, fields)).headers.get('location')!;
}

/** Everything that is told of it while it is made. */
async function eventsOf(batch: string): Promise<{ state: string; made: number; of: number; words: string }[]> {
  const answer = await fetch(`${web.base}${batch}/events`);
  expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/u);
  return (await answer.text())
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => JSON.parse(event.replace(/^data: /u, '')));
}

async function made(file: string, output: Fields = {}): Promise<string> {
  const batch = await make(file, output);
  expect((await eventsOf(batch)).at(-1)).toMatchObject({ state: 'ready' });
  return batch;
}

describe('a print file', () => {
  it('is told of until it is ready, and handed out with a report of every row', async () => {
    const batch = await make(FILE, { separators: 'yes' });
    expect(await get('/batches')).toContain(`<a href="${batch}">`);
    const told = await eventsOf(batch);
    expect(told.at(-1)).toMatchObject({ state: 'ready', made: 3, of: 3, words: '3 of 3' });

    const page = await get(batch);
    expect(page).toContain('3 packets are ready');
    expect(page).toContain('4 rows: 3 done, 1 refused.');
    expect(page).toContain('Row 4: Large print: ');
    expect(page).not.toContain('http-equiv="refresh"');
    const sheets = Number(/([\d,]+) sheets of paper/u.exec(page)?.[1]);
    const pdf = await bytes(`${batch}/files/1.pdf`);
    expect(pageCount(pdf)).toBe(2 * sheets);
    const text = popplerText(pdf);
    expect(text.indexOf('Wiśniewski')).toBeGreaterThan(text.indexOf('Súilleabháin'));

    const report = await get(`${batch}/report.csv`);
    expect(report.split('\r\n').map((line) => line.split(',').slice(0, 2).join())).toEqual([
      'Row,Result',
      '2,done',
      '3,done',
      '4,refused',
      '5,done',
      'All,"4 rows: 3 done',
      '',
    ]);
    expect(report).not.toContain('Wiśniewski');
  });

  it('is named after the time of day, opened or downloaded', async () => {
    const batch = await made(FILE);
    const how = async (path: string) => (await fetch(web.base + batch + path)).headers.get('content-disposition');
    expect(await how('/files/1.pdf')).toMatch(/^inline; filename="packets-\d{4}\.pdf"$/u);
    expect(await how('/files/1.pdf?download')).toMatch(/^attachment; filename="packets-\d{4}\.pdf"$/u);
    expect(await how('/report.csv')).toMatch(/^attachment; filename="report-\d{4}\.csv"$/u);
  });

  it('comes in parts, each with its clients named by their place', async () => {
    const batch = await made(FILE, { partsOf: '2' });
    const page = await get(batch);
    expect(page).toContain('Clients 1 to 2');
    expect(page).toContain('Client 3');
    expect(popplerText(await bytes(`${batch}/files/2.pdf`))).toContain('Di de la Cruz');
    expect((await fetch(`${web.base}${batch}/files/3.pdf`)).status).toBe(404);
  });

  it('is ordered by clinician when told to', async () => {
    const batch = await made('Client,Clinician\nAnn,Dr Zed\nBo,Dr Abel\n', { order: 'clinician' });
    const text = popplerText(await bytes(`${batch}/files/1.pdf`));
    expect(text.indexOf('For Bo')).toBeLessThan(text.indexOf('For Ann'));
  });

  it('prints a range again, and says when there is no such range', async () => {
    const batch = await made(FILE);
    const answer = await post(`${batch}/reprint`, { from: '2', to: '3' });
    expect(answer.headers.get('location')).toBe(batch);
    let page = await get(batch);
    for (let wait = 0; !page.includes('/files/2.pdf') && wait < 100; wait++) page = await get(batch);
    const text = popplerText(await bytes(`${batch}/files/2.pdf`));
    expect([text.includes('Súilleabháin'), text.includes('Wiśniewski')]).toEqual([false, true]);
    expect(text).toMatch(/2\sof\s3/u);
    for (const range of [
      { from: '3', to: '9' },
      { from: '', to: '' },
      { from: 'x', to: '2' },
    ]) {
      const refused = await post(`${batch}/reprint`, range);
      expect(refused.status).toBe(422);
      expect(await refused.text()).toContain('There is no such range. Give two numbers from 1 to 3');
    }
  });

  it('is deleted at once, and the page says what is gone', async () => {
    const batch = await made(FILE);
    const answer = await post(`${batch}/delete`);
    expect(answer.status).toBe(303);
    const there = answer.headers.get('location')!;
    const page = await (await fetch(web.base + there)).text();
    expect(await (await fetch(web.base + there.replace(/done=\d+/u, 'done=Ann'))).text()).not.toContain('Deleted:');
    expect(page).toMatch(/Deleted: the print file for 3 clients, made at \d\d:\d\d, and everything read from 4 rows/u);
    expect(page).not.toContain(batch);
    for (const path of ['', '/files/1.pdf', '/report.csv', '/events']) {
      const answer = await fetch(web.base + batch + path);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('There is no such batch.');
    }
    expect((await post(`${batch}/delete`)).status).toBe(404);
  });
});

describe('a ZIP', () => {
  it('holds a file for each client, under the row number', async () => {
    const batch = await made(FILE, { kind: 'zip' });
    expect(await get(batch)).toContain('3 files are ready');
    expect([...unzip(await bytes(`${batch}/packets.zip`)).keys()]).toEqual(['row-2.pdf', 'row-3.pdf', 'row-5.pdf']);
  });
});

describe('a batch that is being made', () => {
  it('has a page that loads itself again without scripts, and can be stopped', async () => {
    const many = `Client\n${Array.from({ length: 400 }, (_, row) => `Client ${row}`).join('\n')}\n`;
    const batch = await make(many);
    const page = await get(batch);
    expect(page).toContain('<noscript><meta http-equiv="refresh" content="2"></noscript>');
    expect(page).toContain('of 400');
    const early = await fetch(`${web.base}${batch}/files/1.pdf`);
    expect([early.status, await early.text()]).toEqual([404, expect.stringContaining('This file is not ready.')]);
    expect((await post(`${batch}/stop`)).headers.get('location')).toBe(batch);
    const stopped = await get(batch);
    expect(stopped).toContain('<h1 id="heading" tabindex="-1">Stopped</h1>');
    expect(stopped).toContain('400 rows: 0 done, 400 refused.');
    expect(stopped).toContain('The next rows');
    expect(await get(`${batch}?rows=201`)).toContain('<th scope="row">401</th>');
  });

  it('that does not exist is a sentence, whatever its name', async () => {
    for (const id of ['x', '00000000-0000-4000-8000-000000000000', '%00']) {
      expect((await fetch(`${web.base}/batches/${id}`)).status).toBe(404);
    }
  });
});
