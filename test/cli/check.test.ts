import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exampleFile } from '../../src/deliver/example.ts';
import { rawWorkbook } from '../deliver/workbook.ts';
import { ourLibrary } from '../support/house.ts';
import { Clone } from './clone.ts';

let clone: Clone;
beforeAll(() => {
  clone = new Clone();
});
afterAll(() => clone.remove());

const ARTICLE = 'why-relationships-matter';

const check = async (text: string | Buffer, ...flags: string[]) => {
  const file = clone.write('clients.csv', text);
  const { code, out, said } = await clone.run(['check', file, ...flags]);
  return { code, lines: out.toString().trimEnd().split('\n'), said };
};

describe('keepsake check', () => {
  it('ends with 0 when every row is ready, as those of the example are', async () => {
    const { code, lines, said } = await check(exampleFile(await ourLibrary()), '--json');
    expect(said).toEqual([]);
    const answer = JSON.parse(lines.join('\n'));
    expect(answer).toMatchObject({ rows: 5, ready: 5, problems: [], same: [], warnings: [] });
    expect(code).toBe(0);
    expect(await check('Client,Shoe size\nAnn,44\n', '--article', ARTICLE, '--preset', 'one-page')).toEqual({
      code: 0,
      lines: ['1 row: 1 ready.', 'Taken: Client = Client’s name.', 'Ignored: Shoe size.'],
      said: [],
    });
  });

  it('says once for all rows what a discreet page only hints at', async () => {
    const { code, lines } = await check('Client,Discreet\nAnn,yes\nBo,yes\nCy,no\n', '--article', ARTICLE);
    expect(lines.filter((line) => line.includes('say it aloud'))).toEqual([
      expect.stringMatching(/^Look at row 2, Discreet: .*“If you are afraid of someone at home”/u),
    ]);
    expect(code).toBe(0);
  });

  it('tells of rows that are hidden in Excel, and takes them when told to', async () => {
    const row = (at: number, name: string, how = '') =>
      `<row r="${at}"${how}><c r="A${at}" t="inlineStr"><is><t>${name}</t></is></c></row>`;
    const book = rawWorkbook(row(1, 'Client') + row(2, 'Ann') + row(3, 'Una', ' hidden="1"'));
    const left = await check(book, '--article', ARTICLE);
    expect([left.code, left.lines[0]]).toEqual([1, '2 rows: 1 ready, 1 hidden in the spreadsheet.']);
    expect(left.lines.at(-1)).toBe('Row 3: hidden in the spreadsheet. Give --hidden-too to make it.');
    expect((await check(book, '--article', ARTICLE, '--hidden-too')).lines[0]).toBe('2 rows: 2 ready.');
  });

  it('ends with 1 and says every problem by row and column, and nobody’s name', async () => {
    const text = `Client,Topic,Copies,Language\nWinifred,${ARTICLE},x,\n\nWinifred,no such page,,\nUrsula,${ARTICLE},,fr\nUna,,,\nUna,,,\nUNA,,2,\n`;
    const { code, lines, said } = await check(text, '--article', ARTICLE);
    expect(code).toBe(1);
    expect(said).toEqual([]);
    expect(lines).toEqual([
      '6 rows: 2 ready, 3 need a fix, 1 same as row 6.',
      'Taken: Client = Client’s name; Topic = Handouts; Copies = Copies; Language = Language.',
      'Row 2, Copies: What stands under “Copies” can’t be read. Write a number from 1 to 20.',
      'Row 4, Topic: The handout named here is not one of the library. Write its title or its name as in the list of articles, or the name of a choice you saved.',
      expect.stringMatching(/^Row 5, Language: “[^”]+” is not there in the language asked for\. It is there in: /u),
      'Row 7: same as row 6.',
      'Look at row 8, Client: Row 6 has a client of the same name. Check that each gets what is meant for them.',
    ]);
  });

  it('refuses a file without headings, and says none of its cells', async () => {
    const { code, lines, said } = await check('Winifred,hand\nUrsula,post\n', '--article', ARTICLE);
    expect(code).toBe(1);
    expect(lines).toEqual(['']);
    expect(said).toEqual([
      expect.stringMatching(/^Row 1 has no heading we know\. Put headings above the rows, such as Client/u),
    ]);
  });

  it('refuses what is no spreadsheet, and a file that is not there', async () => {
    expect((await check('%PDF-1.7')).said).toEqual([expect.stringMatching(/^This is a PDF\. /u)]);
    const { code, said } = await clone.run(['check', clone.path('Winifred.csv')]);
    expect(code).toBe(1);
    expect(said).toEqual(['The file can’t be opened. Check its path.']);
  });

  it('ends with 2 when the call’s words are off', async () => {
    expect((await check('Client\nAnn\n', '--by', 'pigeon')).code).toBe(2);
    expect((await clone.run(['check'])).code).toBe(2);
  });
});
