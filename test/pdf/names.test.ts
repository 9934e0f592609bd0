// Names of every kind are drawn and read back with poppler, the reader that decides.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FaceName } from '../../src/layout/page.ts';
import { makeHandout } from '../../src/make/handout.ts';
import { openPress } from '../../src/pdf/press.ts';
import { openTypefaces } from '../../src/pdf/typefaces.ts';
import { aChoice, aPractice } from '../support/builders.ts';
import { checkConformance } from '../support/conformance/check.ts';
import { sampleLibrary } from '../support/house.ts';
import { popplerText } from '../support/poppler.ts';
import { lineSheet, type SheetLine } from './line-sheet.ts';

const LEFT_TO_RIGHT = {
  'a Polish name': 'Zoë Łukasiewicz',
  'an Irish name': "O'Brien",
  'an Irish name with a typographic apostrophe': 'O’Brien',
  'a Vietnamese name': 'Nguyễn Thị Ánh',
  'a Russian name': 'Ольга',
  'a Greek name': 'Ἀθηνᾶ Παπαδοπούλου',
  'a Chinese name': '陈伟',
  'a Japanese name': 'さくら タナカ',
  'a Japanese name with a long vowel and a dot': 'エミリー・サトー',
  'a Korean name': '김민준',
  'a Korean name in single letters': '김민준'.normalize('NFD'),
  'a Hindi name': 'देवी',
  'a Hindi name whose vowel moves': 'रवि',
  'a Hindi name with a joined pair': 'क्षितिज',
  'more Hindi': 'श्री कर्म हिन्दी',
  'a name with an emoji': 'José 🙂',
  'emoji of several characters': '👍🏽 👨‍👩‍👧‍👦 1️⃣ ❤️ 🇵🇱',
  'combining marks': 'Zoe\u0308 Jose\u0301 Z\u0308 x\u0302',
  'a ligature of another font': 'office of Дoffice',
  'hyphens that do not break': 'Anne\u2011Marie Hans\u2010Peter',
  'eighty characters': 'Wolfeschlegelsteinhausenbergerdorff-Vandenberghe-Łukasiewicz-Ångström-Nguyễn-O’Br',
};

const RIGHT_TO_LEFT = {
  'an Arabic name': 'محمد الأحمد',
  'an Arabic name with dotted letters': '\u0628\u062a\u0648\u0644 \u062b\u0627\u0628\u062a',
  'an Arabic name with vowels': '\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f',
  'a Persian name with a non-joiner': '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647',
  'a Hebrew name': 'דוד כהן',
  'a Hebrew name with points': '\u05d3\u05bc\u05b8\u05d5\u05b4\u05d3',
  'an Arabic name that ends in a mark': '\u0645\u062d\u0645\u062f\u064c',
  'a Hebrew name that ends in a mark': '\u05d3\u05bc\u05b8\u05d5\u05b4\u05d3\u05b0',
  'a Hebrew name with a name in brackets': '\u05dc\u05d9\u05d0\u05ea (\u05dc\u05d9)',
  'an Arabic name in brackets': '(\u0644\u064a\u0644\u0649)',
};

/** As typed, in handouts where everything else is English. */
const MIXED = {
  'a Hebrew double name': 'כהן-לוי',
  'a Hebrew double name after a first name': 'נועה כהן-לוי',
  'an Arabic title with a dot': 'د. محمد',
  'an Arabic name with a comma': 'عبد الله، جونيور',
  'a Hebrew name with a slash and a colon': 'דוד/דן: לוי',
  'an Arabic name, a number and a Latin name': 'محمد 123 Smith',
  'a Hebrew name with initials and quotes': 'ד"ר א.ב. כהן',
  'Arabic digits after an Arabic name': 'محمد ٢',
  'an Arabic name in brackets between two Latin ones': 'Ann (\u0645\u062d\u0645\u062f) Lee',
  'an Arabic name after a Latin title': 'Dr. \u0645\u062d\u0645\u062f',
  'an Arabic name after a number': '5 \u0645\u062d\u0645\u062f',
  'an Arabic name before a Latin one': '\u0645\u062d\u0645\u062f Smith',
};

