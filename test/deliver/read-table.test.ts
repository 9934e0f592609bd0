import { describe, expect, it } from '@jest/globals';
import { digestOf, readTable } from '../../src/deliver/read-table.ts';
import { problemsOf } from '../support/builders.ts';
import { aWorkbook, aZip, rawWorkbook } from './workbook.ts';

const utf8 = (text: string) => Buffer.from(text);
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const read = (bytes: Buffer, name = 'clients.csv') => readTable(bytes, name);
/** `2: Ann|yes` */
const shown = async (bytes: Buffer) =>
  (await read(bytes)).rows.map(({ row, cells }) => `${row}: ${cells.join('|').replaceAll('\n', '/')}`);
const why = async (bytes: Buffer, name = 'clients.csv') => {
  const problems = await problemsOf(() => read(bytes, name));
  return problems.map(({ code, message, hint }) => `${code}: ${message} ${hint}`);
};

describe('a text file is read', () => {
  const text = 'Client,Note\r\nZoë Müller,“Hi”\r\n';
  it.each([
    ['UTF-8', utf8(text)],
    ['UTF-8 with its mark', utf8(`\ufeff${text}`)],
    ['UTF-16LE with its mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16BE with its mark', utf16be(`\ufeff${text}`)],
    ['UTF-16LE without a mark', Buffer.from(text, 'utf16le')],
    ['UTF-16BE without a mark', utf16be(text)],
    ['Windows-1252', Buffer.from('Client,Note\r\nZo\xeb M\xfcller,\x93Hi\x94\r\n', 'latin1')],
  ])('in %s', async (_name, bytes) => {
    const { headings, rows } = await read(bytes);
    expect(headings).toEqual(['Client', 'Note']);
    expect(rows).toEqual([{ row: 2, cells: ['Zoë Müller', '“Hi”'] }]);
  });

  it.each([
    [',', 'Client,Note\n"Lee, Ann","a;b"'],
    [';', 'Client;Note\n"Lee, Ann";"a;b"'],
    [';', 'Client;Note\nLee, Ann;"a;b"'],
    ['\t', 'Client\tNote\nLee, Ann\ta;b'],
    [';', 'sep=;\r\nClient;Note\r\nLee, Ann;"a;b"'],
    ['\t', 'SEP=\t\nClient\tNote\nLee, Ann\ta;b'],
  ])('parted by %j: %j', async (delimiter, text) => {
    const table = await read(utf8(text));
    expect(table.delimiter).toBe(delimiter);
    expect(table.headings).toEqual(['Client', 'Note']);
    expect(table.rows).toEqual([{ row: 2, cells: ['Lee, Ann', 'a;b'] }]);
  });

  it('of one column, where a comma is part of a name', async () => {
    expect(await shown(utf8('Client\nLee, Ann\nRay, Bo\n'))).toEqual(['2: Lee, Ann', '3: Ray, Bo']);
  });

  it('with line ends of every kind, also in one file', async () => {
    expect(await shown(utf8('Client\rAnn\r\nBo\nCy'))).toEqual(['2: Ann', '3: Bo', '4: Cy']);
  });

  it('whole, wherever it is cut on the way', async () => {
    const name = '😀'.repeat(40_000);
    expect((await read(utf8(`Client\n${name}`))).rows[0]!.cells[0] === name).toBe(true);
  });

  it('with quotation marks that stand in a text', async () => {
    expect(await shown(utf8('Client,Note\nAnn "Bee" Lee,say "hi"\n"Bo ""B"" Ray",x'))).toEqual([
      '2: Ann "Bee" Lee|say "hi"',
      '3: Bo "B" Ray|x',
    ]);
  });
});

