import { describe, expect, it } from '@jest/globals';
import { columnsOf, guessMapping, mappingSchema, sampleRows, withoutIgnored } from '../../src/deliver/columns.ts';
import { exampleFile } from '../../src/deliver/example.ts';
import { FIELDS, fieldOf } from '../../src/deliver/headings.ts';
import { readTable } from '../../src/deliver/read-table.ts';
import { ourLibrary } from '../support/house.ts';

const read = (text: string | Buffer) => readTable(Buffer.from(text), 'clients.csv');
const guess = async (text: string) => guessMapping(await read(text));

describe('a heading', () => {
  it.each([
    ['Client', 'client'],
    ['CLIENT NAME', 'client'],
    ['patient_name', 'client'],
    ['E-Mail Address', 'email'],
    ['e mail', 'email'],
    ['Therapist', 'clinician'],
    ['Provider:', 'clinician'],
    ['Topic', 'handouts'],
    ['Large-Print?', 'largePrint'],
    ['May send', 'maySend'],
    ['Consent', 'consent'],
    ['Consent date', 'consentDate'],
    ['Private mailbox?', 'privateMailbox'],
    ['ZIP', 'postcode'],
    ['MRN', 'reference'],
    ['ID', 'reference'],
    ['# Copies', 'copies'],
    ['Teléfono', null],
    ['Dirección', 'address'],
    ['Straße', 'street'],
    ['PLZ', 'postcode'],
    ['Prénom', 'first'],
    ['Langue', 'language'],
    ['Merkblätter', 'handouts'],
    ['Notes', null],
    ['Internal note', null],
    ['Date', null],
    ['Plan', null],
    ['Appointment', null],
    ['Next appointment', 'appointment'],
    ['Date of birth', null],
    ['Diagnosis', null],
    ['', null],
    ['constructor', null],
  ])('%j is taken for %j', (heading, field) => {
    expect(fieldOf(heading)).toBe(field);
  });

  it('that names a field as our pages do is known', () => {
    const all = Object.entries(FIELDS);
    for (const [field, label] of all) expect([label, fieldOf(label)]).toEqual([label, field]);
  });
});

describe('the guess', () => {
  it.each([
    ['Client,Note,Shoe size,Note\nAnn,x,44,y', ['client', 'note', null, null]],
    ['First name,Last name,Client\nAnn,Lee,Ann Lee', [null, null, 'client']],
    ['Name,First name\nLee,Ann', ['last', 'first']],
    ['Name,Last name\nAnn,Lee', ['first', 'last']],
    ['Name,First name,Last name\nAnn Lee,Ann,Lee', ['client', null, null]],
    ['Client,x\n"Lee, Ann",1\n"Ray, Bo",1\nCher,1', ['lastFirst', null]],
    [
      'Client,Handout 1,Handout 2,Address 1,Address 2\nAnn,a,b,c,d',
      ['client', 'handouts', 'handouts', 'address', 'address'],
    ],
    ['"Last, First",Copies\n"Lee, Ann",1', ['lastFirst', 'copies']],
  ])('for %j', async (text, mapping) => {
    expect(await guess(text)).toEqual(mapping);
    expect(mappingSchema.parse(await guess(text))).toEqual(mapping);
  });

  it('knows all columns of the example file', async () => {
    expect(await guess(exampleFile(await ourLibrary()).toString())).not.toContain(null);
  });
});

describe('columns that are ignored', () => {
  it('are named, and nothing of them is kept', async () => {
    const table = await read('Client,Diagnosis,Note,\nAnn,F40.1,x,secret\n\nBo,F41.0,y,\n');
    const mapping = guessMapping(table);
    const ignored = columnsOf(table, mapping).filter(({ field }) => field === null);
    expect(ignored.map(({ label }) => label)).toEqual(['Diagnosis', 'column D']);
    const kept = withoutIgnored(table, mapping);
    expect(kept.mapping).toEqual(['client', 'note']);
    expect(kept.table.headings).toEqual(['Client', 'Note']);
    expect(kept.table.rows).toEqual([
      { row: 2, cells: ['Ann', 'x'] },
      { row: 4, cells: ['Bo', 'y'] },
    ]);
    expect(JSON.stringify(kept)).not.toMatch(/F4|secret|Diagnosis/u);
  });

  it('have letters as in the spreadsheet', async () => {
    const table = await read(`Client${',Same'.repeat(27)}\nAnn${',x'.repeat(27)}\n`);
    const columns = columnsOf(table, guessMapping(table));
    expect([columns[0]!.letter, columns[25]!.letter, columns[26]!.letter]).toEqual(['A', 'Z', 'AA']);
    expect(columns[26]!.label).toBe('Same (column AA)');
  });
});

it('three rows are shown as samples', async () => {
  const table = await read('Client\nAnn\n\nBo\nCy\nDi\n');
  expect(sampleRows(table).map(({ row }) => row)).toEqual([2, 4, 5]);
});
