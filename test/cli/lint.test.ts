// `keepsake lint` as it is called: our own articles, which must come out clean, and a practice's, which get advice.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type LintFlags, lint } from '../../src/cli/lint.ts';
import { readSettings } from '../../src/cli/settings.ts';
import { GOOD, inFolders } from '../content/an-article.ts';

/** What it says, and whether nothing has to be put right. */
async function run(folder: string | undefined, flags: LintFlags = {}, data = '/nowhere') {
  const said: string[] = [];
  const clean = await lint(folder, flags, readSettings({ data }, {}, data), (line) => said.push(line));
  return { clean, said: said.join('\n') };
}

describe('keepsake lint', () => {
  let all: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    await inFolders({ data: { 'articles/sleep-well/en.md': GOOD } }, async (at) => {
      all = await run(undefined, { table: true }, at('data'));
    });
  }, 240_000);

  it('finds nothing to mend in the articles we ship', () => {
    expect(all.said.split('\n').filter((line) => line.includes('.md:') && !line.startsWith('warning: '))).toEqual([]);
    expect(all.clean).toBe(true);
  });

  it('shows how each reads, and the pages of its presets', () => {
    expect(all.said).toMatch(
      /^\| panic +\| en +\| grade \d\.\d +\| grade \d\.\d +\| \d+ +\| \d+ +\| .*one-page 1 \(\d/mu,
    );
  });

  it('warns of a practice’s own article, and takes warnings for errors when asked', async () => {
    await inFolders({ articles: { 'sleep-well/en.md': GOOD } }, async (at) => {
      const { clean, said } = await run(at('articles'));
      expect(clean).toBe(true);
      expect(said).toContain('warning: articles/sleep-well/en.md:2: There are no notes for the clinician.');
      expect(said).toMatch(/^1 article: 0 errors, \d+ warnings\.$/mu);
      expect((await run(at('articles'), { strict: true })).clean).toBe(false);
    });
  });

  it('does not let an article pass that can’t be read', async () => {
    const broken = GOOD.replace('## In short', '### In short');
    await inFolders({ articles: { 'sleep-well/en.md': broken } }, async (at) => {
      const { clean, said } = await run(at('articles'), { json: true });
      expect(clean).toBe(false);
      const { findings, articles } = JSON.parse(said);
      expect(articles).toEqual([]);
      expect(findings).toContainEqual(
        expect.objectContaining({ level: 'error', file: 'articles/sleep-well/en.md', line: expect.any(Number) }),
      );
    });
  });

  it('holds a folder to the ids it published and to the sources it confirmed, where it lists them', async () => {
    const lists = { 'ids.yaml': 'sleep-well: [in-short, gone]\n', 'SOURCES.md': 'https://example.org/other\n' };
    await inFolders({ articles: { 'sleep-well/en.md': GOOD, ...lists } }, async (at) => {
      const { said } = await run(at('articles'));
      expect(said).toContain('The section “gone” was published and is gone.');
      expect(said).toMatch(/en\.md:\d+: Nobody has confirmed the source “lee-2020”/u);
    });
  });

  it('looks at the practice’s own folder by itself, and refuses one that is not there', async () => {
    expect(all.said).toContain('warning: articles/sleep-well/en.md');
    await expect(run('/no/such/folder')).rejects.toThrow('There is no such folder.');
  });
});
