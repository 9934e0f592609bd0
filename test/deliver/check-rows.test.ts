import { describe, expect, it } from '@jest/globals';
import type { Library } from '../../src/content/article.ts';
import { type Asked, type Checked, checkRows } from '../../src/deliver/check-rows.ts';
import { guessMapping } from '../../src/deliver/columns.ts';
import { readTable } from '../../src/deliver/read-table.ts';
import type { Recipient } from '../../src/deliver/recipient.ts';
import { openPress } from '../../src/pdf/press.ts';
import { aLibrary, anArticle, aPractice, aSection, problemsOf } from '../support/builders.ts';

const press = openPress();
const NEEDS_NAME = aSection('letter', { title: 'A letter', needsClient: true });
const LIBRARY: Library = aLibrary({
  articles: [
    anArticle(),
    anArticle({ lang: 'es', title: 'Encontrar la calma' }),
    anArticle({ slug: 'sleep', title: 'Sleep, and what helps', presets: { 'one-page': ['first'], full: ['first'] } }),
    anArticle({ slug: 'letters', title: 'Letters', sections: [aSection('first'), NEEDS_NAME] }),
  ],
});
const DATE = '2026-11-23';
const FORM = { articles: ['calm'], choice: { date: DATE } };
const AGREED = { kind: 'after-warning', date: '2026-11-20' } as const;

async function check(text: string, some: Partial<Asked> = {}): Promise<Checked> {
  const table = some.table ?? (await readTable(Buffer.from(text), 'clients.csv'));
  return checkRows({
    table,
    mapping: guessMapping(table),
    defaults: { articles: ['calm'], choice: { date: DATE } },
    library: LIBRARY,
    practice: aPractice(),
    press,
    batch: 'print',
    idOf: (row) => `id-${row}`,
    ...some,
  });
}

/** `3 Client: There is …` */
const said = ({ problems }: Pick<Checked, 'problems'>) =>
  problems.map(({ row, column, message }) => `${row} ${column}: ${message}`);
const only = ({ recipients, problems }: Checked): Recipient => {
  expect(said({ problems })).toEqual([]);
  expect(recipients).toHaveLength(1);
  return recipients[0]!;
};
const names = ({ recipients }: Checked) => recipients.map(({ handouts }) => handouts[0]!.client);

describe('a row that is ready', () => {
  it('becomes a recipient with everything it says', async () => {
    const text =
      'Patient,Article,Preset,Note,Large print,Discreet,Clinician,May send,E-mail,MRN,Copies,Street,City,State,Zip\n' +
      'Zoë Łukasiewicz,calm,One page,"Hello\n- walk",yes,x,Dr Reyes,"hand, post",z@example.org,A-7,2,12 Quay St,Salem,MA,2139\n';
    const recipient = only(await check(text));
    expect(recipient).toMatchObject({
      row: 2,
      id: 'id-2',
      copies: 2,
      initials: 'ZŁ',
      address: ['Zoë Łukasiewicz', '12 Quay St', 'Salem, MA 02139'],
      reference: 'A-7',
      email: 'z@example.org',
      maySend: ['hand', 'post'],
      clinician: 'Dr Reyes',
    });
    expect(recipient.handouts).toHaveLength(1);
    expect(recipient.handouts[0]).toMatchObject({
      article: 'calm',
      language: 'en',
      preset: 'one-page',
      client: 'Zoë Łukasiewicz',
      note: 'Hello\n- walk',
      largePrint: true,
      discreet: true,
      clinician: 'Dr Reyes',
      date: DATE,
    });
  });

  it('takes from the form what it does not say', async () => {
    const defaults = {
      articles: ['sleep', 'calm'],
      choice: { date: DATE, preset: 'full', language: 'en', note: 'From all of us', largePrint: true },
      copies: 3,
      maySend: ['hand'] as const,
    };
    const [ann, bo] = (await check('Client,Preset,Note,Large print\nAnn,,,\nBo,one-page,Own,no\n', { defaults }))
      .recipients;
    expect(ann).toMatchObject({ copies: 3, maySend: ['hand'], clinician: 'Dr Lee' });
    expect(ann!.handouts.map(({ article }) => article)).toEqual(['sleep', 'calm']);
    expect(ann!.handouts[0]).toMatchObject({ preset: 'full', note: 'From all of us', largePrint: true });
    expect(bo!.handouts[0]).toMatchObject({ preset: 'one-page', note: 'Own', largePrint: false });
  });

  it('may name sections instead of the form’s preset, by heading or id', async () => {
    const defaults = { articles: ['calm'], choice: { date: DATE, preset: 'full' } };
    const recipient = only(await check('Client,Sections\nAnn,"Title of second; FIRST"\n', { defaults }));
    expect(recipient.handouts[0]).toMatchObject({ sections: ['second', 'first'] });
    expect(recipient.handouts[0]!.preset).toBeUndefined();
  });

  it('does not take the form’s sections for another handout', async () => {
    const defaults = { articles: ['calm'], choice: { date: DATE, sections: ['second'] } };
    const { recipients } = await check('Client,Handout\nAnn,\nBo,letters\n', { defaults });
    expect(recipients.map(({ handouts }) => handouts[0]!.sections)).toEqual([['second'], undefined]);
  });

  it.each([
    ['Client,Note\nAnn María de la Cruz,x', 'Ann María de la Cruz'],
    ['Client,Note\n"Cruz, Ana María",x', 'Ana María Cruz'],
    ['Client,Note\n"King, Martin Luther, Jr.",x', 'Martin Luther King Jr.'],
    ['First name,Last name\nAna María,Cruz', 'Ana María Cruz'],
    ['Vorname,Name\nJürgen,Groß', 'Jürgen Groß'],
    ['Nombre,Apellidos\nAna,Cruz López', 'Ana Cruz López'],
    ['Prénom,Nom\nChloé,Lefèvre', 'Chloé Lefèvre'],
    ['First name,E-mail\nAnn,', 'Ann'],
  ])('has its name from %j', async (text, name) => {
    expect(only(await check(text)).handouts[0]!.client).toBe(name);
  });

  it('keeps two names in one cell as they stand when the other rows have none', async () => {
    expect(names(await check('Client\nAnn Lee\nBo Ray\n"Cy, Di"\nEd\n'))).toEqual([
      'Ann Lee',
      'Bo Ray',
      'Cy, Di',
      'Ed',
    ]);
  });
});

