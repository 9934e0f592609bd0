import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FILLED, send, startWeb, type Web } from './start.ts';

let web: Web;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.stop());

/** fetch decides about Host by itself; this does not. */
function ask(path: string, headers: Record<string, string>, body?: string) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const asked = request(web.base + path, { method: body === undefined ? 'GET' : 'POST', headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() }));
    });
    asked.on('error', reject).end(body);
  });
}

const filled = () => new URLSearchParams({ ...FILLED, sections: 'in-short' }).toString();
const post = (headers: Record<string, string>) =>
  ask('/print', { 'content-type': 'application/x-www-form-urlencoded', ...headers }, filled());
const port = () => new URL(web.base).port;

describe('the address a request was meant for', () => {
  it.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])('may be %s', async (name) => {
    expect((await ask('/livez', { host: `${name}:${port()}` })).status).toBe(200);
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '0.0.0.0',
    '127.0.0.2',
    '[::ffff:127.0.0.1]',
    'evil.example@127.0.0.1',
    'localhost.',
  ])('may not be %s', async (name) => {
    for (const path of ['/', '/livez', '/print', '/fonts/none', '/nowhere']) {
      expect((await ask(path, { host: `${name}:${port()}` })).status).toBe(421);
    }
  });

  it.each(['127.0.0.1', 'localhost', '127.0.0.1:1', '127.0.0.1:80'])(
    'must name the port: %p does not',
    async (host) => {
      expect((await ask('/', { host })).status).toBe(421);
    },
  );

  it('is looked at before the body is read', async () => {
    const answer = await ask('/print', { host: 'evil.example', 'content-type': 'application/json' }, '{');
    expect(answer.status).toBe(421);
  });
});

describe('a change asked for by another site', () => {
  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'nonsense' },
    { 'sec-fetch-site': 'cross-site', origin: 'http://127.0.0.1' },
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1' },
  ])('is refused: %j', async (headers) => {
    expect((await post(headers as Record<string, string>)).status).toBe(403);
  });

  it('is refused on every address that changes something', async () => {
    for (const path of ['/', '/preview', '/print', '/download', '/practice', '/welcome', '/api/v1/handouts']) {
      expect((await ask(path, { 'sec-fetch-site': 'cross-site' }, filled())).status).toBe(403);
    }
  });

  it('is not confused with our own pages or with a program', async () => {
    expect((await post({ 'sec-fetch-site': 'same-origin', origin: web.base })).status).toBe(200);
    expect((await post({ origin: web.base })).status).toBe(200);
    expect((await post({})).status).toBe(200);
  });
});

describe('every answer', () => {
  it.each([
    '/',
    '/practice',
    '/welcome',
    '/livez',
    '/nowhere',
    '/assets/form.js',
    '/fonts/AtkinsonHyperlegibleNext-Bold.ttf',
  ])('forbids everything but the exact list: %s', async (path) => {
    const { headers } = await fetch(web.base + path);
    expect(headers.get('content-security-policy')?.split(';')).toEqual([
      "default-src 'none'",
      "style-src 'self'",
      "script-src 'self'",
      "img-src 'self'",
      "font-src 'self'",
      "connect-src 'self'",
      'frame-src blob:',
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.has('x-powered-by')).toBe(false);
    expect(headers.has('set-cookie')).toBe(false);
  });

  it('is kept nowhere when it may hold something of a client', async () => {
    for (const path of ['/', '/practice', '/welcome', '/nowhere']) {
      expect((await fetch(web.base + path)).headers.get('cache-control')).toBe('no-store');
    }
    for (const path of ['/', '/preview', '/print', '/download']) {
      const { headers } = await send(web.base, path, FILLED);
      expect([headers.get('cache-control'), headers.get('etag')]).toEqual(['no-store', null]);
    }
  });

  it('stays small: the form without its font is at most 60 kB', async () => {
    const parts = ['/', '/assets/keepsake.css', '/assets/form.js', '/assets/icon.svg'];
    const bodies = await Promise.all(parts.map(async (path) => (await fetch(web.base + path)).arrayBuffer()));
    expect(bodies.reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(60_000);
  });
});

describe('what can’t be answered', () => {
  it('is one sentence and a way back', async () => {
    const answer = await fetch(`${web.base}/nowhere`);
    const text = await answer.text();
    expect(answer.status).toBe(404);
    expect(text).toContain('There is no page at this address.');
    expect(text).toContain('href="/"');
  });

  it('says where to start when an address for the form is opened directly', async () => {
    for (const path of ['/preview', '/print', '/download']) {
      const answer = await fetch(web.base + path);
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    }
  });

  it('refuses a body of two megabytes in plain words', async () => {
    const answer = await send(web.base, '/print', { ...FILLED, note: 'a'.repeat(2_000_000) });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain('A note can have 2,000 characters');
  });

  it('refuses a thousand fields', async () => {
    const answer = await send(web.base, '/print', { sections: Array.from({ length: 1000 }, (_, i) => `s${i}`) });
    expect(answer.status).toBe(413);
  });

  it.each(['/%', '/fonts/..%2f..%2fpackage.json', '/assets/..%2fhandout.hbs', '/fonts/%00'])(
    'answers %s without a stack',
    async (path) => {
      const answer = await ask(path, { host: `127.0.0.1:${port()}` });
      expect([400, 403, 404]).toContain(answer.status);
      expect(answer.text).not.toMatch(/\bat .*\.[jt]s:|node_modules|Error:/u);
    },
  );

  it('hides a bug behind one sentence and logs its place, not its words', async () => {
    const broken = await startWeb(undefined, {
      make: async (choice) => {
        throw new Error(`could not draw ${choice.client}`);
      },
    });
    const answer = await send(broken.base, '/print', { ...FILLED, client: 'Kanarienvogel' });
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).toContain('Something went wrong in Keepsake itself.');
    expect(text).not.toMatch(/Kanarienvogel|could not draw|\.ts/u);
    const [bug] = broken.log.filter((line) => line.includes('"bug"'));
    expect(bug).toContain('"route":"/print"');
    expect(bug).toContain('guard.test.ts');
    expect(broken.log.join()).not.toMatch(/Kanarienvogel|could not draw/u);
    await broken.stop();
  });
});

describe('the log', () => {
  it('has one line for each request: method, route, status, time', async () => {
    web.log.length = 0;
    await send(web.base, '/print', FILLED);
    await fetch(`${web.base}/nowhere?name=Ann`);
    expect(web.log.map((line) => JSON.parse(line))).toEqual([
      { method: 'POST', route: '/print', status: 200, ms: expect.any(Number), message: 'request' },
      { method: 'GET', route: '-', status: 404, ms: expect.any(Number), message: 'request' },
    ]);
  });
});