const FACES: readonly FaceName[] = ['regular', 'bold', 'italic', 'boldItalic'];
const typefaces = openTypefaces();
const press = openPress();
const library = sampleLibrary();

describe.each(FACES)('names in the %s face', (face) => {
  it.each(Object.entries(LEFT_TO_RIGHT))('reads back %s', async (_kind, name) => {
    expect(typefaces.unprintable(name)).toEqual([]);
    expect(await readBack([{ face, pieces: [{ text: name, rtl: false }] }])).toEqual([name.normalize('NFC')]);
  });

  it.each(Object.entries(RIGHT_TO_LEFT))('reads back %s', async (_kind, name) => {
    expect(typefaces.unprintable(name)).toEqual([]);
    expect(await readBack([{ face, pieces: [{ text: name, rtl: true }] }])).toEqual([name.normalize('NFC')]);
  });
});

describe('names among other text', () => {
  it('reads back right-to-left names inside left-to-right text', async () => {
    const names = Object.values(RIGHT_TO_LEFT);
    // Poppler takes the direction of a page from the majority of its letters.
    const english = 'What helps is small, near and often, and nobody has to do all of it at once.';
    const lines = [english, english].map((text): SheetLine => ({ face: 'regular', pieces: [{ text, rtl: false }] }));
    const expected = names.map((name) => `For ${name}, 3 May`.normalize('NFC'));
    expect(await readBack([...lines, ...names.map(mixedLine)])).toEqual([english, english, ...expected]);
  });

  it('reads back all names from one page', async () => {
    const names = Object.values(LEFT_TO_RIGHT);
    const lines = names.map((text): SheetLine => ({ face: 'regular', pieces: [{ text, rtl: false }] }));
    expect(await readBack(lines)).toEqual(names.map((name) => name.normalize('NFC')));
  });

  it('mirrors brackets in right-to-left text and reads them back as typed', async () => {
    const text = '(שלום) [דוד]';
    expect(await readBack([{ face: 'regular', pieces: [{ text, rtl: true }] }])).toEqual([text]);
  });
});

describe('a handout', () => {
  it.each(Object.entries({ ...RIGHT_TO_LEFT, ...MIXED }))(
    'says %s under its title and in its note',
    async (_kind, name) => {
      const note = `Dear ${name} and all,\n\nLater ${name}, see you.\n\nAnd ${name}`;
      const choice = aChoice({ article: 'stress-response', preset: 'one-page', client: name, note });
      const { pdf } = await makeHandout(choice, await library, aPractice(), press);
      const text = popplerText(pdf)
        .replace(/[\u200e\u200f\u202a-\u202e]/gu, '')
        .normalize('NFC')
        .replace(/\s+/gu, ' ');
      const typed = name.normalize('NFC');
      const wanted = [`For ${typed} ·`, `Dear ${typed} and all,`, `Later ${typed}, see you. And ${typed} `];
      expect(wanted.filter((words) => !text.includes(words))).toEqual([]);
      expect(checkConformance(pdf)).toEqual([]);
    },
  );
});

/** Words and signs of both directions, as somebody might type them one after the other. */
const words = fc.constantFrom('כהן', 'לוי', 'דוד', 'محمد', 'أحمد', 'Ann', 'Lee', 'Zoë', '5', '12', '٣');
const signs = fc.constantFrom(' ', ' ', ' ', '-', ', ', '. ', ' (', ') ', '/', ': ', '، ', ' – ', '’');
const typedLine = fc
  .tuple(words, fc.array(fc.tuple(signs, words), { minLength: 1, maxLength: 6 }))
  .map(([first, rest]) => [first, ...rest.flat()].join(''));
