// Batches through the API, every answer held against the description.
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { partsOf } from '../../src/content/shelf.ts';
import { readPreset } from '../../src/merge/preset.ts';
import { Clone } from '../cli/clone.ts';
import { pageCount, popplerText } from '../support/poppler.ts';
import { unzip } from '../support/unzip.ts';
import { startWeb, type Web } from './start.ts';

jest.setTimeout(120_000);

type Described = { content?: Record<string, { schema: object }> };
interface Document {
  paths: Record<string, Record<string, { responses: Record<string, Described> }>>;
  components: { schemas: object };
}
interface Shown {
  id: string;
  state: string;
  rows: number;
  done: number;
  refused: number;
  files: { part: number; ready: boolean }[];
}
interface Refused {
  problems: { code: string; message: string }[];
}

let clone: Clone;
let web: Web;
let document: Document;
beforeAll(async () => {
  clone = new Clone();
  web = await startWeb(undefined, {}, pathToFileURL(clone.path('dist/deliver/thread.js')));
  document = (await (await fetch(`${web.base}/api/v1/openapi.json`)).json()) as Document;
});
afterAll(async () => {
  await web.stop();
  clone.remove();
});

const seen = new Set<string>();

/** `path` under /api/v1/batches, with an id in braces. */
async function ask(path: string, init: RequestInit = {}): Promise<{ status: number; headers: Headers; body: Buffer }> {
  const answer = await fetch(`${web.base}/api/v1/batches${path.replaceAll(/[{}]/gu, '')}`, init);
  const body = Buffer.from(await answer.arrayBuffer());
  const route = `/api/v1/batches${path.replace(/\{.*\}/u, '{id}').replace(/\?.*/u, '')}`;
  const method = init.method ?? 'GET';
  const described = document.paths[route]?.[method.toLowerCase()]?.responses[answer.status];
  if (described === undefined) throw new Error(`${method} ${route} answers ${answer.status}, which is not described.`);
  const [kind = ''] = (answer.headers.get('content-type') ?? '').split(';');
  expect(Object.keys(described.content ?? { '': 0 })).toEqual([kind]);
  if (kind.endsWith('json')) {
    const inside = JSON.stringify({ ...described.content![kind]!.schema, $defs: document.components.schemas });
    z.fromJSONSchema(JSON.parse(inside.replaceAll('#/components/schemas/', '#/$defs/'))).parse(JSON.parse(`${body}`));
  }
  seen.add(`${method} ${route} ${answer.status}`);
  return { status: answer.status, headers: answer.headers, body };
}

const json = (body: Buffer) => JSON.parse(body.toString());
const postTo = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const post = (body: unknown, headers: Record<string, string> = {}) => postTo('', body, headers);

const ROWS = [
  { Client: 'Ann Ó Súilleabháin' },
  { Client: 'Bo Wiśniewski', 'Large print': 'maybe' },
  { Client: 'Cy Ng' },
];
const ASKED = { articles: ['why-relationships-matter'], preset: 'one-page', again: true, rows: ROWS };