describe('handouts of a row', () => {
  it.each([
    ['calm', ['calm en']],
    ['Finding calm', ['calm en']],
    ['FINDING CALM; letters', ['calm en', 'letters en']],
    ['calm, letters', ['calm en', 'letters en']],
    ['Sleep, and what helps', ['sleep en']],
    ['Sleep, and what helps; calm', ['sleep en', 'calm en']],
    ['calm\nletters', ['calm en', 'letters en']],
    ['Encontrar la calma', ['calm es']],
  ])('are found in %j', async (cell, found) => {
    const { handouts } = only(await check(`Client,Handouts\nAnn,"${cell}"\n`));
    expect(handouts.map(({ article, language }) => `${article} ${language}`)).toEqual(found);
  });

  it('may stand in several columns', async () => {
    const { handouts } = only(await check('Client,Handout 1,Handout 2\nAnn,calm,letters\n'));
    expect(handouts.map(({ article }) => article)).toEqual(['calm', 'letters']);
  });

  it('are never silently in another language', async () => {
    const text =
      'Client,Handout,Language\nAnn,sleep,Spanish\nBo,calm,Español\nCy,calm,es-MX\nDi,calm,French\nEd,calm,Klingonese\n';
    const checked = await check(text);
    expect(said(checked)).toEqual([
      '2 Language: “Sleep, and what helps” is not there in the language asked for.',
      '5 Language: “Finding calm” is not there in the language asked for.',
      '6 Language: What stands under “Language” can’t be read.',
    ]);
    expect(checked.recipients.map(({ handouts }) => handouts[0]!.language)).toEqual(['es', 'es-mx']);
  });

  it('missing in the form’s language are a problem of the handout the row names', async () => {
    const defaults = { articles: ['calm'], choice: { date: DATE, language: 'es' } };
    expect(said(await check('Client,Handout\nAnn,\nBo,letters\n', { defaults }))).toEqual([
      '3 Handout: “Letters” is not there in the language asked for.',
    ]);
  });
});