describe('a row keeps the number it has in the spreadsheet', () => {
  it('after blank rows, rows of commas and texts of several lines', async () => {
    const text = 'Client,Note\n\nAnn,"one\r\ntwo\n\nfour"\n,\n   ,\nBo,x\n\n\n';
    expect(await shown(utf8(text))).toEqual(['3: Ann|one\r/two//four', '6: Bo|x']);
  });

  it('under a title and blank rows above the headings', async () => {
    const table = await read(utf8('Morning list;;\n\nClient;Note;E-mail\nAnn;;a@example.org\n'));
    expect(table.headingRow).toBe(3);
    expect(table.rows).toEqual([{ row: 4, cells: ['Ann', '', 'a@example.org'] }]);
  });

  it('where a workbook leaves rows out', async () => {
    const bytes = aWorkbook({ Clients: { 2: ['Client', 'Note'], 5: ['Ann', null], 9: ['Bo', 'x'] } });
    const table = await read(bytes, 'clients.xlsx');
    expect(table.headingRow).toBe(2);
    expect(table.rows).toEqual([
      { row: 5, cells: ['Ann', ''] },
      { row: 9, cells: ['Bo', 'x'] },
    ]);
  });
});

describe('columns', () => {
  it('without anything in them are none', async () => {
    const table = await read(utf8('Client,Note,,,\nAnn,x,,,\nBo,,,,\n'));
    expect(table.headings).toEqual(['Client', 'Note']);
    expect(table.shifted).toEqual([]);
  });

  it('may have no heading, or the same one twice', async () => {
    const table = await read(utf8('Client,Note,Note,\nAnn,x,y,z\n'));
    expect(table.headings).toEqual(['Client', 'Note', 'Note', '']);
    expect(table.shifted).toEqual([]);
  });

  it('are told from a comma that was not meant to part cells', async () => {
    const table = await read(utf8('Client,Note\nAnn,fine\nLee, Ann,moved\n'));
    expect(table.shifted).toEqual([3]);
  });
});

describe('a workbook is read', () => {
  it('with days, times, numbers and truths as text', async () => {
    const bytes = aWorkbook({
      A: { 1: ['Client', 'Next appointment', 'Copies', 'Large print'], 2: ['Zoë <3', { day: 46350 }, 2, true] },
    });
    const { rows } = await read(bytes, 'a.xlsx');
    expect(rows[0]!.cells).toEqual(['Zoë <3', '2026-11-24', '2', 'yes']);
  });

  it('from the sheet with headings we know', async () => {
    const bytes = aWorkbook({ Rooms: { 1: ['Room'], 2: ['12'] }, Week: { 1: ['Client', 'Note'], 2: ['Ann', 'x'] } });
    const table = await read(bytes, 'a.xlsx');
    expect(table.sheet).toBe('Week');
    expect(table.rows).toEqual([{ row: 2, cells: ['Ann', 'x'] }]);
  });

  it('with nothing where a formula was never worked out', async () => {
    const bytes = aWorkbook({ A: { 1: ['Client', 'Note'], 2: ['Ann', { formula: 'A2' }], 3: ['Bo', 'x'] } });
    const { rows } = await read(bytes, 'a.xlsx');
    expect(rows.map(({ cells }) => cells[1])).toEqual(['', 'x']);
  });
});

