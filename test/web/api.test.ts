import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Made } from '../../src/make/handout.ts';
import { ownPdf } from '../../src/pdf/stretch.ts';
import { pageCount, popplerText } from '../support/poppler.ts';
import { startWeb, type Web } from './start.ts';

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { responses: Record<string, Described> }>>;
  components: { schemas: Record<string, object> };
}
type Described = { content?: Record<string, { schema: object }>; headers?: Record<string, { required: boolean }> };

/** Every answer that came, as `POST /api/v1/handouts 200`. */
const seen = new Set<string>();

let web: Web;
let document: Document;
beforeAll(async () => {
  web = await startWeb();
  document = (await (await fetch(`${web.base}/api/v1/openapi.json`)).json()) as Document;
});
afterAll(() => web.stop());

interface Answer {
  status: number;
  headers: Headers;
  body: Buffer;
}

interface Refused {
  title: string;
  status: number;
  detail: string;
  problems: { code: string; message: string; hint?: string; field?: string }[];
}

/** Asks, and holds the answer against the description: status, headers, kind and shape of the body. */
async function ask(path: string, init: RequestInit = {}, base = web.base): Promise<Answer> {
  const response = await fetch(base + path, init);
  const answer = {
    status: response.status,
    headers: response.headers,
    body: Buffer.from(await response.arrayBuffer()),
  };
  expectDescribed(path, init.method ?? 'GET', answer);
  return answer;
}

function expectDescribed(path: string, method: string, { status, headers, body }: Answer): void {
  const described = document.paths[path]?.[method.toLowerCase()]?.responses[status];
  if (described === undefined) throw new Error(`${method} ${path} answers ${status}, which is not described.`);
  for (const name of Object.keys(described.headers ?? {})) expect(headers.get(name)).not.toBeNull();
  const kind = (headers.get('content-type') ?? '').split(';')[0]!;
  expect(Object.keys(described.content ?? {})).toEqual([kind]);
  if (kind.endsWith('json')) schemaOf(described.content![kind]!.schema).parse(JSON.parse(body.toString()));
  seen.add(`${method} ${path} ${status}`);
}

/** A schema of the document with its references to other parts of it. */
function schemaOf(schema: object) {
  const inside = JSON.stringify({ ...schema, $defs: document.components.schemas });
  return z.fromJSONSchema(JSON.parse(inside.replaceAll('#/components/schemas/', '#/$defs/')));
}

const post = (body: unknown, headers: Record<string, string> = {}, base = web.base, path = '/api/v1/handouts') =>
  ask(
    path,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    },
    base,
  );

const refused = ({ body, headers }: Answer): Refused => {
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  return JSON.parse(body.toString());
};
const codes = (answer: Answer) => refused(answer).problems.map(({ code }) => code);

const ASKED = { article: 'why-relationships-matter', client: 'Zoë Łukasiewicz', preset: 'one-page' };

