import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GOOD } from '../content/an-article.ts';
import { Clone } from './clone.ts';

let clone: Clone;
beforeAll(() => {
  clone = new Clone();
});
afterAll(() => clone.remove());

const kept = () => clone.path('dist/.articles');
const around = () => ({ KEEPSAKE_ARTICLES: clone.path('own') });
const list = async () => {
  const { code, out, said } = await clone.run(['list', '--json'], around());
  const titles = new Map<string, string>();
  for (const { article, title } of JSON.parse(out.toString()) as { article: string; title: string }[])
    titles.set(article, title);
  return { code, said, out: out.toString(), title: titles.get('sleeping') };
};

describe('articles read at an earlier start', () => {
  beforeEach(() => {
    rmSync(kept(), { recursive: true, force: true });
    clone.write('own/sleeping/en.md', GOOD);
    clone.write('own/broken/en.md', '# No head\n');
  });

  it('are kept beside the build, and the next start says the same of them', async () => {
    const first = await list();
    const { mtimeMs } = statSync(kept());
    const second = await list();
    expect(second).toEqual(first);
    expect(first).toMatchObject({
      code: 0,
      said: [expect.stringMatching(/^own\/broken\/en\.md:1: /u), expect.any(String), expect.any(String)],
    });
    expect(statSync(kept()).mtimeMs).toBe(mtimeMs);
  });

  it('are read again once one of them, or the program, has changed', async () => {
    expect((await list()).title).toBe('Sleeping better');
    clone.write('own/sleeping/en.md', GOOD.replace('Sleeping better', 'Sleeping well'));
    expect((await list()).title).toBe('Sleeping well');
    const before = readFileSync(kept());
    writeFileSync(clone.path('dist/content/reading.js'), '\n', { flag: 'a' });
    expect((await list()).title).toBe('Sleeping well');
    expect(readFileSync(kept()).equals(before)).toBe(false);
  });

  it('are read again where what was kept is damaged', async () => {
    const whole = await list();
    const bytes = readFileSync(kept());
    writeFileSync(kept(), bytes.subarray(0, bytes.length / 2));
    expect(await list()).toEqual(whole);
    expect(readFileSync(kept())).toHaveLength(bytes.length);
  });

  it('are read at every start where they can’t be kept', async () => {
    const whole = await list();
    rmSync(kept());
    mkdirSync(kept());
    expect(await list()).toEqual(whole);
    expect(readdirSync(clone.path('dist')).filter((name) => name.startsWith('.articles'))).toEqual(['.articles']);
    expect(existsSync(kept())).toBe(true);
  });
});
