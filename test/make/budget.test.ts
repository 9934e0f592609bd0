// How many pages the presets of our articles take, on both papers, under a letterhead such as most have.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Library } from '../../src/content/article.ts';
import { budgetOf, overBudget } from '../../src/make/budget.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { sampleLibrary } from '../support/house.ts';

let library: Library;
let press: Press;
beforeAll(async () => {
  library = await sampleLibrary();
  press = openPress();
});

describe('the budget of an article', () => {
  it('counts the pages of every preset on both papers, in large print too', async () => {
    const article = library.articles.find(({ slug, lang }) => slug === 'panic' && lang === 'en')!;
    const budgets = await budgetOf(article, library, press);
    expect(budgets.map(({ preset, paper }) => `${preset} ${paper}`).toSorted()).toEqual(
      Object.keys(article.presets)
        .flatMap((preset) => [`${preset} a4`, `${preset} letter`])
        .toSorted(),
    );
    for (const { pages, largePrint } of budgets) expect(largePrint).toBeGreaterThan(pages);
  });

  it('tells of a box that is taller than a page, at its section', async () => {
    const article = library.articles.find(({ slug, lang }) => slug === 'panic' && lang === 'en')!;
    const [first, ...others] = article.sections;
    const lines = (count: number) => `<div class="lines" data-count="${count}">Mine</div>`.repeat(3);
    const told = async (count: number) => {
      const sections = [{ ...first!, html: `<aside class="try">${lines(count)}</aside>` }, ...others];
      const tall = { ...article, sections };
      return overBudget(tall, await budgetOf(tall, { ...library, articles: [tall] }, press), () => 24);
    };
    expect(await told(4)).toEqual([]);
    expect((await told(6)).map(({ message, place }) => [message, place])).toEqual([
      [
        'A box of this section is taller than a page of large print.',
        { file: 'content/panic/en.md', line: first!.line },
      ],
    ]);
  });

  it('tells of a preset that takes more than its name promises, at its line', async () => {
    const article = library.articles.find(({ slug, lang }) => slug === 'panic' && lang === 'en')!;
    const long = { ...article, presets: { ...article.presets, 'one-page': article.presets.full! } };
    const budgets = await budgetOf(long, { ...library, articles: [long] }, press);
    const told = overBudget(long, budgets, () => 24);
    expect(told.map(({ place }) => place)).toEqual([
      { file: 'content/panic/en.md', line: 24 },
      { file: 'content/panic/en.md', line: 24 },
    ]);
    expect(told.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^“one-page” takes \d pages on Letter\.$/u),
      expect.stringMatching(/^“one-page” takes \d pages on A4\.$/u),
    ]);
  });
});
