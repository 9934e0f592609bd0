import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Correction, correct, correctedFile } from '../../src/deliver/corrections.ts';
import { writeCsv } from '../../src/deliver/csv.ts';
import { inert } from '../../src/deliver/formulas.ts';
import { readTable } from '../../src/deliver/read-table.ts';
import type { Delimiter, Table } from '../../src/deliver/table.ts';
import { problemsOf } from '../support/builders.ts';

const read = (text: string | Buffer) => readTable(Buffer.from(text), 'clients.csv');

describe('corrections', () => {
  const text = 'List\n\nClient,Note\nAnn,x\n\nBo,"one\ntwo"\n';

  it('change cells by the row of the spreadsheet, the last one last', async () => {
    const table = correct(await read(text), [
      { row: 6, column: 0, value: 'Bob' },
      { row: 6, column: 0, value: 'Robert' },
      { row: 4, column: 1, value: '' },
    ]);
    expect(table.rows).toEqual([
      { row: 4, cells: ['Ann', ''] },
      { row: 6, cells: ['Robert', 'one\ntwo'] },
    ]);
  });

  it.each<Correction>([
    { row: 5, column: 0, value: 'x' },
    { row: 3, column: 0, value: 'x' },
    { row: 4, column: 2, value: 'x' },
  ])('of a cell that is not there are refused: %j', async (correction) => {
    const table = await read(text);
    expect((await problemsOf(() => correct(table, [correction]))).map(({ code }) => code)).toEqual(['field-invalid']);
  });

  it('put a row right whose cells had moved', async () => {
    const table = await read('Client,Note\nLee, Ann,x\nRay, Bo,y\n');
    const changed = correct(table, [
      { row: 2, column: 0, value: 'Ann Lee' },
      { row: 2, column: 1, value: 'x' },
      { row: 2, column: 2, value: '' },
    ]);
    expect([table.shifted, changed.shifted]).toEqual([[2, 3], [3]]);
  });
});

describe('the corrected file', () => {
  it('keeps every row where it stood, opens in Excel, and runs nothing', async () => {
    const table = await read('List;;\n\nClient;Note\n=1+1;- walk\n\n+49 170;-5\nZoë;"a ""b""\nc"\n');
    expect(correctedFile(table).toString()).toBe(
      '\ufeff\r\n\r\nClient;Note\r\n\'=1+1;\'- walk\r\n\r\n\'+49 170;-5\r\nZoë;"a ""b""\nc"\r\n',
    );
  });

  const cell = fc.oneof(
    fc.constantFrom(
      'Ann',
      '=1+1',
      "'=1",
      "''-x",
      '-5',
      '+49 1',
      '@SUM',
      '\tx',
      '\rx',
      'a;b',
      'a,b',
      'a\tb',
      '"',
      'a\r\nb',
      ' ',
      '',
    ),
    fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .filter((text) => [...text].every((char) => char >= ' ' && char !== '\ufeff')),
  );
  const tables = fc.record({
    delimiter: fc.constantFrom<Delimiter>(',', ';', '\t'),
    gaps: fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 6 }),
    cells: fc.array(fc.tuple(fc.constantFrom('Ann', 'Bo'), cell, cell, fc.constant('end')), {
      minLength: 6,
      maxLength: 6,
    }),
  });

  it('reads back as it was written, whatever stands in its cells', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async ({ delimiter, gaps, cells }) => {
        let row = 1;
        const rows = gaps.map((gap, index) => {
          row += gap + 1;
          return { row, cells: cells[index]! };
        });
        const headings = ['Client', 'Note', 'Clinician', 'Reference'];
        const table: Table = { headings, headingRow: 1, rows, shifted: [], hidden: [], delimiter, sheet: null };
        expect(await read(correctedFile(table))).toEqual(table);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a cell that a spreadsheet would run', () => {
  it.each(['=1+1', '+cmd', '-x', '@SUM(A1)', '\tx', '\rx', '＝1', "'=1", '- walk', '+1 555 0100', '-1-1'])(
    '%j is made inert',
    (text) => {
      expect(inert(text)).toBe(`'${text}`);
    },
  );

  it.each(['-5', '+5', '-0.5', '-0,5', 'Ann', "O'Brien", "'tis", 'a=b', '', '–5', '5-6'])(
    '%j is left alone',
    (text) => {
      expect(inert(text)).toBe(text);
    },
  );

  it('is inert in every file that is written', () => {
    const text = writeCsv([['=HYPERLINK("http://example.org","x")', '-2']]).toString();
    expect(text).toBe('\ufeff"\'=HYPERLINK(""http://example.org"",""x"")",-2\r\n');
  });
});
