import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, lstatSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type MakeFlags, make as makeHere } from '../../src/cli/make.ts';
import { readSettings } from '../../src/cli/settings.ts';
import { HandoutError, sentence } from '../../src/errors.ts';
import { openStore } from '../../src/store/store.ts';
import { GOOD } from '../content/an-article.ts';
import { pageCount, popplerText } from '../support/poppler.ts';
import { Clone, type Ended, ended } from './clone.ts';

let clone: Clone;
beforeAll(() => {
  clone = new Clone();
});
afterAll(() => clone.remove());

const ARTICLE = 'why-relationships-matter';
const NAME = 'Zoë Łukasiewicz';
const HINT = /^The help block is for US, guessed from this computer\. Set the country/u;

/** What no run may ever say, whatever went wrong in it. */
function expectDiscreet({ said }: Ended): void {
  const all = said.join('\n');
  expect(all).not.toMatch(/^\s+at |node:|undefined|\[object/mu);
  expect(all).not.toContain('Łukasiewicz');
}

const make = async (...words: string[]) => {
  const made = await clone.run(['make', ...words]);
  expectDiscreet(made);
  return made;
};

describe('keepsake make', () => {
  it('writes the handout and says what it made, without the name', async () => {
    const out = clone.path('one.pdf');
    const { code, said, out: printed } = await make(ARTICLE, '--client', NAME, '--preset', 'one-page', '--out', out);
    expect(code).toBe(0);
    expect(printed.length).toBe(0);
    expect(said).toEqual([expect.stringMatching(HINT), 'Made “Why relationships matter”: 1 page.']);
    expect(popplerText(readFileSync(out))).toContain(NAME);
    expect(readdirSync(clone.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('takes every look, and says with which size it fits', async () => {
    const out = clone.path('looks.pdf');
    const looks = ['--ink-saving', '--binder', '--discreet', '--fit', '1'];
    const { code, said } = await make(ARTICLE, '--client', NAME, '--preset', 'one-page', ...looks, '--out', out);
    expect([code, said.at(-1)]).toEqual([0, 'Made “Why relationships matter”: 1 page, 12 pt.']);
    expect(popplerText(readFileSync(out))).toContain('Your handout');
    expect(said.filter((line) => line.includes('say it aloud'))).toHaveLength(1);
    const { code: refused, said: why } = await make(ARTICLE, '--fit', 'tight', '--out', out);
    expect([refused, why]).toEqual([1, ['Fit must be 1 or 2 pages.']]);
  });

  it('leaves boxes to type in out of worksheets that are to be lines only', async () => {
    const words = [ARTICLE, '--preset', 'one-page', '--out', '-'];
    const [typed, lines] = await Promise.all([make(...words), make(...words, '--lines-only')]);
    const hasFields = ({ out }: { out: Buffer }) => out.includes('/AcroForm');
    expect([typed, lines].map(hasFields)).toEqual([true, false]);
  });

  it('gives nothing but the PDF on standard output', async () => {
    const words = ['--client', NAME, '--date', '2026-11-23', '--paper', 'a4', '--large-print', '--out', '-'];
    const [first, second] = await Promise.all([make(ARTICLE, ...words), make(ARTICLE, ...words)]);
    expect(first.code).toBe(0);
    expect(first.out.subarray(0, 5).toString()).toBe('%PDF-');
    expect(first.out.subarray(-6).toString()).toBe('%%EOF\n');
    expect(pageCount(first.out)).toBeGreaterThan(1);
    expect(first.out.equals(second.out)).toBe(true);
    expect(first.said).toEqual([expect.stringMatching(HINT)]);
  });

  it('reads name and note from files', async () => {
    const client = clone.write('client.txt', `\ufeff${NAME}\r\n`);
    const note = clone.write('note.txt', 'Two things:\r\n- sleep\r\n- walk\r\n');
    const files = ['--client-file', client, '--note-file', note, '--note-lang', 'es'];
    const { code, out } = await make(
      ARTICLE,
      ...files,
      '--clinician',
      'Dr Reyes',
      '--preset',
      'one-page',
      '--out',
      '-',
    );
    expect(code).toBe(0);
    const text = popplerText(out);
    for (const part of [NAME, 'Two things:', 'walk', 'Dr Reyes']) expect(text).toContain(part);
  });

  it('reads slots from a JSON file', async () => {
    const slots = { plan: 'I will walk on Tuesday.', appointment: 'Monday, 10:30' };
    const file = clone.write('slots.json', `\ufeff${JSON.stringify(slots)}`);
    const { code, out } = await make(ARTICLE, '--slots-file', file, '--out', '-');
    expect(code).toBe(0);
    for (const words of Object.values(slots)) expect(popplerText(out)).toContain(words);
  });

  it('writes page, receipt and clinician’s copy beside the handout, the last two without the client', async () => {
    const [out, copy, html] = [clone.path('handout.pdf'), clone.path('copy.pdf'), clone.path('handout.html')];
    const receipt = clone.path('receipt.txt');
    const beside = ['--clinician-copy', copy, '--html', html, '--receipt', receipt];
    const { code } = await make(ARTICLE, '--client', NAME, ...beside, '--out', out);
    expect(code).toBe(0);
    expect(readFileSync(html, 'utf8')).toContain(NAME);
    const digest = createHash('sha256').update(readFileSync(out)).digest('hex');
    expect(readFileSync(receipt, 'utf8')).toContain(`SHA-256 of the PDF: ${digest}\nMade by Keepsake 0.4.0.`);
    expect(readFileSync(receipt, 'utf8')).not.toContain('Łukasiewicz');
    expect(popplerText(readFileSync(out))).toContain(NAME);
    expect(popplerText(readFileSync(copy))).toContain('For the clinician');
    expect(popplerText(readFileSync(copy))).not.toContain('Łukasiewicz');
  });

  it('makes a handout without a name, which is a feature', async () => {
    const { code, out } = await make(ARTICLE, '--sections', ' inside-you , small-steps', '--out', '-');
    expect(code).toBe(0);
    expect(pageCount(out)).toBeGreaterThan(0);
  });
});

describe('keepsake make refuses with 1', () => {
  const settings = () => readSettings({ data: clone.path('data') }, {}, clone.folder);

  /** The sentences of a refusal; in this process, for most of what a run takes is its start. */
  const refused = async (article: string, flags: Partial<MakeFlags>): Promise<string[]> => {
    const out = clone.path('refused.pdf');
    const made = makeHere(article, { ...flags, out }, settings(), () => {});
    const error = await made.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HandoutError);
    expect(existsSync(out)).toBe(false);
    const said = (error as HandoutError).problems.map(sentence);
    expect(said.join('\n')).not.toContain('Łukasiewicz');
    return said;
  };

  it('every bad field at once, each with what to do', async () => {
    const long = clone.write('long.txt', 'x'.repeat(2_000_000));
    const bad = ['--client', NAME.repeat(9), '--note-file', long, '--date', '2026-02-30', '--paper', 'legal'];
    const { code, out, said } = await make('no-such-article', ...bad, '--out', clone.path('refused.pdf'));
    expect([code, out.length, existsSync(clone.path('refused.pdf'))]).toEqual([1, 0, false]);
    expect(said).toEqual([
      'The name can have at most 120 characters. Shorten it.',
      'The note can have at most 2,000 characters. Shorten it.',
      'The date is not a day of the calendar. Write it like 2026-11-23.',
      'The paper must be letter or a4.',
      expect.stringMatching(
        /^There is no article of this name\. There are: .*stress-response, .*why-relationships-matter/u,
      ),
    ]);
  });

  it('unknown sections, presets and languages', async () => {
    const [sections, preset, language] = await Promise.all([
      refused(ARTICLE, { sections: 'in-brief,small-steps,nothing' }),
      refused(ARTICLE, { preset: 'two-page' }),
      refused(ARTICLE, { lang: 'tlh' }),
    ]);
    expect(sections).toHaveLength(2);
    expect(sections[0]).toMatch(/has no section named in-brief\. It has: .*small-steps/u);
    expect(sections[1]).toMatch(/has no section named nothing\./u);
    expect(preset).toEqual([
      expect.stringMatching(/has no preset of this name\. It has: .*one-page.*full|full.*one-page/u),
    ]);
    expect(language).toEqual([
      '“Why relationships matter” is not there in the language asked for. It is there in: en, es.',
    ]);
  });

  it('a character nobody could print, by its code point, beside a missing article', async () => {
    const said = await refused('no-such-article', { client: `${NAME} \u{13000}` });
    expect(said).toHaveLength(2);
    expect(said.join('\n')).toMatch(/The name has a character we have no letters for: .*U\+13000/u);
  });

  it('files that are missing or no text, and a name given twice', async () => {
    const bytes = clone.write('latin1.txt', Buffer.from('Zo\xeb', 'latin1'));
    const missing = clone.path('none.txt');
    expect(await refused(ARTICLE, { client: NAME, clientFile: missing, noteFile: bytes })).toEqual([
      '--client and --client-file were both given. Give one of them.',
      'The file of --client-file can’t be read as UTF-8 text. Check its path, and save it as UTF-8.',
      'The file of --note-file can’t be read as UTF-8 text. Check its path, and save it as UTF-8.',
    ]);
  });

  it('slots that are no slots, too long, or no JSON', async () => {
    const [wrong, list, none] = [
      clone.write('wrong.json', JSON.stringify({ client: 'Zoë', wishes: '', plan: 'x'.repeat(501), words: 5 })),
      clone.write('list.json', '["plan"]'),
      clone.write('none.json', 'plan: walk'),
    ];
    const slots = 'The slots are: words, agreed, plan, obstacle, appointment.';
    const noObject = `The file of --slots-file is not a JSON object like {"plan": "I will …"}. ${slots}`;
    expect(await refused(ARTICLE, { slotsFile: wrong })).toEqual([
      `There is no slot “client”. ${slots}`,
      `There is no slot “wishes”. ${slots}`,
      '“In your words” must be text.',
      '“What I will try, and when” can have at most 500 characters. Shorten it.',
    ]);
    expect(await refused(ARTICLE, { slotsFile: list })).toEqual([noObject]);
    expect(await refused(ARTICLE, { slotsFile: none })).toEqual([noObject]);
  });

  it('a folder that is not there or stands where the file should be, and leaves no file', async () => {
    mkdirSync(clone.path('folder'));
    const before = readdirSync(clone.folder);
    const [missing, folder] = await Promise.all([
      make(ARTICLE, '--client', NAME, '--out', clone.path('none/x.pdf')),
      make(ARTICLE, '--client', NAME, '--out', clone.path('folder')),
    ]);
    for (const { code, said } of [missing, folder]) {
      expect(code).toBe(1);
      expect(said.at(-1)).toMatch(/^The handout could not be written there\. Check that the folder of --out exists/u);
    }
    expect(readdirSync(clone.folder).filter((name) => name !== 'data')).toEqual(before.filter((n) => n !== 'data'));
  });
});

describe('keepsake make writes', () => {
  it('into a device or pipe, and never puts a file in its place', async () => {
    const pipe = clone.path('pipe');
    execFileSync('mkfifo', [pipe]);
    const [{ code }, read] = await Promise.all([make(ARTICLE, '--client', NAME, '--out', pipe), readFile(pipe)]);
    expect(code).toBe(0);
    expect(lstatSync(pipe).isFIFO()).toBe(true);
    expect(read.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('a sentence when standard output is a full disk', async () => {
    const full = openSync('/dev/full', 'w');
    const { code, said } = await ended(clone.start(['list'], {}, full)).finally(() => closeSync(full));
    expect([code, said]).toEqual([1, ['Standard output could not be written. Check that there is room.']]);
  });

  it('quietly until its reader stops reading', async () => {
    for (const words of [
      ['make', ARTICLE, '--client', NAME, '--out', '-'],
      ['list', '--json'],
    ]) {
      const child = clone.start(words);
      child.stdout!.destroy();
      const gone = await ended(child);
      expectDiscreet(gone);
      expect([gone.code, gone.said.filter((line) => !HINT.test(line))]).toEqual([1, []]);
    }
  });
});

describe('keepsake refuses with 2', () => {
  it.each([
    [
      'a mistyped option, without what was given to it',
      ['make', ARTICLE, `--cleint=${NAME}`, '--out', '-'],
      '--cleint',
    ],
    ['a second article or half a name', ['make', ARTICLE, '--client', 'Zoë', 'Łukasiewicz', '--out', '-'], 'make'],
    ['a missing --out', ['make', ARTICLE], '--out'],
    ['an unknown command', ['mkae', ARTICLE], 'mkae'],
  ])('%s', async (_name, words, told) => {
    const refused = await clone.run(words);
    expectDiscreet(refused);
    expect(refused.code).toBe(2);
    expect(refused.out.length).toBe(0);
    expect(refused.said.join('\n')).toContain(told);
  });

  it('nothing at all, with the list of commands; asking for help is no mistake', async () => {
    const [nothing, help] = await Promise.all([clone.run([]), clone.run(['make', '--help'])]);
    expect(nothing.code).toBe(2);
    expect(nothing.said.join('\n')).toContain('Usage: keepsake');
    expect(help.code).toBe(0);
    expect(help.out.toString()).toMatch(/--client <name>\s+name to print; others on this machine can see it/u);
  });
});

describe('a practice’s own articles', () => {
  const listed = async () => {
    const { code, out, said } = await clone.run(['list', '--json', '--data', clone.path('own')]);
    const rows = JSON.parse(out.toString()) as {
      article: string;
      language: string;
      title: string;
      sections: object[];
      presets: object;
    }[];
    return { code, said, rows };
  };

  beforeAll(() => {
    clone.write('own/articles/sleep/en.md', GOOD);
    clone.write('own/articles/stress-response/en.md', GOOD.replace('Sleeping better', 'Our own stress'));
    clone.write('own/articles/broken/en.md', GOOD.replace('title: Sleeping better\n', ''));
    clone.write('own/articles/misspelt/en.md', GOOD.replace('Sleep helps', 'Sleep helps {{cleint}}'));
  });

  it('add to ours and take their place; what is wrong is told by file and line while the others load', async () => {
    const { code, rows, said } = await listed();
    expect(code).toBe(0);
    const named = rows.map(({ article, title }) => [article, title]);
    const english = rows.filter(({ language }) => language === 'en').map(({ article, title }) => [article, title]);
    expect(named.length).toBeGreaterThan(english.length);
    expect(english.filter(([article]) => ['sleep', 'stress-response', ARTICLE].includes(article!))).toEqual([
      ['sleep', 'Sleeping better'],
      ['stress-response', 'Our own stress'],
      [ARTICLE, 'Why relationships matter'],
    ]);
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/^articles\/broken\/en\.md:\d+: .*title/u);
    expect(said[1]).toMatch(/^articles\/misspelt\/en\.md:22: .*cleint/u);
  });

  it('are made like ours, and what is wrong with one is told there too', async () => {
    const [sleep, broken] = await Promise.all([
      make('sleep', '--data', clone.path('own'), '--client', NAME, '--out', '-'),
      make('broken', '--data', clone.path('own'), '--client', NAME, '--out', '-'),
    ]);
    expect(sleep.code).toBe(0);
    expect(popplerText(sleep.out)).toContain('Sleeping better');
    expect(broken.code).toBe(1);
    expect(broken.said[0]).toMatch(/^articles\/broken\/en\.md:\d+: /u);
  });

  it('are not listed when the practice has hidden them, and that is said', async () => {
    const place = { folder: clone.path('own'), key: { file: clone.path('own/key') } };
    const store = await openStore(place);
    await store.shelf.hide('sleep', 'en');
    expect((await listed()).rows.some(({ article, language }) => article === 'sleep' && language === 'en')).toBe(false);
    const { out } = await clone.run(['list', '--data', clone.path('own')]);
    expect(out.toString()).toContain(
      'Not handed out:\n  sleep (en): Your practice does not hand out “Sleeping better”.',
    );
    await store.shelf.show('sleep', 'en');
    await store.close();
    expect((await listed()).rows.some(({ article, language }) => article === 'sleep' && language === 'en')).toBe(true);
  });

  it('are listed for people with sections, kinds and presets', async () => {
    const { out } = await clone.run(['list', '--data', clone.path('own')]);
    expect(out.toString()).toMatch(
      /^sleep \(en\) {2}Sleeping better\n.*\n {2}presets: one-page, full\n {2}in-short {2}core {2}In short$/mu,
    );
  });
});