const SEED = 20_261_123;

describe('a note of both directions', () => {
  /** Lines that are not read back as they were typed. Poppler may put a line that stands at the other edge elsewhere. */
  const lost = async (lines: readonly string[], more = '') => {
    const choice = aChoice({ article: 'stress-response', preset: 'one-page', note: `${more}${lines.join('\n')}` });
    const { pdf } = await makeHandout(choice, await library, aPractice(), press);
    expect(checkConformance(pdf)).toEqual([]);
    const text = popplerText(pdf)
      .replace(/[\u200e\u200f\u202a-\u202e]/gu, '')
      .normalize('NFC');
    const read = new Set(text.split('\n').map((line) => line.trim()));
    return lines.filter((line) => !read.has(line.replace(/\s+/gu, ' ')));
  };

  it('reads back lines of any mixture', async () => {
    const lines = fc.sample(typedLine, { numRuns: 150, seed: SEED });
    for (let from = 0; from < lines.length; from += 30) expect(await lost(lines.slice(from, from + 30))).toEqual([]);
  });

  it('reads them back too on a page that is mostly right-to-left', async () => {
    const lines = fc.sample(typedLine, { numRuns: 24, seed: SEED });
    expect(await lost(lines, `${'محمد أحمد '.repeat(120)}\n\n`)).toEqual([]);
  });

  it('reads back a paragraph of several lines and a list', async () => {
    const paragraph = `שלום נועה כהן-לוי, ${'בואי ביום 5 בשעה 10:30 עם Ann Lee, או כתבי לי. '.repeat(5)}`.trim();
    const item = 'לנשום 4 פעמים (לאט), ואז ללכת ל-Park';
    const note = `${paragraph}\n\n- ${item}\n- ${item}`;
    const choice = aChoice({ article: 'stress-response', preset: 'one-page', note });
    const { pdf } = await makeHandout(choice, await library, aPractice(), press);
    const text = popplerText(pdf)
      .replace(/[\u200e\u200f\u202a-\u202e]/gu, '')
      .replace(/\s+/gu, ' ');
    expect(text).toContain(paragraph);
    expect(text.split(item)).toHaveLength(3);
  });
});

describe('documents one after the other', () => {
  const sheet = (faces: typeof typefaces, text: string, rtl = false) =>
    lineSheet(faces, [{ face: 'regular', pieces: [{ text, rtl }] }]);

  it('read back letters that were parts of accented letters before', async () => {
    const shared = openTypefaces();
    await sheet(shared, 'Éric Štěpán Ångström Ễlodie Ōfficé Ёлка');
    const second = 'Eric Stepan Angstrom Elodie Office Елка';
    expect(linesOf(await sheet(shared, second))).toEqual([second]);
  });

  it('come out byte for byte the same after letters that share their shapes', async () => {
    const [before, text] = ['\u062b\u0646', '\u062a\u0646'];
    const shared = openTypefaces();
    await sheet(shared, before, true);
    expect((await sheet(shared, text, true)).equals(await sheet(openTypefaces(), text, true))).toBe(true);
  });

  it('carry a few kilobytes of a ten-megabyte font', async () => {
    expect((await sheet(typefaces, '陈伟')).length).toBeLessThan(12_000);
  });
});

function mixedLine(name: string): SheetLine {
  const pieces = [
    { text: 'For ', rtl: false },
    { text: name, rtl: true },
    { text: ', 3 May', rtl: false },
  ];
  return { face: 'regular', pieces };
}

async function readBack(lines: readonly SheetLine[]): Promise<string[]> {
  return linesOf(await lineSheet(typefaces, lines));
}

/** Without the direction marks around right-to-left text. */
function linesOf(pdf: Buffer): string[] {
  const text = popplerText(pdf, { layout: true }).replace(/[\f\u200e\u200f\u202a-\u202e]/gu, '');
  return text
    .normalize('NFC')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
