import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readLibrary } from '../../src/content/library.ts';
import { sentence } from '../../src/errors.ts';
import { type Files, GOOD, HEAD, inFolders } from './an-article.ts';

const titled = (title: string, next = '') => GOOD.replace('Sleeping better', title).replace('next:', `next: ${next}`);

/** Reads a library whose first folder is `content` and whose second is `articles`. */
const read = (content: Files, articles: Files = {}) =>
  inFolders({ content, articles }, async (at) => {
    const library = await readLibrary([at('content'), at('articles')]);
    return {
      ...library,
      names: library.articles.map(({ slug, lang, title }) => `${slug}/${lang} ${title}`),
      said: library.problems.map(sentence),
    };
  });

const LINE = (country: string, number: string) =>
  `- country: ${country}\n  countryName: Somewhere\n  number: ${number}\n  text:\n    en: Call any time.\n  source: https://example.org\n`;

describe('the library', () => {
  it('holds every article of a folder in every language, in order', async () => {
    const { names, said } = await read({ 'b/en.md': titled('B'), 'a/es.md': titled('A es'), 'a/en.md': titled('A') });
    expect(names).toEqual(['a/en A', 'a/es A es', 'b/en B']);
    expect(said).toEqual([]);
  });

  it('passes over files that are no articles', async () => {
    const { names, said } = await read({
      'SOURCES.md': '# Sources',
      '.git/x.md': 'x',
      'a/en.md': titled('A'),
      'a/notes.txt': 'x',
    });
    expect(names).toEqual(['a/en A']);
    expect(said).toEqual([]);
  });

  it('keeps a broken article out, says why, and holds the others', async () => {
    const { names, said } = await read({ 'a/en.md': titled('A'), 'b/en.md': titled('B').replace('.core', '.care') });
    expect(names).toEqual(['a/en A']);
    expect(said).toEqual([expect.stringMatching(/^content\/b\/en\.md:20: There is no kind “\.care”\./u)]);
  });

  it('lets a practice’s folder add articles and replace ours', async () => {
    const { names, articles, said } = await read(
      { 'a/en.md': titled('A'), 'b/en.md': titled('B') },
      { 'b/en.md': titled('B of the practice', 'a'), 'c/en.md': titled('C', 'b') },
    );
    expect(names).toEqual(['a/en A', 'b/en B of the practice', 'c/en C']);
    expect(articles.map(({ file, next }) => [file, next])).toEqual([
      ['content/a/en.md', null],
      ['articles/b/en.md', 'a'],
      ['articles/c/en.md', 'b'],
    ]);
    expect(said).toEqual([]);
  });

  it('does not hand out our article where the practice’s own is broken', async () => {
    const { names, said } = await read({ 'a/en.md': titled('A') }, { 'a/en.md': HEAD });
    expect(names).toEqual([]);
    expect(said[0]).toContain('articles/a/en.md:');
  });

  it('is empty without its first folder and says so; any other may be missing', async () => {
    await inFolders({ content: { 'a/en.md': titled('A') } }, async (at) => {
      const fine = await readLibrary([at('content'), at('articles')]);
      expect(fine.articles).toHaveLength(1);
      expect(fine.problems).toEqual([]);
      const empty = await readLibrary([at('nowhere')]);
      expect(empty.articles).toEqual([]);
      expect(empty.problems.map(sentence)).toEqual([expect.stringContaining('There is no folder nowhere')]);
    });
  });

  it('refuses names it would not find again', async () => {
    const { names, said } = await read({ 'My Article/en.md': GOOD, 'a/english.md': GOOD });
    expect(names).toEqual([]);
    expect(said).toEqual([
      expect.stringContaining('content/My Article/en.md:1: “My Article” is not an article’s name.'),
      expect.stringContaining('content/a/english.md:1: “english.md” is not named after a language. Name it en.md'),
    ]);
  });

  it('refuses a file that is not UTF-8', async () => {
    const { said } = await read({ 'a/en.md': Uint8Array.of(0x2d, 0xff, 0xfe, 0x41) });
    expect(said).toEqual([
      expect.stringContaining('content/a/en.md:1: This file can’t be read as text. Save it as UTF-8'),
    ]);
  });

  it('finds the pictures beside an article', async () => {
    const figure = `${GOOD}\n::figure[A ring]{src="ring.png" alt="A ring."}\n`;
    await inFolders({ content: { 'a/en.md': figure, 'a/ring.png': 'png', 'b/en.md': figure } }, async (at) => {
      const library = await readLibrary([at('content')]);
      expect(library.articles[0]?.figures).toEqual([
        { name: 'ring.png', path: join(at('content'), 'a', 'ring.png'), drawing: null },
      ]);
      expect(library.problems.map(sentence)).toEqual([
        expect.stringContaining('content/b/en.md:24: There is no picture “ring.png”'),
      ]);
    });
  });

  it('takes the drawing in the article’s language where there is one, and says what is wrong with any', async () => {
    const ring = (title: string) =>
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>${title}</title><circle cx="5" cy="5" r="3" fill="#1c5757"/></svg>`;
    const figure = `${GOOD}\n::figure[A ring]{src="ring.svg" alt="A ring."}\n`;
    const files = {
      'a/en.md': figure,
      'a/es.md': figure,
      'a/es-MX.md': figure,
      'a/ring.svg': ring('Ring'),
      'a/ring.es.svg': ring('Anillo'),
      'a/unused.svg': 'no drawing',
      'b/en.md': figure,
      'b/ar.md': figure,
      'b/ring.svg': ring('').replace('circle', 'script'),
      'c/en.md': figure.replace('ring.svg', 'ring.es.svg'),
      'c/ring.es.svg': ring('Anillo'),
    };
    await inFolders({ content: files }, async (at) => {
      const { articles, problems } = await readLibrary([at('content')]);
      const titles = articles.map(({ lang, figures }) => [
        lang,
        figures.map(({ name, drawing }) => [name, drawing?.title]),
      ]);
      expect(titles).toEqual([
        ['en', [['ring.svg', 'Ring']]],
        ['es', [['ring.svg', 'Anillo']]],
        ['es-MX', [['ring.svg', 'Anillo']]],
      ]);
      expect(problems.map(sentence)).toEqual([
        expect.stringContaining('content/b/ring.svg:1: <script> can’t be drawn'),
        expect.stringContaining('content/b/ring.svg:1: The drawing has no title.'),
        expect.stringContaining('content/c/en.md:24: There is no picture “ring.es.svg”'),
      ]);
    });
  });

  it('offers to read next only what it has in the same language', async () => {
    const { articles, said } = await read({
      'a/en.md': titled('A', 'b'),
      'b/en.md': titled('B', 'c'),
      'c/es.md': titled('C'),
      'd/en.md': titled('D', 'e'),
      'e/en.md': 'broken',
    });
    expect(articles.map(({ slug, next }) => [slug, next])).toEqual([
      ['a', 'b'],
      ['b', null],
      ['c', null],
      ['d', null],
    ]);
    expect(said.filter((line) => !line.startsWith('content/e/'))).toEqual([]);
  });

  it('keeps an article out that fails its trial', async () => {
    await inFolders({ content: { 'a/en.md': titled('A'), 'b/en.md': titled('B') } }, async (at) => {
      const place = { file: 'content/b/en.md', line: 22 };
      const library = await readLibrary([at('content')], ({ slug }) =>
        slug === 'b' ? [{ code: 'template-broken', message: 'It can’t be merged.', place }] : [],
      );
      expect(library.articles.map(({ slug }) => slug)).toEqual(['a']);
      expect(library.problems.map(sentence)).toEqual(['content/b/en.md:22: It can’t be merged.']);
    });
  });
});

describe('the crisis lines', () => {
  it('are read from every folder, a later one replacing a country’s', async () => {
    const { crisisLines, said } = await read(
      { 'crisis-lines.yaml': LINE('US', '988') + LINE('GB', '116 123') },
      { 'crisis-lines.yaml': LINE('GB', '"0800 1111"') + LINE('IE', '116 123') },
    );
    expect(crisisLines.map(({ country, number }) => `${country} ${number}`)).toEqual([
      'US 988',
      'GB 0800 1111',
      'IE 116 123',
    ]);
    expect(crisisLines[0]?.text).toEqual({ en: 'Call any time.' });
    expect(said).toEqual([]);
  });

  it('that are wrong are told with their line and keep no other out', async () => {
    const bad = LINE('usa', '988').replace('    en: Call', '    es: Llame') + LINE('IE', '116 123');
    const { crisisLines, said } = await read({ 'crisis-lines.yaml': bad });
    expect(crisisLines.map(({ country }) => country)).toEqual(['IE']);
    expect(said).toEqual([
      expect.stringMatching(/^content\/crisis-lines\.yaml:1: “country” is not right\. Write two capital letters/u),
      expect.stringMatching(/^content\/crisis-lines\.yaml:4: “en” is missing\. Write one sentence/u),
    ]);
  });

  it('must be a list', async () => {
    const { said } = await read({ 'crisis-lines.yaml': 'US: 988\n' });
    expect(said).toEqual([
      'content/crisis-lines.yaml:1: This is not a list. Start each crisis line with “- country: …”.',
    ]);
  });
});