describe('every problem is told at once, by row and column', () => {
  it('in the words of staff', async () => {
    const text =
      'Client,Handout,Preset,Section,Large print,Copies,May send,Reference\n' +
      `${'A'.repeat(121)},panic,,,maybe,200,pigeon,\n` +
      'Bo,"calm; panic",other,,,,,\n' +
      ',letters,,,,,,\n' +
      'Cy \u{13000},,,nowhere,,,,#N/A\n';
    const checked = await check(text);
    expect(said(checked)).toEqual([
      '2 Client: The name can have at most 120 characters. Shorten it.',
      '2 Handout: The handout named here is not one of the library.',
      '2 Large print: What stands under “Large print” can’t be read.',
      '2 Copies: What stands under “Copies” can’t be read.',
      '2 May send: What stands under “May send” can’t be read.',
      '3 Handout: Handout 2 named here is not one of the library.',
      '3 Preset: “Finding calm” has no preset of this name.',
      '4 Client: The section “A letter” speaks to the client by name.',
      '5 Client: The name has a character we have no letters for: U+13000.',
      '5 Section: A section named here is not one of the handout.',
      '5 Reference: The cell shows an error of the spreadsheet.',
    ]);
    expect(checked.summary).toBe('4 rows: 0 ready, 4 need a fix');
  });

  it('and says nothing of a client', async () => {
    const secret = 'Sarsaparilla';
    const cells = Array.from({ length: 12 }, () => `${secret}\u{13000}`).join(',');
    const text = `Client,Handout,Preset,Section,Language,Large print,Copies,May send,Address,Paper,Handout date,MRN\n${cells}\n`;
    const checked = await check(text);
    expect(checked.problems.length).toBeGreaterThan(8);
    expect(JSON.stringify(checked)).not.toMatch(/sarsaparilla|\u{13000}/iu);
  });

  it('with the letter of a column whose heading is there twice or not at all', async () => {
    const table = await readTable(Buffer.from('Name,Copies,Copies,\nAnn,x,,panic\n'), 'a.csv');
    const checked = await check('', { table, mapping: ['client', 'copies', null, 'handouts'] });
    expect(checked.problems.map(({ column }) => column)).toEqual(['Copies (column B)', 'column D']);
  });

  it('when a comma in a text has moved the cells', async () => {
    const checked = await check('Client,Note\nAnn,fine\nLee, Ann,moved\n');
    expect(said(checked)).toEqual([
      '3 null: The row has more cells than there are headings: a comma in a text has moved the rest to the right.',
    ]);
  });

  it('once for a client with two handouts', async () => {
    expect(said(await check('Client,Handout\nCy \u{13000},"calm; letters"\n'))).toHaveLength(1);
  });

  it('when no handout is named anywhere', async () => {
    const defaults = { articles: [], choice: { date: DATE } };
    expect(said(await check('Client,Handout\nAnn,\nBo,calm\n', { defaults }))).toEqual([
      '2 Handout: No handout is named.',
    ]);
  });
});

describe('the form itself', () => {
  const refused = (some: Partial<Asked>) =>
    problemsOf(() => check('Client\nAnn\nBo\n', some)).then((all) => all.map(({ code }) => code));

  it.each([
    ['an article that is not there', { articles: ['panic'], choice: { date: DATE } }, ['article-unknown']],
    [
      'a language it is not there in',
      { articles: ['sleep'], choice: { date: DATE, language: 'es' } },
      ['language-unknown'],
    ],
    ['a preset it has not', { articles: ['calm'], choice: { date: DATE, preset: 'other' } }, ['preset-unknown']],
    ['a bad day, also without an article', { articles: [], choice: { date: '2026-02-30' } }, ['date-invalid']],
    [
      'two wrong things, each once',
      { articles: ['calm', 'sleep'], choice: { date: '', paper: 'a5' } },
      ['date-invalid', 'field-invalid'],
    ],
  ])('is refused before any row for %s', async (_name, defaults, codes) => {
    expect((await refused({ defaults })).toSorted()).toEqual(codes);
  });

  it('is refused without a crisis line', async () => {
    expect(await refused({ practice: aPractice({ country: 'ZZ' }) })).toEqual(['crisis-line-missing']);
  });

  it('may name an article that speaks by name: the rows have them', async () => {
    const defaults = { articles: ['letters'], choice: { date: DATE } };
    const checked = await check('Client,Note\nAnn,\n,x\n', { defaults });
    expect(names(checked)).toEqual(['Ann']);
    expect(said(checked)).toEqual(['3 Client: The section “A letter” speaks to the client by name.']);
  });

  it('is refused when two columns are taken for one thing, or not all columns are told', async () => {
    const table = await readTable(Buffer.from('Name,Copies\nAnn,1\n'), 'a.csv');
    expect(await refused({ table, mapping: ['client', 'client'] })).toEqual(['field-invalid']);
    expect(await refused({ table, mapping: ['client'] })).toEqual(['field-invalid']);
  });
});

