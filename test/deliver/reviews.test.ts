// Rows of a spreadsheet against what the practice decided about its articles.
import { describe, expect, it } from '@jest/globals';
import { EMPTY_SHELF, openShelves, partsOf, type Shelf } from '../../src/content/shelf.ts';
import { checkRows } from '../../src/deliver/check-rows.ts';
import { guessMapping } from '../../src/deliver/columns.ts';
import { readTable } from '../../src/deliver/read-table.ts';
import { openPress } from '../../src/pdf/press.ts';
import { aLibrary, anArticle, aPractice } from '../support/builders.ts';

const calm = anArticle();
const sleep = anArticle({ slug: 'sleep', title: 'Sleep, and what helps' });
const library = aLibrary({ articles: [calm, sleep] });
const press = openPress();

async function check(text: string, decided: Partial<Shelf>) {
  const table = await readTable(Buffer.from(text), 'clients.csv');
  const shelf = { ...EMPTY_SHELF, ...decided };
  return checkRows({
    table,
    mapping: guessMapping(table),
    defaults: { articles: ['calm'], choice: { date: '2026-11-23' } },
    library: openShelves(library)(shelf),
    practice: aPractice(),
    press,
    batch: 'print',
    idOf: String,
  });
}

const reviewOf = (article: typeof calm, due: string) => ({
  article: article.slug,
  language: article.lang,
  version: article.version,
  by: 'Dr Lee',
  on: '2025-11-23',
  due,
  parts: partsOf(article),
});
const ROWS = 'Client,Handouts\nAnn,Sleep and what helps\nBen,Sleep and what helps\nCy,calm\n';

describe('rows with an article', () => {
  it('whose review is due are made, and it is said once', async () => {
    const reviews = [reviewOf(sleep, '2026-11-23'), reviewOf(calm, '2026-11-24')];
    const { recipients, warnings } = await check(ROWS, { reviews });
    expect(recipients).toHaveLength(3);
    expect(warnings.map(({ row, code, message }) => [row, code, message])).toEqual([
      [2, 'review-due', '“Sleep, and what helps” was to be reviewed again by 2026-11-23.'],
    ]);
  });

  it('that is hidden, or not reviewed where it must be, are refused with the reason', async () => {
    const hidden = await check(ROWS, { hidden: [{ article: 'sleep', language: 'en' }] });
    expect(hidden.recipients.map(({ row }) => row)).toEqual([4]);
    expect(hidden.problems.map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, 'Handouts', 'article-hidden'],
      [3, 'Handouts', 'article-hidden'],
    ]);
    const only = await check(ROWS, { onlyReviewed: true, reviews: [reviewOf(calm, '2030-01-01')] });
    expect(only.problems.map(({ row, code }) => [row, code])).toEqual([
      [2, 'review-missing'],
      [3, 'review-missing'],
    ]);
  });
});