describe('POST /api/v1/handouts', () => {
  it('answers a choice with the handout as a PDF', async () => {
    const { status, headers, body } = await post({ ...ASKED, note: 'You said the walk on Sunday helped.' });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(headers.get('x-handout-pages')).toBe(String(pageCount(body)));
    const text = popplerText(body);
    expect(text).toContain('Zoë Łukasiewicz');
    expect(text).toContain('You said the walk on Sunday helped.');
  });

  it('prints today where no date is given, and the day that is', async () => {
    expect(popplerText((await post(ASKED)).body)).toContain('November 23, 2026');
    expect(popplerText((await post({ ...ASKED, date: '2025-03-04' })).body)).toContain('March 4, 2025');
  });

  it('names neither client nor article in its headers, and forbids keeping the answer', async () => {
    const { headers } = await post(ASKED);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-disposition')).toBe('attachment; filename="handout.pdf"');
  });

  it('hands on what a person should know', async () => {
    const warnings: Made['warnings'] = [{ code: 'field-invalid', message: 'The letters are small: “11 pt”.' }];
    const made: Made = {
      ...ownPdf(Buffer.from('%PDF-1.7')),
      pages: 3,
      size: 12,
      title: 'A title',
      sections: [],
      over: [],
      warnings,
    };
    const other = await startWeb(undefined, { make: async () => made });
    try {
      const { headers } = await post(ASKED, {}, other.base);
      expect(headers.get('x-handout-pages')).toBe('3');
      expect(JSON.parse(decodeURIComponent(headers.get('x-handout-notices')!))).toEqual([warnings[0]!.message]);
    } finally {
      await other.stop();
    }
  });

  it('tells of a character that can’t be printed together with a bad date', async () => {
    const answer = await post({ article: 'stress-response', client: 'ไทย', date: 'x' });
    expect(refused(answer).problems.map(({ code, field }) => [field, code])).toEqual([
      ['date', 'date-invalid'],
      ['client', 'character-unprintable'],
    ]);
  });

  it('tells every problem at once, each with its field', async () => {
    const answer = await post({ ...ASKED, date: '2026-02-30', paper: 'legal', note: 'x'.repeat(2001), color: 'red' });
    expect(answer.status).toBe(422);
    const told = refused(answer).problems.map(({ code, field }) => `${field} ${code}`);
    expect(told.sort()).toEqual([
      'color field-invalid',
      'date date-invalid',
      'note note-too-long',
      'paper field-invalid',
    ]);
  });

  it.each([
    [{ article: 'no-such-article' }, 404, 'article-unknown'],
    [{ ...ASKED, language: 'fr' }, 404, 'language-unknown'],
    [{ ...ASKED, preset: 'no-such-preset' }, 422, 'preset-unknown'],
    [{ article: ASKED.article, sections: ['no-such-section'] }, 422, 'section-unknown'],
    [{ ...ASKED, client: '\u{13000}' }, 422, 'character-unprintable'],
    [{ ...ASKED, client: 'x'.repeat(121) }, 422, 'client-too-long'],
    [{ ...ASKED, date: 'tomorrow' }, 422, 'date-invalid'],
    [{ ...ASKED, date: null }, 422, 'date-invalid'],
    [{ ...ASKED, sections: ['in-short'] }, 422, 'field-invalid'],
    [{ article: 7 }, 422, 'field-invalid'],
    ['[]', 422, 'field-invalid'],
    ['{"article":"stress-response","__proto__":{"client":"Ann"}}', 422, 'field-invalid'],
  ])('refuses %j with %i %s', async (body, status, code) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(codes(answer)).toEqual([code]);
    expect(refused(answer).detail).toContain(refused(answer).problems[0]!.message);
    expect(refused(answer).detail).not.toMatch(/undefined|\bat \w+ \(|\[object/u);
  });

  it.each(['{', '"text"', '{"article":"stress-response",}'])('refuses a body that is not JSON: %s', async (body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(refused(answer)).toMatchObject({ title: 'Bad Request', status: 400, problems: [] });
  });

  it('refuses two megabytes with 413', async () => {
    expect((await post({ ...ASKED, note: 'x'.repeat(2_000_000) })).status).toBe(413);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1'])(
    'refuses a body declared as %s with 415',
    async (type) => {
      expect((await post(ASKED, { 'content-type': type })).status).toBe(415);
    },
  );

  it('refuses a small packed body that unpacks to two megabytes', async () => {
    const packed = gzipSync(JSON.stringify({ ...ASKED, note: 'x'.repeat(2_000_000) }));
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect((await ask('/api/v1/handouts', { method: 'POST', headers, body: packed })).status).toBe(413);
  });

  it('refuses with 409 while the practice’s country has no crisis line', async () => {
    await web.services.practices.save({ ...(await web.services.practices.read()), country: 'AQ' });
    try {
      const answer = await post(ASKED);
      expect(answer.status).toBe(409);
      expect(codes(answer)).toEqual(['crisis-line-missing']);
    } finally {
      await web.services.practices.save({ ...(await web.services.practices.read()), country: 'US' });
    }
  });

  it.each([{ origin: 'http://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }])(
    'does not serve the pages of other sites: %j',
    async (header) => {
      expect((await post(ASKED, header)).status).toBe(403);
    },
  );

  it('gives the same bytes to the same request', async () => {
    const asked = { ...ASKED, note: 'You said the walk on Sunday helped.', date: '2026-11-23' };
    const [first, second] = [await post(asked), await post(asked)];
    expect(first.body.equals(second.body)).toBe(true);
  });

  it('tells of a bug without a stack, to the sender and to the log, and never with what was sent', async () => {
    const bug = (): never => {
      throw new Error('It broke at Zoë Łukasiewicz.');
    };
    const other = await startWeb(undefined, { make: async () => bug() });
    try {
      const answer = await post(ASKED, {}, other.base);
      expect(answer.status).toBe(500);
      expect(answer.body.toString()).not.toMatch(/Zoë|It broke|\bat /u);
      expect(other.log.join('\n')).toContain('"bug"');
      expect(other.log.join('\n')).not.toMatch(/Zoë|It broke/u);
    } finally {
      await other.stop();
    }
  });
});

describe('the clinician’s copy', () => {
  it('is made of the same choice, without the client', async () => {
    const { status, body, headers } = await post(ASKED, {}, web.base, '/api/v1/clinician-copies');
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toBe('attachment; filename="clinician-copy.pdf"');
    expect(headers.get('x-handout-pages')).toBe('1');
    const text = popplerText(body);
    expect(text).toContain('For the clinician');
    expect(text).not.toContain('Łukasiewicz');
  });
});

describe('the handout for a screen', () => {
  it('is made of the same choice, to be saved as a file', async () => {
    const { status, body, headers } = await post(ASKED, {}, web.base, '/api/v1/web-pages');
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toBe('attachment; filename="handout.html"');
    expect(body.toString()).toContain('For Zoë Łukasiewicz');
  });
});

describe('the receipt', () => {
  it('has the digest of the very handout that the same choice makes, and nothing of the client', async () => {
    const { body } = await post(ASKED, {}, web.base, '/api/v1/receipts');
    const { lines } = JSON.parse(body.toString()) as { lines: string[] };
    const digest = createHash('sha256').update((await post(ASKED)).body);
    expect(lines).toContain(`SHA-256 of the PDF: ${digest.digest('hex')}`);
    expect(lines.join('\n')).toContain('Made by Keepsake 0.4.0.');
    expect(lines.join('\n')).not.toContain('Łukasiewicz');
  });
});

describe('the meter', () => {
  it('says how long and how hard it is, and what it lacks', async () => {
    const { body } = await post({ ...ASKED, note: 'Walk.' }, {}, web.base, '/api/v1/meters');
    const meter = JSON.parse(body.toString());
    expect(meter).toMatchObject({ sheets: 1, reading: { scale: 'Flesch–Kincaid' } });
    expect(meter.typed).toEqual([{ field: 'note', words: 1, reading: null }]);
    expect(meter.misses).toContainEqual(expect.objectContaining({ item: 'summary', section: 'in-short' }));
  });
});

const NEED_A_CRISIS_LINE = ['/api/v1/web-pages', '/api/v1/receipts', '/api/v1/meters'];

describe.each(['/api/v1/clinician-copies', ...NEED_A_CRISIS_LINE])(
  'POST %s refuses like the handout’s address',
  (path) => {
    const sent = (body: unknown, headers: Record<string, string> = {}, base = web.base) =>
      post(body, headers, base, path);

    it('what can’t be made, all of it at once', async () => {
      const answer = await sent({ article: 'none', date: 'x', color: 'red' });
      expect([answer.status, codes(answer).sort()]).toEqual([
        422,
        ['article-unknown', 'date-invalid', 'field-invalid'],
      ]);
      expect((await sent({ article: 'none' })).status).toBe(404);
    });

    it('what is no JSON, too large, of another type, of another site, or of another name', async () => {
      expect((await sent('{')).status).toBe(400);
      expect((await sent({ ...ASKED, note: 'x'.repeat(2_000_000) })).status).toBe(413);
      expect((await sent(ASKED, { 'content-type': 'text/plain' })).status).toBe(415);
      expect((await sent(ASKED, { origin: 'http://evil.example' })).status).toBe(403);
      const { status, headers, body } = await askAs('evil.example', 'POST', path);
      expect(status).toBe(421);
      expectDescribed(path, 'POST', { status, headers, body });
      expect((await fetch(web.base + path)).status).toBe(405);
    });

    it('a bug, without what was sent', async () => {
      const bug = (): never => {
        throw new Error('It broke at Zoë Łukasiewicz.');
      };
      const other = await startWeb(undefined, {
        make: async () => bug(),
        makeCopy: async () => bug(),
        makePage: async () => bug(),
      });
      try {
        const answer = await sent(ASKED, {}, other.base);
        expect(answer.status).toBe(500);
        expect(answer.body.toString() + other.log.join('\n')).not.toMatch(/Zoë|It broke/u);
      } finally {
        await other.stop();
      }
    });
  },
);

it.each(NEED_A_CRISIS_LINE)('POST %s is refused while the practice’s country has no crisis line', async (path) => {
  await web.services.practices.save({ ...(await web.services.practices.read()), country: 'AQ' });
  try {
    expect((await post(ASKED, {}, web.base, path)).status).toBe(409);
  } finally {
    await web.services.practices.save({ ...(await web.services.practices.read()), country: 'US' });
  }
});

describe('the other addresses', () => {
  it('list the articles with what can be asked for', async () => {
    const { body } = await ask('/api/v1/articles');
    const listed = JSON.parse(body.toString()) as { article: string; language: string; presets: object }[];
    expect(listed.map(({ article }) => article)).toEqual(web.services.library().articles.map(({ slug }) => slug));
    expect(listed.length).toBeGreaterThan(1);
    for (const { article, language, presets } of listed) {
      for (const preset of Object.keys(presets)) expect((await post({ article, language, preset })).status).toBe(200);
    }
  });

  it('say that the server is up', async () => {
    expect((await ask('/livez')).status).toBe(200);
  });

  it.each([
    ['GET', '/api/v1/handouts', 405],
    ['DELETE', '/api/v1/articles', 404],
    ['GET', '/api/v1/nothing', 404],
  ])('answer %s %s with %i as a program expects it', async (method, path, status) => {
    const response = await fetch(web.base + path, { method });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(((await response.json()) as Refused).status).toBe(status);
  });
});

describe('the description', () => {
  it('is OpenAPI 3.1 and describes itself', async () => {
    expect((await ask('/api/v1/openapi.json')).status).toBe(200);
    expect(document.openapi).toMatch(/^3\.1\./u);
  });

  it('has every part it refers to', () => {
    const text = JSON.stringify(document);
    const names = [...text.matchAll(/#\/components\/schemas\/(\w+)/gu)].map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(document.components.schemas).toHaveProperty(name);
  });

  it('tells what a choice must have, may have and may not have', () => {
    const choice = schemaOf({ $ref: '#/components/schemas/Choice' });
    expect(choice.safeParse(ASKED).success).toBe(true);
    expect(choice.safeParse({ saved: 'Group' }).success).toBe(true);
    expect(choice.safeParse({ ...ASKED, color: 'red' }).success).toBe(false);
    expect(choice.safeParse({ ...ASKED, paper: 'legal' }).success).toBe(false);
  });

  it.each([
    ['POST', '/api/v1/handouts'],
    ['GET', '/api/v1/articles'],
    ['GET', '/api/v1/openapi.json'],
    ['GET', '/livez'],
  ])('holds under our own names only: %s %s', async (method, path) => {
    const { status, headers, body } = await askAs('evil.example', method, path);
    expect(status).toBe(421);
    expectDescribed(path, method, { status, headers, body });
  });

  it('promises no answer that does not come', () => {
    // Those of batches are held in api-batches.test.ts.
    const single = Object.entries(document.paths).filter(([path]) => !path.startsWith('/api/v1/batches'));
    const promised = single.flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { responses }]) =>
        Object.keys(responses).map((status) => `${method.toUpperCase()} ${path} ${status}`),
      ),
    );
    expect([...seen].sort()).toEqual(promised.sort());
  });
});

/** `fetch` sets Host itself. */
function askAs(host: string, method: string, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(web.base + path, { method, headers: { host } }, async (answer) => {
      const body = Buffer.concat(await answer.toArray());
      const headers = new Headers({ 'content-type': answer.headers['content-type'] ?? '' });
      resolve({ status: answer.statusCode ?? 0, headers, body });
    });
    asked.on('error', reject).end();
  });
}