describe('a bomb', () => {
  const TOO_MUCH =
    'The workbook unfolds to more than can be read here. Copy the rows you need into a new workbook, or save the sheet as CSV.';

  it('of 150 kB that unfolds to 150 MB is one sentence at once', async () => {
    const bytes = rawWorkbook('<row r="1"><c r="A1"><v>1</v></c></row>'.repeat(3_900_000));
    expect(bytes.length).toBeLessThan(600_000);
    const start = performance.now();
    expect(await why(bytes)).toEqual([`table-too-large: ${TOO_MUCH}`]);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it.each([
    ['one cell in the farthest corner', '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'],
    [
      'many rows with one cell far to the right',
      Array.from({ length: 3000 }, (_, at) => `<row r="${at + 1}"><c r="XFD${at + 1}"><v>1</v></c></row>`).join(''),
    ],
  ])('of %s ends only its thread', async (_name, data) => {
    const bytes = rawWorkbook(data);
    expect(bytes.length).toBeLessThan(40_000);
    const before = process.memoryUsage().rss;
    expect(await why(bytes)).toEqual([`table-too-large: ${TOO_MUCH}`]);
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });

  it('that takes too long is stopped', async () => {
    const bytes = rawWorkbook('<row><c r="A1"><v>1</v></c></row>'.repeat(1_000_000));
    const start = performance.now();
    const problems = await problemsOf(() => readTable(bytes, 'a.xlsx', { heapMb: 1000, milliseconds: 150 }));
    expect(problems).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it('that lies about its size gets no more room than it claims', async () => {
    const lie = aZip({ 'xl/workbook.xml': ' '.repeat(50_000_000) }, 100);
    expect(await why(lie)).toEqual([expect.stringMatching(/^table-unreadable: The workbook is damaged/u)]);
  });
});

describe('what is no spreadsheet is told so', () => {
  const start = (hex: string) => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(600)]);
  const SAVE = 'Open it, save it as .xlsx or CSV, and choose that file.';
  it.each([
    ['old.xls', start('d0cf11e0a1b11ae1'), `This is an old Excel file (.xls). ${SAVE}`],
    ['locked.xlsx', start('d0cf11e0a1b11ae1'), `This is a file with a password, or of an old kind. ${SAVE}`],
    ['a.pdf', utf8('%PDF-1.7\n'), `This is a PDF. ${SAVE}`],
    [
      'a.ods',
      aZip({ mimetype: 'application/vnd.oasis', 'content.xml': '<a/>' }),
      `This is an OpenDocument file (.ods). ${SAVE}`,
    ],
    ['a.numbers', aZip({ 'Index/Document.iwa': 'x' }), `This is a Numbers file. ${SAVE}`],
    ['a.docx', aZip({ 'word/document.xml': '<a/>' }), `This is a Word document. ${SAVE}`],
    ['a.xlsb', aZip({ 'xl/workbook.bin': 'x' }), `This is a binary Excel file (.xlsb). ${SAVE}`],
    ['a.xlsx', aWorkbook({ A: { 1: ['Client'] } }).subarray(0, 300), `This is a damaged workbook. ${SAVE}`],
    [
      'report.xls',
      utf8('<html><table><tr><td>Ann'),
      `This is a web page or XML under the name of a spreadsheet. ${SAVE}`,
    ],
    ['photo.csv', start('89504e470d0a1a0a'), `This is a picture. ${SAVE}`],
    [
      'noise.csv',
      Buffer.from([67, 0, 1, 2, 3, 200, 4, 5]),
      'This is not a spreadsheet we can read. Save it as .xlsx or CSV.',
    ],
    ['empty.csv', Buffer.alloc(0), 'The file is empty. Choose the spreadsheet again.'],
    ['blank.csv', utf8('\n , ,\n\n'), 'There is nothing in the file. Choose the spreadsheet again.'],
    [
      'head.csv',
      utf8('Client,Note\n'),
      'There are headings but no rows under them. Add a row for each client, and save the file again.',
    ],
    [
      'open.csv',
      utf8('Client,Note\nAnn,x\nBo,"open\nCy,y\n'),
      'A quotation mark that opens in row 3 is never closed. Put it right in your spreadsheet program and save the file again.',
    ],
  ])('%s', async (name, bytes, sentence) => {
    expect(await why(bytes, name)).toEqual([`table-unreadable: ${sentence}`]);
  });

  it('and so is an empty sheet', async () => {
    expect(await why(aWorkbook({ A: {} }))).toEqual([expect.stringContaining('There is nothing in the file.')]);
  });
});

describe('too much is refused', () => {
  const PART = 'Part it into several files.';
  it('above 20 MB', async () => {
    expect(await why(Buffer.alloc(20_000_001, 97))).toEqual([
      `table-too-large: The file is larger than 20 MB. ${PART}`,
    ]);
  });

  it('above 100,000 rows, and read up to there', async () => {
    expect((await read(utf8(`Client\n${'Ann\n'.repeat(100_000)}`))).rows).toHaveLength(100_000);
    const more = utf8(`Client\n${'Ann\n'.repeat(140_000)}`);
    expect(await why(more)).toEqual([`table-too-large: The file has more than 100,000 rows. ${PART}`]);
  });

  it('above 200 columns', async () => {
    const wide = utf8(`Client,Note\nAnn${',x'.repeat(250)}\n`);
    expect(await why(wide)).toEqual([`table-too-large: The file has more than 200 columns. ${PART}`]);
  });
});

it('the same bytes have the same digest', () => {
  expect(digestOf(utf8('Client\n'))).toBe(digestOf(utf8('Client\n')));
  expect(digestOf(utf8('Client\n'))).not.toBe(digestOf(utf8('Client\r\n')));
  expect(digestOf(utf8('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
