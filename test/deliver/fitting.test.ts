// Rows whose handouts were asked to fit on a page, checked before anything is made.
import { expect, it } from '@jest/globals';
import { checkRows } from '../../src/deliver/check-rows.ts';
import { guessMapping } from '../../src/deliver/columns.ts';
import { readTable } from '../../src/deliver/read-table.ts';
import { openPress } from '../../src/pdf/press.ts';
import { aPractice } from '../support/builders.ts';
import { ourLibrary } from '../support/house.ts';

const press = openPress();

async function warnings(text: string, choice: object) {
  const table = await readTable(Buffer.from(text), 'clients.csv');
  const checked = await checkRows({
    table,
    mapping: guessMapping(table),
    defaults: { articles: ['panic'], choice: { date: '2026-11-23', ...choice } },
    library: await ourLibrary(),
    practice: aPractice(),
    press,
    batch: 'print',
    idOf: String,
  });
  expect(checked.recipients).toHaveLength(3);
  return checked.warnings.map(({ row, column, code, message }) => [row, column, code, message]);
}

const WORDS = 'We spoke of the walk by the river and of what helped you there. '.repeat(25);
const ROWS = (note: string) => `Client,Note\nAnn,\nBo,${note}\nCy,Hello\n`;

it('one that does not fit is told once, at the row with most words in it', async () => {
  expect(await warnings(ROWS('Hi all of you'), { preset: 'full', fit: 1 })).toEqual([
    [3, null, 'fits-not', expect.stringMatching(/^“Panic attacks” takes \d pages here, and 1 was asked for\.$/u)],
  ]);
  expect(await warnings(ROWS(WORDS), { preset: 'one-page', fit: 1 })).toEqual([
    [3, null, 'fits-not', expect.stringContaining('takes 2 pages here')],
  ]);
});

it('nothing is said where it fits, or where nobody asked', async () => {
  expect(await warnings(ROWS('Hello'), { preset: 'one-page', fit: 2 })).toEqual([]);
  expect(await warnings(ROWS(WORDS), { preset: 'full' })).toEqual([]);
});
