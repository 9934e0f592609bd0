import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clone, ended } from './clone.ts';

let clone: Clone;
beforeAll(() => {
  clone = new Clone();
});
afterAll(() => clone.remove());

const QUIET = { KEEPSAKE_LOG_LEVEL: 'silent' };

/** The address the server says it is ready at. */
function ready(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stdout!.on('data', (chunk: Buffer) => {
      said += chunk;
      const address = /^Keepsake is ready: (http:\S+)\n/mu.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    server.once('close', () => reject(new Error(`It ended instead: ${said}`)));
  });
}

describe('keepsake serve', () => {
  it('says where it is, answers there, and logs nothing of a client', async () => {
    const server = clone.start(['serve', '--port', '0'], { KEEPSAKE_LOG_LEVEL: 'info' });
    const end = ended(server);
    const base = await ready(server);
    expect(base).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
    expect((await fetch(`${base}/livez`)).status).toBe(200);
    const answer = await fetch(`${base}/api/v1/handouts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ article: 'stress-response', client: 'Zoë Canary', note: 'canary note' }),
    });
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    await answer.arrayBuffer();
    await setTimeout(50);
    server.kill('SIGTERM');
    const { code, signal, out, said } = await end;
    expect({ code, signal, said }).toEqual({ code: 0, signal: null, said: [] });
    expect(out.toString()).toContain('/api/v1/handouts');
    expect(out.toString()).not.toMatch(/canary/iu);
  });

  it('ends well as soon as it is ready, however often it is told to', async () => {
    const server = clone.start(['serve', '--port', '0'], QUIET);
    const end = ended(server);
    await ready(server);
    for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) server.kill(signal);
    const { code, signal, said } = await end;
    expect({ code, signal, said }).toEqual({ code: 0, signal: null, said: [] });
  });

  it('still loads what it can when an article is broken, and says which line', async () => {
    clone.write('own/broken/en.md', '# No head\n');
    const server = clone.start(['serve', '--port', '0'], { ...QUIET, KEEPSAKE_ARTICLES: clone.path('own') });
    const end = ended(server);
    await ready(server);
    server.kill('SIGTERM');
    const { code, said } = await end;
    expect(code).toBe(0);
    expect(said[0]).toMatch(/^own\/broken\/en\.md:1: /u);
  });

  it('refuses with 3 to listen where others could reach it', async () => {
    const { code, said } = await clone.run(['serve', '--port', '0', '--host', '0.0.0.0']);
    expect(code).toBe(3);
    expect(said).toEqual([
      expect.stringMatching(/^Keepsake does not listen on .* Use 127\.0\.0\.1, ::1 or localhost\.$/u),
    ]);
  });

  it('says so when another program has the port', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, said } = await clone.run(['serve', '--port', String(port)]);
    await new Promise((resolve) => other.close(resolve));
    expect(code).toBe(3);
    expect(said).toEqual([
      `Another program already listens on port ${port}. It may be Keepsake itself. Open its address in a browser, or choose another port.`,
    ]);
  });
});

describe('a wrong configuration ends every command with 3', () => {
  it.each([['serve'], ['list'], ['make', 'stress-response', '--out', '-']])('%s', async (...words) => {
    const { code, out, said } = await clone.run(words, { KEEPSAKE_PORT: 'x', KEEPSAKE_COLOR: 'red' });
    expect(code).toBe(3);
    expect(out.length).toBe(0);
    expect(said).toEqual([
      expect.stringMatching(/^There is no setting KEEPSAKE_COLOR\./u),
      'The setting KEEPSAKE_PORT has a bad value. Allowed: a number from 0 to 65535.',
    ]);
  });

  it('a data folder that is none, or holds something else', async () => {
    const file = clone.write('a-file', '');
    clone.write('odd/keepsake.db', 'This is not a database, and it is long enough to be looked at. '.repeat(20));
    const tries = [
      clone.run(['serve', '--port', '0', '--data', file]),
      clone.run(['make', 'stress-response', '--data', clone.path('odd'), '--out', '-']),
    ];
    for (const { code, out, said } of await Promise.all(tries)) {
      expect(code).toBe(3);
      expect(out.length).toBe(0);
      expect(said).toEqual([expect.stringMatching(/^The data folder can’t be used\. Check that/u)]);
    }
  });
});

describe('keepsake worker', () => {
  it('is refused without the database and the key that it shares with others', async () => {
    const { code, said } = await ended(clone.start(['worker'], { ...QUIET, KEEPSAKE_KEY_FILE: clone.path('no-key') }));
    expect(code).toBe(3);
    expect(said.join('\n')).toMatch(/needs a database that it shares[\s\S]*needs the key of the machines/u);
  });
});
