// Rows of a spreadsheet that name a choice which the practice saved, and forms that do it for all of them.
import { describe, expect, it } from '@jest/globals';
import { type Asked, checkRows } from '../../src/deliver/check-rows.ts';
import { guessMapping } from '../../src/deliver/columns.ts';
import type { Defaults } from '../../src/deliver/make-recipient.ts';
import { readTable } from '../../src/deliver/read-table.ts';
import { type Preset, readPreset } from '../../src/merge/preset.ts';
import { openPress } from '../../src/pdf/press.ts';
import { aLibrary, anArticle, aPractice, aSection, problemsOf } from '../support/builders.ts';

const press = openPress();
const DATE = '2026-11-23';
const LIBRARY = aLibrary({
  articles: [
    anArticle(),
    anArticle({ lang: 'es', title: 'Encontrar la calma', sections: [aSection('first')] }),
    anArticle({ slug: 'sleep', title: 'Sleep' }),
  ],
});

function saved(name: string, choice: object): Preset {
  const read = readPreset({ name, choice });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.preset;
}

const SAVED = [
  saved('Calm, in large', { article: 'calm', sections: ['second', 'first'], largePrint: true, paper: 'a4', fit: 2 }),
  saved('Una página', { article: 'calm', language: 'es', preset: 'one-page' }),
];

async function check(text: string, defaults: Partial<Defaults> = {}, some: Partial<Asked> = {}) {
  const table = await readTable(Buffer.from(text), 'clients.csv');
  return checkRows({
    table,
    mapping: guessMapping(table),
    defaults: { articles: ['sleep'], choice: { date: DATE }, ...defaults },
    library: LIBRARY,
    practice: aPractice(),
    press,
    batch: 'print',
    saved: SAVED,
    idOf: String,
    ...some,
  });
}

describe('a saved choice named in a row', () => {
  it.each([
    ['its very name', 'Handouts', '"Calm, in large"'],
    ['its name in other letters', 'Handouts', 'CALM IN LARGE'],
    ['the column of presets', 'Preset', '"Calm, in large"'],
  ])('by %s gives its article, sections and looks', async (_how, heading, cell) => {
    const { recipients, problems } = await check(`Client,${heading}\nAnn,${cell}\n`);
    expect(problems).toEqual([]);
    expect(recipients[0]!.handouts).toMatchObject([
      {
        article: 'calm',
        sections: ['second', 'first'],
        largePrint: true,
        paper: 'a4',
        fit: 2,
        client: 'Ann',
        date: DATE,
      },
    ]);
  });

  it('stands beside articles, and is printed in its own language', async () => {
    const { recipients } = await check('Client,Handouts\nAnn,"una pagina; sleep"\n');
    expect(recipients[0]!.handouts.map(({ article, language }) => [article, language])).toEqual([
      ['calm', 'es'],
      ['sleep', 'en'],
    ]);
  });

  it('yields to what the row says itself', async () => {
    const { recipients } = await check(
      'Client,Handouts,Large print,Sections\nAnn,"Calm, in large",no,Title of first\n',
    );
    expect(recipients[0]!.handouts).toMatchObject([{ largePrint: false, sections: ['first'] }]);
  });

  it('that does not fit the row’s language is a problem of the handout', async () => {
    const { problems } = await check('Client,Handouts,Language\nAnn,"Calm, in large",Spanish\n');
    expect(problems.map(({ row, column, code }) => [row, column, code])).toEqual([[2, 'Handouts', 'section-unknown']]);
  });

  it('is not a preset for the handout that the row names beside it', async () => {
    const { problems } = await check('Client,Handouts,Preset\nAnn,sleep,"Calm, in large"\n');
    expect(problems.map(({ column, code }) => [column, code])).toEqual([['Preset', 'field-invalid']]);
  });
});

describe('a saved choice for all rows', () => {
  it('is printed before the articles, with a look that either of them has', async () => {
    const defaults = {
      saved: ['Calm, in large'],
      choice: { date: DATE, largePrint: false, binder: true, paper: 'letter' },
    };
    const { recipients } = await check('Client,Handouts\nAnn,\nBo,sleep\n', defaults);
    expect(recipients[0]!.handouts).toMatchObject([
      { article: 'calm', largePrint: true, binder: true, paper: 'letter', sections: ['second', 'first'] },
      { article: 'sleep', largePrint: false, binder: true },
    ]);
    expect(recipients[1]!.handouts.map(({ article }) => article)).toEqual(['sleep']);
  });

  it('is refused before any row where there is none of the name, or where its article is gone', async () => {
    const none = await problemsOf(() => check('Client\nAnn\n', { saved: ['Other'] }));
    expect(none.map(({ code, place }) => [code, place])).toEqual([['preset-unknown', { field: 'saved' }]]);
    const gone = [saved('Gone', { article: 'panic' })];
    const problems = await problemsOf(() => check('Client\nAnn\n', { articles: [], saved: ['Gone'] }, { saved: gone }));
    expect(problems.map(({ code }) => code)).toEqual(['article-unknown']);
  });
});
