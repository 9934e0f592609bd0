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
