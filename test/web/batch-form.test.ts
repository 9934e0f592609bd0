// The pages that check a spreadsheet, asked as a browser without scripts asks them.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { partsOf } from '../../src/content/shelf.ts';
import { presetOf } from '../../src/merge/preset.ts';
import { rawWorkbook } from '../deliver/workbook.ts';
import { pageCount, popplerText } from '../support/poppler.ts';
import { startWeb, type Web } from './start.ts';

let web: Web;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.stop());

const FORM = { date: '2026-11-23', paper: 'letter', clinician: 'Dr Maria Reyes', articles: 'why-relationships-matter' };
type Fields = Readonly<Record<string, string>>;

async function upload(file: string | Buffer, fields: Fields = {}, name = 'clients.csv'): Promise<Response> {
  const body = new FormData();
  for (const [key, value] of Object.entries({ ...FORM, ...fields })) body.append(key, value);
  body.append('file', new Blob([new Uint8Array(Buffer.from(file))]), name);
  return fetch(`${web.base}/batches`, { method: 'POST', body, redirect: 'manual' });
}

/** The address of the check. */
async function checkOf(file: string, fields: Fields = {}): Promise<string> {
  const answer = await upload(file, fields);
  expect(answer.status).toBe(303);
  return answer.headers.get('location')!;
}

const get = async (path: string) => (await fetch(web.base + path)).text();

function post(path: string, fields: Fields): Promise<Response> {
  const body = new URLSearchParams({ ...FORM, kind: 'print', sides: 'two', ...fields });
  return fetch(web.base + path, { method: 'POST', body, redirect: 'manual' });
}

/** What stands under the heading in large letters. */
const sentenceIn = (page: string) => /<p><strong>([^<]*:)<\/strong>([^<]*)/u.exec(page)?.slice(1).join('');

const THREE = 'Client,Note,Large print,Shoe size\nAnn,Hello,no,38\nBo Łukasiewicz,,maybe,40\nAnn,Hello,no,38\n';

describe('the page for many clients', () => {
  it('says the limits, gives an example, and is found from the form', async () => {
    const page = await get('/batches');
    expect(page).toContain('Up to 20 MB and 100,000 rows.');
    expect(page).toContain('half an hour');
    expect(page).toContain('kept encrypted until you delete it, 24 hours at most');
    expect(await get('/')).toContain('<a href="/batches">Many clients</a>');
    const example = await fetch(`${web.base}/batches/example.csv`);
    expect(example.headers.get('content-disposition')).toBe('attachment; filename="example.csv"');
    expect(sentenceIn(await get(await checkOf(await example.text())))).toBe('5 rows: 5 ready');
  });

  it.each([
    ['no file', '', 'clients.csv', 422, 'No file was chosen.'],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'clients.xlsx', 422, 'This is a picture.'],
    ['headings alone', 'Client,Note\n', 'clients.csv', 422, 'There are headings but no rows under them.'],
    ['more than 20 MB', Buffer.alloc(20_000_001, 'a'), 'clients.csv', 413, 'The file is larger than 20 MB.'],
  ])('refuses %s with a sentence and keeps what was chosen', async (_what, file, name, status, sentence) => {
    const answer = await upload(file, { note: 'For all of you' }, name);
    expect(answer.status).toBe(status);
    const page = await answer.text();
    expect(page).toContain(sentence);
    expect(page).toContain('<a href="#file">');
    expect(page).toContain('For all of you');
    expect(page).toContain('value="why-relationships-matter" checked');
  });
});