async function ready(id: string): Promise<Shown> {
  for (;;) {
    const shown = json((await ask(`/{${id}}`)).body) as Shown;
    if (shown.state !== 'running') return shown;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('a batch asked for by a program', () => {
  it('is checked without making anything', async () => {
    const { status, body } = await post({ ...ASKED, check: true });
    expect(status).toBe(200);
    expect(json(body)).toMatchObject({ summary: '3 rows: 2 ready, 1 needs a fix', ready: 2 });
    expect(json(body).problems[0]).toMatchObject({ row: 2, column: 'Large print', code: 'cell-invalid' });
  });

  it('is made from rows, followed, fetched and deleted', async () => {
    const { status, headers, body } = await post({ ...ASKED, separators: true });
    const { id } = json(body) as Shown;
    expect([status, headers.get('location')]).toEqual([201, `/api/v1/batches/${id}`]);
    expect(await ready(id)).toMatchObject({ state: 'ready', rows: 3, done: 2, refused: 1 });
    const pdf = (await ask(`/{${id}}/file`)).body;
    expect(popplerText(pdf)).toContain('Ó Súilleabháin');
    expect(pageCount(pdf) % 2).toBe(0);
    expect(`${(await ask(`/{${id}}/report`)).body}`).toContain('3 rows: 2 done, 1 refused');
    expect((await ask(`/{${id}}/file?part=2`)).status).toBe(409);
    const range = (body: unknown) => postTo(`/{${id}}/reprints`, body);
    expect([(await range({ from: 2, to: 9 })).status, (await range({ from: 'a' })).status]).toEqual([422, 422]);
    const again = await range({ from: 2, to: 2 });
    expect([again.status, json(again.body).files.at(-1)]).toMatchObject([
      201,
      { part: 2, from: 2, to: 2, again: true },
    ]);
    while (!((await ready(id)).files[1]?.ready ?? false)) await new Promise((resolve) => setTimeout(resolve, 50));
    const some = popplerText((await ask(`/{${id}}/file?part=2`)).body);
    expect([some.includes('Cy Ng'), some.includes('Súilleabháin')]).toEqual([true, false]);
    expect((await ask(`/{${id}}/zip`)).status).toBe(409);
    expect((json((await ask('')).body) as Shown[]).map((one) => one.id)).toContain(id);
    expect((await ask(`/{${id}}`, { method: 'DELETE' })).status).toBe(204);
    for (const path of ['', '/file', '/zip', '/report']) expect((await ask(`/{${id}}${path}`)).status).toBe(404);
    expect((await ask(`/{${id}}`, { method: 'DELETE' })).status).toBe(404);
  });

  it('is made from a spreadsheet, as a ZIP', async () => {
    const form = new FormData();
    form.append('request', JSON.stringify({ articles: ASKED.articles, kind: 'zip', columns: { Wer: 'client' } }));
    form.append('file', new Blob(['Wer,Note\nAnn,Hi\nBo,\n']), 'clients.csv');
    const { id } = json((await ask('', { method: 'POST', body: form })).body) as Shown;
    expect(await ready(id)).toMatchObject({ state: 'ready', done: 2 });
    expect([...unzip((await ask(`/{${id}}/zip`)).body).keys()]).toEqual(['row-2.pdf', 'row-3.pdf']);
  });

  it('is made once for one Idempotency-Key, at the same time and later', async () => {
    const key = { 'idempotency-key': 'k-7f3a9c51' };
    const first = await post(ASKED, key);
    const { id } = json(first.body) as Shown;
    expect(first.status).toBe(201);
    const second = await post(ASKED, key);
    expect([second.status, json(second.body).id]).toEqual([200, id]);
    const other = await post({ ...ASKED, simplex: true }, key);
    expect([other.status, (json(other.body) as Refused).problems[0]?.code]).toEqual([409, 'key-used']);
    await ask(`/{${id}}`, { method: 'DELETE' });
    expect((await post(ASKED, key)).status).toBe(409);

    const both = await Promise.all([1, 2].map(() => post(ASKED, { 'idempotency-key': 'k-at-once-1' })));
    expect(both.map(({ status }) => status).filter((status) => status === 201)).toHaveLength(1);
    const ids = both.filter(({ status }) => status < 300).map(({ body }) => json(body).id);
    expect(new Set(ids).size).toBe(1);
    expect((await post(ASKED, { 'idempotency-key': 'short' })).status).toBe(422);
  });

  it('is stopped when the very same rows were made today', async () => {
    const once = { ...ASKED, again: false, rows: [{ Client: 'Di de la Cruz' }] };
    expect((await post(once)).status).toBe(201);
    const twice = await post(once);
    expect([twice.status, (json(twice.body) as Refused).problems[0]?.code]).toEqual([409, 'file-twice']);
  });
});

describe('a batch', () => {
  it('is stopped where it runs, and then has nothing to print again', async () => {
    const rows = Array.from({ length: 400 }, (_, at) => ({ Client: `Client ${at}` }));
    const { id } = json((await post({ ...ASKED, rows })).body) as Shown;
    const stopped = await ask(`/{${id}}/stop`, { method: 'POST' });
    expect([stopped.status, json(stopped.body)]).toMatchObject([200, { state: 'stopped', done: 0, refused: 400 }]);
    expect((await postTo(`/{${id}}/reprints`, { from: 1, to: 1 })).status).toBe(409);
  });

  it('with an article that was to be reviewed again is made only when that is said', async () => {
    const article = web.services.all.articles.find(({ slug, lang }) => slug === 'sleep' && lang === 'en')!;
    const signed = { article: 'sleep', language: 'en', version: article.version, by: 'Dr Ng', on: '2025-01-01' };
    await web.services.shelf.review({ ...signed, due: '2026-01-01', parts: partsOf(article) });
    const asked = { ...ASKED, articles: ['sleep'] };
    const refused = await post(asked);
    expect([refused.status, (json(refused.body) as Refused).problems[0]?.code]).toEqual([409, 'review-due']);
    expect((await post({ ...asked, despiteReview: true })).status).toBe(201);
    await web.services.shelf.withdraw('sleep', 'en');
  });

  it('names a choice that the practice saved, for all rows or in one', async () => {
    const preset = readPreset({
      name: 'Calm pack',
      choice: { article: 'panic', preset: 'one-page', largePrint: true },
    });
    if (!('preset' in preset)) throw new Error('This preset is right.');
    await web.services.presets.save(preset.preset);
    const asked = { check: true, saved: ['Calm pack'], copies: 2, fit: 2, maySend: ['post'] };
    const rows = [{ Client: 'Ann' }, { Client: 'Bo', Handouts: 'calm pack; sleep' }];
    expect(json((await post({ ...asked, rows })).body)).toMatchObject({ summary: '2 rows: 2 ready', hidden: [] });
    const other = await post({ ...asked, saved: ['Other'], rows });
    expect([other.status, (json(other.body) as Refused).problems[0]?.code]).toEqual([422, 'preset-unknown']);
  });
});

describe('what is refused', () => {
  it.each([
    ['no rows', { articles: ['sleep'] }, 422, 'There are no rows.'],
    ['a field nobody knows', { ...ASKED, color: 'red' }, 422, 'is not what it should be'],
    ['a date that is none', { ...ASKED, date: 'x' }, 422, 'not a day of the calendar'],
    ['rows of which none can be made', { ...ASKED, rows: [ROWS[1]] }, 422, 'Row 1: Large print: '],
    ['more than 20 MB', { ...ASKED, note: 'x'.repeat(21_000_000) }, 413, 'a spreadsheet 20 MB'],
    ['no JSON', '{', 400, 'is not the JSON'],
  ])('is %s, with a sentence', async (_what, body, status, sentence) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(json(answer.body).detail).toContain(sentence);
  });

  it('is another type, another site, and an id that is none', async () => {
    const none = '{00000000-0000-4000-8000-000000000000}';
    expect((await post('x', { 'content-type': 'text/plain' })).status).toBe(415);
    const some = json((await ask('')).body)[0].id;
    expect((await postTo(`/{${some}}/reprints`, 'x', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await postTo(`/{${some}}/reprints`, '{')).status).toBe(400);
    for (const path of [`/${none}/stop`, `/${none}/reprints`]) {
      expect((await postTo(path, { from: 1, to: 1 }, { origin: 'http://evil.example' })).status).toBe(403);
      expect((await postTo(path, { from: 1, to: 1 })).status).toBe(404);
    }
    expect((await post(ASKED, { origin: 'http://evil.example' })).status).toBe(403);
    const evil = { method: 'DELETE', headers: { origin: 'http://evil.example' } };
    expect((await ask('/{00000000-0000-4000-8000-000000000000}', evil)).status).toBe(403);
    expect((await ask('/{x}')).status).toBe(404);
  });

  it('takes a heading for a name and nothing else', async () => {
    const rows: unknown[] = [{ Client: 'Ann', constructor: 'x' }, { Client: 'Bo' }];
    expect(json((await post({ ...ASKED, rows, check: true })).body).summary).toBe('2 rows: 2 ready');
  });
});

it('the description promises no answer that does not come', () => {
  const promised = Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/api/v1/batches'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { responses }]) =>
        Object.keys(responses).map((status) => `${method.toUpperCase()} ${path} ${status}`),
      ),
    )
    .filter((answer) => !answer.endsWith(' 421')); // guarded as every path is: guard.test.ts
  expect([...seen].sort()).toEqual(promised.sort());
});
