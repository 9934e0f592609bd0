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