describe('“May send” is kept', () => {
  const text =
    'Client,May send,E-mail\nAnn,hand,a@example.org\nBo,e-mail,b@example.org\nCy,none,c@example.org\nDi,,d@example.org\nEd,post and email,\nFi,mail,f@example.org\n';
  const MAIL = '7 May send: What stands under “May send” can’t be read.';

  it('for print', async () => {
    const checked = await check(text);
    expect(names(checked)).toEqual(['Ann', 'Di', 'Ed']);
    expect(said(checked)).toEqual([
      '3 May send: This client may be sent e-mail only, and this is a print file.',
      '4 May send: This client may not be sent anything.',
      MAIL,
    ]);
  });

  it('for e-mail, which somebody must have allowed', async () => {
    const defaults = { ...FORM, consent: AGREED };
    const checked = await check(text, { batch: 'email', defaults });
    expect(names(checked)).toEqual(['Bo']);
    expect(said(checked).filter((line) => line !== MAIL)).toEqual([
      '2 May send: Nothing says that this client may be sent e-mail.',
      '4 May send: This client may not be sent anything.',
      '5 May send: Nothing says that this client may be sent e-mail.',
      '6 E-mail: There is no e-mail address.',
    ]);
    const both = { ...defaults, maySend: ['email'] as const };
    expect(names(await check(text, { batch: 'email', defaults: both }))).toEqual(['Bo', 'Di']);
  });
});

describe('two rows with one address', () => {
  it('are pointed out where it is for e-mail', async () => {
    const text = 'Client,E-mail,Consent\nAnn,fam@example.org,password\nBo,Fam@example.org,password\n';
    const found = async (batch: 'email' | 'print') =>
      (await check(text, { batch })).warnings.filter(({ code }) => code === 'address-twice').map(({ row }) => row);
    expect([await found('email'), await found('print')]).toEqual([[3], []]);
  });
});

describe('consent to e-mail', () => {
  it('in the row is enough, where nothing is said of ways', async () => {
    const text = 'Client,E-mail,Consent,May send\nAnn,a@example.org,password,\nBo,b@example.org,password,hand\n';
    expect(names(await check(text, { batch: 'email' }))).toEqual(['Ann']);
  });

  const rows = (...cells: string[]) =>
    `Client,May send,E-mail,Consent,Consent date,Private mailbox\n${cells
      .map((cell, at) => `${'ABCDEFGH'[at]},email,c${at}@example.org,${cell}\n`)
      .join('')}`;

  it('is in each row, with its day', async () => {
    const text = rows('after warning 2026-11-20,,', 'yes,20.11.2026,yes', 'password,,');
    const { recipients } = await check(text, { batch: 'email' });
    expect(recipients.map(({ consent, privateMailbox }) => [consent, privateMailbox])).toEqual([
      [{ kind: 'after-warning', date: '2026-11-20' }, null],
      [{ kind: 'after-warning', date: '2026-11-20' }, true],
      [{ kind: 'password' }, null],
    ]);
  });

  it('missing, refused, without its day or not to be read keeps a row from being sent', async () => {
    const text = rows(',,', 'none,,', 'yes,,', 'yes,2026-02-30,', 'signed,,', ',2026-11-20,');
    const checked = await check(text, { batch: 'email' });
    expect(checked.recipients).toEqual([]);
    expect(said(checked)).toEqual([
      '2 Consent: The client has not agreed to e-mail.',
      '3 Consent: The client has not agreed to e-mail.',
      '4 Consent date: The day on which the client was warned and agreed is missing, is no day, or is still to come.',
      '5 Consent date: The day on which the client was warned and agreed is missing, is no day, or is still to come.',
      '6 Consent: What stands under “Consent to e-mail” can’t be read.',
      '7 Consent: The client has not agreed to e-mail.',
    ]);
  });

  it('of the form holds for rows that say nothing', async () => {
    const consent = { kind: 'after-warning', date: '2026-11-01' } as const;
    const text = rows(',,', 'none,,', 'password,,', ',2026-11-20,');
    const { recipients } = await check(text, { batch: 'email', defaults: { ...FORM, consent } });
    expect(recipients.map((one) => [one.row, one.consent])).toEqual([
      [2, consent],
      [4, { kind: 'password' }],
      [5, { kind: 'after-warning', date: '2026-11-20' }],
    ]);
  });

  it('counts for e-mail alone: what a print file needs none for is never read wrong', async () => {
    const text = 'Client,Consent,Private mailbox\nAnn,signed 3/4,ask\n';
    expect(names(await check(text))).toEqual(['Ann']);
  });

  it('does not open a mailbox that others read, unless the PDF is locked', async () => {
    const checked = await check(rows('yes,2026-11-20,no', 'password,,no'), { batch: 'email' });
    expect(said(checked)).toEqual(['2 Private mailbox: Others read this mailbox.']);
    expect(names(checked)).toEqual(['B']);
    expect(checked.warnings.map(({ row, column }) => `${row} ${column}`)).toEqual(['3 Private mailbox']);
  });
});

