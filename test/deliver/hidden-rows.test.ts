// Rows that a filter or a hand has hidden in Excel: found in the file, left out, and made when somebody says so.
import { describe, expect, it } from '@jest/globals';
import { checkRows } from '../../src/deliver/check-rows.ts';
import { guessMapping } from '../../src/deliver/columns.ts';
import { correctedFile } from '../../src/deliver/corrections.ts';
import { readTable } from '../../src/deliver/read-table.ts';
import { outcomesOf, tally } from '../../src/deliver/report.ts';
import { openPress } from '../../src/pdf/press.ts';
import { aLibrary, aPractice } from '../support/builders.ts';
import { rawWorkbook, workbookOf } from './workbook.ts';

const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
const row = (number: number, text: string, how = '') => `<row r="${number}"${how}>${cell(`A${number}`, text)}</row>`;
const read = (bytes: Buffer) => readTable(bytes, 'clients.xlsx');
const HIDDEN = ' spans="1:2" hidden="1"';

describe('hidden rows of a workbook', () => {
  it('are told by their numbers, as Excel writes them', async () => {
    const data = [row(1, 'Client'), row(2, 'Ann'), row(3, 'Bo', HIDDEN), row(5, 'Cy', ' hidden="true"'), row(6, 'Di')];
    const table = await read(rawWorkbook(data.join('')));
    expect(table.rows.map((one) => one.row)).toEqual([2, 3, 5, 6]);
    expect(table.hidden).toEqual([3, 5]);
  });

  it('count only where there is something in them, and only when they are hidden', async () => {
    const data = [row(1, 'Client'), row(2, 'hidden="1"', ' hidden="0"'), `<row r="3"${HIDDEN}/>`, row(4, 'Bo')];
    expect((await read(rawWorkbook(data.join('')))).hidden).toEqual([]);
  });

  it('are found in a sheet of many pieces', async () => {
    const clients = Array.from({ length: 9000 }, (_, at) => row(at + 2, `Client ${at}`, at % 3 === 0 ? HIDDEN : ''));
    const { hidden } = await read(rawWorkbook([row(1, 'Client'), ...clients].join('')));
    expect(hidden).toEqual(Array.from({ length: 3000 }, (_, at) => 3 * at + 2));
  });

  it('are those of the sheet that is read', async () => {
    const notes = { name: 'Notes', data: row(1, 'Old') + row(2, 'Older', HIDDEN) };
    const clients = { name: 'Clients', data: row(1, 'Client') + row(2, 'Ann') + row(3, 'Bo', HIDDEN) };
    for (const sheets of [
      [notes, clients],
      [clients, notes],
    ])
      expect(await read(workbookOf(sheets))).toMatchObject({ sheet: 'Clients', hidden: [3] });
  });
});

describe('a check of them', () => {
  const table = () => read(rawWorkbook([row(1, 'Client'), row(2, 'Ann'), row(3, 'Bo', HIDDEN), row(4, 'Cy')].join('')));
  const check = async (hiddenToo: boolean) => {
    const found = await table();
    return checkRows({
      table: found,
      mapping: guessMapping(found),
      defaults: { articles: ['calm'], choice: { date: '2026-11-23' } },
      library: aLibrary(),
      practice: aPractice(),
      press: openPress(),
      batch: 'print',
      hiddenToo,
      idOf: String,
    });
  };

  it('leaves them out, says how many, and has them in the report', async () => {
    const checked = await check(false);
    expect(checked.summary).toBe('3 rows: 2 ready, 1 hidden in the spreadsheet');
    expect(checked.recipients.map((one) => one.row)).toEqual([2, 4]);
    const made = checked.recipients.map((one) => ({ row: one.row, pages: 1, sheets: 1, firstPage: 1, sha256: '' }));
    const outcomes = outcomesOf(checked, made);
    expect(outcomes.map((one) => [one.row, one.refused])).toEqual([
      [2, null],
      [3, 'Hidden in the spreadsheet.'],
      [4, null],
    ]);
    expect(tally(outcomes)).toBe('3 rows: 2 done, 1 refused');
  });

  it('makes them when told to', async () => {
    expect((await check(true)).summary).toBe('3 rows: 3 ready');
  });

  it('keeps them out of the corrected file, where they would show', async () => {
    expect(correctedFile(await table()).toString()).toBe('\ufeffClient\r\nAnn\r\n\r\nCy\r\n');
  });
});
