// The clinician's copy: one page of what the author tells those who give it, and nothing of the client.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Library } from '../../src/content/article.ts';
import { makeClinicianCopy } from '../../src/make/clinician-copy.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { aChoice, aLibrary, anArticle, aPractice, aSection, problemsOf } from '../support/builders.ts';
import { checkConformance } from '../support/conformance/check.ts';
import { aLogo, ourLibrary } from '../support/house.ts';
import { popplerText } from '../support/poppler.ts';

const ADVICE = { why: ['It names things.'], introduce: ['Ask first.', 'Then read.'], notWhen: ['In a crisis.'] };
const NOTES = { ...ADVICE, teachBack: ['What will you do?'] };

let library: Library;
let press: Press;
beforeAll(async () => {
  library = await ourLibrary();
  press = openPress();
});

const copy = (choice: Record<string, unknown>, from = library, practice = aPractice()) =>
  makeClinicianCopy(aChoice(choice), from, practice, press);
const flat = (pdf: Buffer) => popplerText(pdf).replace(/\s+/gu, ' ');

describe('the clinician’s copy', () => {
  it.each(['stress-response', 'why-relationships-matter'])(
    'of %s is one page that passes the checker',
    async (slug) => {
      for (const paper of ['letter', 'a4']) {
        const { pdf, pages } = await copy(
          { article: slug, preset: 'full', paper },
          library,
          aPractice({ logo: await aLogo() }),
        );
        expect(pages).toBe(1);
        expect(checkConformance(pdf)).toEqual([]);
      }
    },
  );

  it('says why, how, when not, what to ask, which edition, and what is in the handout', async () => {
    const from = aLibrary({
      articles: [anArticle({ clinician: NOTES, sections: [aSection('first'), aSection('second')] })],
    });
    const { pdf, title, sections } = await copy({ sections: ['second'] }, from);
    const text = flat(pdf);
    for (const words of Object.values(NOTES).flat()) expect(text).toContain(words);
    for (const words of [
      'For the clinician: Finding calm',
      '1.0.0 · Updated',
      'Not clinically reviewed.',
      'Title of second',
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('Title of first');
    expect(text).toMatch(/page 1 of 1/u);
    expect([title, sections]).toEqual(['For the clinician: Finding calm', ['second']]);
  });

  it('holds nothing of the client, and is the same for every client', async () => {
    const client = { client: 'Zaphodia', note: 'Qwertz', words: 'Qwertz', plan: 'Qwertz', clinician: 'Qwertz' };
    const { pdf } = await copy({ article: 'stress-response', ...client });
    expect(flat(pdf)).not.toMatch(/Zaphodia|Qwertz/u);
    expect(pdf.equals((await copy({ article: 'stress-response', client: 'Bo' })).pdf)).toBe(true);
  });

  it('speaks the article’s language, right to left too', async () => {
    for (const [lang, words] of [
      ['es', 'Por qué darla'],
      ['ar', 'متى لا تُعطى'],
    ] as const) {
      const { pdf } = await copy({ language: lang }, aLibrary({ articles: [anArticle({ lang, clinician: NOTES })] }));
      expect(flat(pdf).normalize('NFC')).toContain(words.normalize('NFC'));
      expect(checkConformance(pdf)).toEqual([]);
    }
  });

  it('has room on one page for the longest advice, in both papers', async () => {
    const long = Array.from({ length: 3 }, () => `${'x'.repeat(60)} and so on for a second line of it, up to 106.`);
    const notes = { why: long, introduce: long, notWhen: long, teachBack: long };
    const sections = Array.from({ length: 12 }, (_, index) => aSection(`part-${index}`));
    const from = aLibrary({ articles: [anArticle({ clinician: notes, sections })] });
    for (const paper of ['letter', 'a4']) expect((await copy({ paper }, from)).pages).toBe(1);
  });
});

describe('it is refused', () => {
  it('where the author wrote nothing for the clinician, with whatever else is wrong', async () => {
    const problems = await problemsOf(() => copy({ sections: ['none'] }, aLibrary(), aPractice({ name: 'ᚠ' })));
    expect(problems.map(({ code }) => code)).toEqual([
      'section-unknown',
      'character-unprintable',
      'clinician-notes-missing',
    ]);
    expect(problems[2]!.message).toBe('“Finding calm” has no notes for the clinician.');
  });

  it('for an article that does not exist', async () => {
    expect((await problemsOf(() => copy({ article: 'none' }))).map(({ code }) => code)).toEqual(['article-unknown']);
  });
});