describe('the check', () => {
  it('sums up, names what is ignored, and shows what needs a fix with a field for it', async () => {
    const page = await get(await checkOf(THREE));
    expect(sentenceIn(page)).toBe('3 rows: 1 ready, 1 needs a fix, 1 same as row 2');
    expect(page).toContain('Not used and not kept: Shoe size.');
    expect(page).toContain('name="fix:3:2" value="maybe"');
    expect(page).toContain('Row 4 says the same as row 2');
    expect(page).toMatch(/Make 1 packet, \d+ sheets?</u);
  });

  it('takes a fix, keeps it in the corrected file, and makes same rows when told to', async () => {
    const check = await checkOf(THREE);
    const fixed = await post(check, { 'fix:3:2': 'yes', act: 'check', sameToo: 'yes' });
    expect([fixed.status, fixed.headers.get('location')]).toEqual([303, check]);
    expect(sentenceIn(await get(check))).toBe('3 rows: 3 ready');
    const corrected = await post(check, { act: 'corrected' });
    expect(corrected.headers.get('content-disposition')).toBe('attachment; filename="corrected.csv"');
    expect(await corrected.text()).toContain('Bo Łukasiewicz,,yes,40');
  });

  it('hands out what is typed as the corrected file, and once more when all is right', async () => {
    const check = await checkOf(THREE);
    expect(await get(check)).not.toContain('What you put right');
    const typed = await post(check, { 'fix:3:2': 'yes', act: 'corrected' });
    expect([typed.status, await typed.text()]).toEqual([200, expect.stringContaining('Bo Łukasiewicz,,yes,40')]);
    expect(await get(check)).toContain('What you put right');
  });

  it('lets a column be taken for something else, and says when two are taken for the same', async () => {
    const check = await checkOf(THREE);
    await post(check, { act: 'check', 'column:2': '' });
    expect(sentenceIn(await get(check))).toBe('3 rows: 2 ready, 1 same as row 2');
    await post(check, { act: 'check', 'column:3': 'client' });
    expect(await get(check)).toContain('Two columns are taken for “Client’s name”.');
  });

  it('says what is wrong with what holds for all rows, where it can be put right', async () => {
    const check = await checkOf(THREE, { date: 'x' });
    const page = await get(check);
    expect(page).toContain('<a href="#date">');
    expect(page).not.toContain('id="make"');
    await post(check, { act: 'check', date: '2026-11-24' });
    expect(await get(check)).toContain('id="make"');
  });

  it('shows a row as the page it will be, and no row that is not ready', async () => {
    const check = await checkOf(THREE);
    const answer = await fetch(`${web.base}${check}/row?row=2`);
    expect(answer.headers.get('content-disposition')).toBe('inline; filename="row-2.pdf"');
    const pdf = Buffer.from(await answer.arrayBuffer());
    expect(popplerText(pdf)).toContain('Ann');
    expect(pageCount(pdf) % 2).toBe(0);
    for (const row of ['3', '99', 'x']) {
      const refused = await fetch(`${web.base}${check}/row?row=${row}`);
      expect(refused.status).toBe(404);
      expect(await refused.text()).toContain('needs a fix first');
    }
  });

  it('counts the sheets as they will be printed', async () => {
    const check = await checkOf(THREE);
    const words = async (fields: Fields) => (await (await post(`${check}/sheets`, fields)).json()) as { words: string };
    const sheets = async (fields: Fields) => Number(/(\d+) sheet/u.exec((await words(fields)).words)?.[1]);
    const pages = pageCount(Buffer.from(await (await fetch(`${web.base}${check}/rows/2.pdf`)).arrayBuffer()));
    expect(await sheets({})).toBe(1 + pages / 2);
    expect(await sheets({ separators: 'yes' })).toBe(1 + pages / 2 + 1);
    expect(await sheets({ sides: 'one' })).toBeGreaterThan(pages / 2);
    expect(await words({ kind: 'zip' })).toEqual({ words: 'Make 1 file in a ZIP' });
  });

  it('shows what a change has led to before anything is made of it', async () => {
    const check = await checkOf('Client,Large print\nAnn,maybe\nBo,no\n');
    const answer = await post(check, { 'fix:2:1': 'yes', act: 'make' });
    expect(answer.headers.get('location')).toBe(check);
    const page = await get(check);
    expect(page).toContain('What you changed has been checked.');
    expect(page).toContain('Make 2 packets');
    expect(await get(check)).not.toContain('What you changed has been checked.');
  });

  it('stops the same file on the same day, and makes it when told to', async () => {
    const file = 'Client\nCy Ng\n';
    const made = await post(await checkOf(file), { act: 'make' });
    expect(made.headers.get('location')).toMatch(/^\/batches\/[0-9a-f-]{36}$/u);
    const check = await checkOf(file);
    expect(await get(check)).toMatch(/This very file was made today at \d\d:\d\d\./u);
    const stopped = await post(check, { act: 'make' });
    expect(stopped.status).toBe(409);
    expect(await stopped.text()).toContain('Make it again all the same');
    expect((await post(check, { act: 'make', again: 'yes' })).headers.get('location')).toMatch(/^\/batches\//u);
  });

  it('leaves out what is hidden in Excel, and makes it when told to', async () => {
    const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
    const rows = ['Client', 'Ed Hu', 'Flo Hu'].map(
      (name, at) => `<row r="${at + 1}"${at === 2 ? ' hidden="1"' : ''}>${cell(`A${at + 1}`, name)}</row>`,
    );
    const check = (await upload(rawWorkbook(rows.join('')), {}, 'a.xlsx')).headers.get('location')!;
    const page = await get(check);
    expect(sentenceIn(page)).toBe('2 rows: 1 ready, 1 hidden in the spreadsheet');
    expect(page).toContain('1 row hidden there, by a filter or by hand, and left out: 3.');
    await post(check, { act: 'check', hiddenToo: 'yes' });
    expect(sentenceIn(await get(check))).toBe('2 rows: 2 ready');
  });

  it('asks before it uses an article whose review is due', async () => {
    const article = web.services.all.articles.find(({ slug, lang }) => slug === FORM.articles && lang === 'en')!;
    const { slug, lang, version } = article;
    const signed = { article: slug, language: lang, version, by: 'Dr Ng', on: '2025-01-01', due: '2026-01-01' };
    await web.services.shelf.review({ ...signed, parts: partsOf(article) });
    const check = await checkOf('Client\nGil Hu\nHal Hu\n');
    expect(await get(check)).toMatch(/was to be reviewed again by 2026-01-01\.[\s\S]*Hand it out all the same/u);
    const stopped = await post(check, { act: 'make' });
    expect(stopped.status).toBe(409);
    expect(await stopped.text()).toContain('<a href="#despiteReview">');
    expect((await post(check, { act: 'make', despiteReview: 'yes' })).headers.get('location')).toMatch(/^\/batches\//u);
    await web.services.shelf.withdraw(slug, lang);
  });

  it('takes choices that were saved, copies and pages to fit for everyone', async () => {
    const choice = await web.services.read({ article: 'panic', preset: 'one-page', date: '2026-11-23' });
    await web.services.presets.save(presetOf('Clinic morning', { ...choice, largePrint: true }));
    expect(await get('/batches')).toContain('name="saved" value="Clinic morning"');
    const check = await checkOf('Client,Handouts\nIda Hu,\nJon Hu,clinic morning\n', {
      saved: 'Clinic morning',
      copies: '2',
    });
    const page = await get(check);
    expect(page).toContain('value="Clinic morning" checked');
    expect(sentenceIn(page)).toBe('2 rows: 2 ready');
    const pdf = Buffer.from(await (await fetch(`${web.base}${check}/rows/3.pdf`)).arrayBuffer());
    expect(popplerText(pdf)).toContain('panic');
    await post(check, { act: 'check', copies: 'many', fit: '3' });
    expect(await get(check)).toContain('The copies are not a number we can print.');
    await web.services.presets.remove('Clinic morning');
  });

  it('wants a whole number of clients for a part', async () => {
    const answer = await post(await checkOf('Client\nDi Wu\n'), { act: 'make', partsOf: 'ten' });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('The parts need a whole number of clients.');
  });

  it('is over when it is left, and says so at any address of it', async () => {
    const check = await checkOf(THREE);
    expect((await post(check, { act: 'leave' })).headers.get('location')).toBe('/batches');
    for (const path of ['', '/passwords.csv', '/rows/2.pdf']) {
      const answer = await fetch(web.base + check + path);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('This check is over');
    }
  });
});