describe('rows that are alike', () => {
  const text = 'Client,Note\nAnn,x\n\nBo,x\nAnn , x\nann,y\n\n';

  it('are made once, and two clients of one name are pointed out', async () => {
    const checked = await check(text);
    expect(checked.same).toEqual([{ row: 5, as: 2 }]);
    expect(checked.recipients.map(({ row }) => row)).toEqual([2, 4, 6]);
    expect(checked.warnings.map(({ row, column, message }) => `${row} ${column}: ${message}`)).toEqual([
      '6 Client: Row 2 has a client of the same name.',
    ]);
    expect(checked.summary).toBe('4 rows: 3 ready, 1 same as row 2');
    expect(checked.rows).toBe(4);
  });

  it('are made twice when somebody says so', async () => {
    const checked = await check(text, { sameToo: true });
    expect(checked.recipients.map(({ row }) => row)).toEqual([2, 4, 5, 6]);
    expect(checked.same).toEqual([]);
    expect(checked.warnings.map(({ row, code }) => `${row} ${code}`)).toEqual([
      '5 name-twice',
      '5 row-same',
      '6 name-twice',
    ]);
  });

  it('both need a fix when what they say is wrong', async () => {
    const checked = await check('Client,Copies\nAnn,x\nAnn,x\n');
    expect(checked.problems.map(({ row }) => row)).toEqual([2, 3]);
    expect(checked.summary).toBe('2 rows: 0 ready, 2 need a fix');
  });

  it('a discreet copy whose note names the client is pointed out', async () => {
    const { warnings } = await check('Client,Note,Discreet\nWinifred,Winifred walks,yes\nBo,x,yes\n');
    expect(warnings.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual(['2 Note names-left']);
  });

  it('discreet pages that only hint at a caution are pointed out, once for all rows', async () => {
    const quiet = aSection('care', { title: 'Your safety matters' });
    const care = aSection('care', { kind: 'core', title: 'If you are afraid', discreet: quiet });
    const library = aLibrary({ articles: [anArticle({ sections: [aSection('first'), care] })] });
    const { warnings } = await check('Client,Discreet\nAnn,no\nBo,yes\nCy,yes\n', { library });
    expect(warnings).toEqual([
      {
        row: 3,
        column: 'Discreet',
        code: 'caution-hinted',
        message:
          'The discreet page only hints at “If you are afraid”: say it aloud, when the client is alone with you.',
      },
    ]);
  });

  it('a row without a name is pointed out', async () => {
    const { warnings } = await check('Client,Note\nAnn,x\n,x\n');
    expect(warnings.map(({ row, code }) => `${row} ${code}`)).toEqual(['3 client-missing']);
  });
});

it('the rows worth a look are the first, the last, the longest name and the longest note', async () => {
  const { previews } = await check('Client,Note\nAnn,a\nBartholomew,a\nCy,abc\nDi,\n');
  expect(previews).toEqual([
    { row: 2, why: ['first'] },
    { row: 5, why: ['last'] },
    { row: 3, why: ['longest name'] },
    { row: 4, why: ['longest note'] },
  ]);
  expect((await check('Client\nAnn\n')).previews).toEqual([{ row: 2, why: ['first', 'last', 'longest name'] }]);
  expect((await check('Client,Copies\nAnn,x\n')).previews).toEqual([]);
});

it('ids are asked for once for each row that is ready', async () => {
  const asked: number[] = [];
  const idOf = (row: number) => `${asked.push(row)}`;
  const { recipients } = await check('Client,Copies\nAnn,1\nBo,x\nAnn,1\nCy,1\n', { idOf });
  expect(asked).toEqual([2, 5]);
  expect(recipients.map(({ id }) => id)).toEqual(['1', '2']);
});
