// Whole handouts in every look: conforming, of the right colours, and discreet where that was asked for.

import { inflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Library } from '../../src/content/article.ts';
import { makeClinicianCopy } from '../../src/make/clinician-copy.ts';
import { makeHandout } from '../../src/make/handout.ts';
import { makeWebPage } from '../../src/make/web-page.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { aChoice, aCrisisLine, aLibrary, anArticle, aPractice, aSection, problemsOf } from '../support/builders.ts';
import { checkConformance } from '../support/conformance/check.ts';
import { aLogo, sampleLibrary } from '../support/house.ts';
import { popplerText } from '../support/poppler.ts';

let library: Library;
let press: Press;
beforeAll(async () => {
  library = await sampleLibrary();
  press = openPress();
});

const NOTE = 'Try the long out-breath first, 5 minutes a day.\n\n- walk\n- sleep';
const make = (choice: Record<string, unknown>, practice = aPractice(), whole = false) =>
  makeHandout(
    aChoice({ article: 'stress-response', client: 'Zoë Quill', note: NOTE, ...choice }),
    library,
    practice,
    press,
    whole,
  );
const plain = (title: string, html: string) => `${title} ${html.replace(/<[^>]*>/gu, '')}`.trim();

/** Everything in the file but where its objects stand, with its streams opened. */
function opened(pdf: Buffer): string {
  const text = pdf.toString('latin1');
  const streams = [...text.matchAll(/\/FlateDecode[^>]*>>\nstream\n/gu)].map(({ index, 0: head }) =>
    inflateSync(pdf.subarray(index + head.length)).toString('latin1'),
  );
  return [text.replace(/^\d{10} \d{5} [nf] $/gmu, ''), ...streams].join('\n');
}

describe('every look', () => {
  const looks = [
    { inkSaving: true },
    { binder: true },
    { discreet: true },
    { inkSaving: true, binder: true, discreet: true, largePrint: true },
    { binder: true, largePrint: true },
  ];
  const requests = ['why-relationships-matter', 'stress-response'].flatMap((article) =>
    (['letter', 'a4'] as const).flatMap((paper) => looks.map((look) => ({ article, paper, ...look }))),
  );
  it.each(requests)('passes the checker and is the same drawn whole: %j', async (request) => {
    const practice = aPractice({ colour: '#7a1f3d', logo: await aLogo() });
    const first = await make(request, practice);
    expect(checkConformance(first.pdf)).toEqual([]);
    const kept = await make(request, practice);
    const whole = await make(request, practice, true);
    expect(kept.pdf.equals(whole.pdf)).toBe(true);
  });

  it('passes the checker in Arabic, bound at the right', async () => {
    const request = { article: 'sample-arabic', language: 'ar', binder: true, discreet: true, inkSaving: true };
    expect(checkConformance((await make(request)).pdf)).toEqual([]);
  });

  it('passes the checker in Arabic, where a Latin name runs over its line', async () => {
    const names = { client: 'Annemarie Featherstonehaughs Ab Abbe', clinician: 'Konstantinopolis Maximilian Abbe Abt' };
    for (const note of ['', names.client])
      expect(checkConformance((await make({ article: 'sample-arabic', language: 'ar', note, ...names })).pdf)).toEqual(
        [],
      );
  });

  it('fills nothing with a tint when it saves ink', async () => {
    const tint = /0\.961 0\.945 0\.91 rg/u;
    expect(opened((await make({})).pdf)).toMatch(tint);
    expect(opened((await make({ inkSaving: true })).pdf)).not.toMatch(tint);
  });
});

describe('a practice’s colour', () => {
  const HOUSE = '0.11 0.341 0.341 r';
  const OURS = '0.478 0.122 0.239 r';

  it('is on its pages and on no other’s, from one press', async () => {
    const practice = aPractice({ colour: '#7a1f3d' });
    for (const [own, expected, other] of [
      [aPractice(), HOUSE, OURS],
      [practice, OURS, HOUSE],
      [aPractice(), HOUSE, OURS],
      [practice, OURS, HOUSE],
    ] as const) {
      const text = opened((await make({}, own)).pdf);
      expect(text).toContain(expected);
      expect(text).not.toContain(other);
    }
  });
});

describe('a discreet copy', () => {
  const practice = async () =>
    aPractice({ crisisLine: 'Call our night line: 555 0199.', colour: '#7a1f3d', logo: await aLogo() });
  const article = (slug: string) => library.articles.find((one) => one.slug === slug)!;

  it.each(['why-relationships-matter', 'stress-response'])(
    'tells nothing of whom, from whom or what: %s',
    async (slug) => {
      const asked = { article: slug, discreet: true, preset: 'full', date: '2026-12-24' };
      const { pdf, title } = await make(asked, await practice());
      const printed = popplerText(pdf).replace(/\s+/gu, ' ');
      const file = opened(pdf);
      const utf16 = (text: string) => Buffer.from(text, 'utf16le').swap16();
      const forms = (text: string) => [text, utf16(text).toString('latin1'), utf16(text).toString('hex').toUpperCase()];
      const [source] = article(slug).sources;
      const secrets = ['Zoë', 'Quill', 'Harbour', 'Quay', '0199', 'Dr Lee', 'PhD', title, source!.citation, 'December'];
      const days = ['2026-12-24', '20261224'];
      expect(secrets.filter((secret) => printed.includes(secret))).toEqual([]);
      const inFile = [...secrets, ...days, 'Keepsake', '/Subtype /Image'];
      expect(inFile.filter((secret) => forms(secret).some((form) => file.includes(form)))).toEqual([]);
      expect(printed).not.toMatch(/clinical|reviewed|Read next/u);
    },
  );

  it('has a neutral title on the page, in the metadata and as its only bookmark', async () => {
    const { pdf } = await make({ discreet: true }, await practice());
    expect(popplerText(pdf)).toContain('Your handout');
    const text = pdf.toString('latin1');
    expect(text).toContain('/Title (Your handout)');
    expect(text.match(/\/Title /gu)?.length).toBe(2);
    const spanish = { ...library, articles: [anArticle({ lang: 'es' })] };
    const made = await makeHandout(aChoice({ language: 'es', discreet: true }), spanish, aPractice(), press);
    expect(popplerText(made.pdf)).toContain('Su hoja');
  });

  it('keeps the country’s crisis line in place of the practice’s, and the note without its writer', async () => {
    const text = popplerText((await make({ discreet: true }, await practice())).pdf);
    expect(text).toContain('988');
    expect(text).toContain('A note for you');
    expect(text).toContain('Try the long out-breath first');
  });

  it('is refused where the country has no line, and where a section needs a name', async () => {
    const far = aPractice({ country: 'AF', crisisLine: 'Call us.' });
    expect((await problemsOf(() => make({ discreet: true }, far))).map(({ code }) => code)).toEqual([
      'crisis-line-missing',
    ]);
    const named = aSection('letter', { needsClient: true, personal: true, html: '<p>{{client}}</p>' });
    const shelf = aLibrary({ articles: [anArticle({ sections: [named] })], crisisLines: [aCrisisLine()] });
    const choice = aChoice({ client: 'Ann', discreet: true });
    const problems = await problemsOf(() => makeHandout(choice, shelf, aPractice(), press));
    expect(problems.map(({ code, hint }) => [code, hint])).toEqual([
      ['client-missing', 'Leave the section out: a discreet copy has no name.'],
    ]);
  });

  describe.each([
    ['why-relationships-matter', 'en', 'Your safety matters'],
    ['why-relationships-matter', 'es', 'Su seguridad importa'],
    ['assertiveness-and-boundaries', 'en', 'Your safety matters'],
    ['anger-and-strong-emotions', 'en', 'Your safety matters'],
  ])('of %s in %s', (slug, language, neutral) => {
    const NAMED = /at home|scares|hurts you|controls|alone with us|watched|en casa|le da miedo|a solas|vigilado/u;
    const article = () => library.articles.find((one) => one.slug === slug && one.lang === language)!;
    const caution = () => article().sections.find(({ id }) => id === 'afraid-at-home')!;
    const flat = (pdf: Buffer) => popplerText(pdf).replace(/\s+/gu, ' ');

    it.each(['one-page', 'full'])('says its caution in neutral words: %s', async (preset) => {
      const asked = { article: slug, language, preset };
      const { pdf, sections } = await make({ ...asked, discreet: true });
      expect(sections).toContain('afraid-at-home');
      expect(flat(pdf)).toContain(neutral);
      const words = plain(caution().discreet!.title, caution().discreet!.html);
      expect(words).not.toMatch(NAMED);
      expect(flat(pdf)).not.toContain(caution().title);
      const dangerous = plain('', caution().html)
        .split('. ')
        .filter((sentence) => !words.includes(sentence));
      expect(dangerous.length).toBeGreaterThan(3);
      for (const sentence of dangerous) expect(flat(pdf)).not.toContain(sentence);
      expect(flat(pdf)).not.toMatch(/afraid of|alone with us/u);
      expect(checkConformance(pdf)).toEqual([]);
      const { html } = await makeWebPage(aChoice({ ...asked, discreet: true }), library, aPractice(), press);
      expect(html).toContain(neutral);
      expect(html).not.toContain(caution().title);
      expect(flat((await make(asked)).pdf)).toContain(caution().title);
    });

    it('asks the clinician to say it aloud, in one sentence', async () => {
      const { warnings } = await make({ article: slug, language, discreet: true, note: '' });
      expect(warnings).toEqual([
        {
          code: 'caution-hinted',
          message: `The discreet page only hints at “${caution().title}”: say it aloud, when the client is alone with you.`,
          place: { field: 'discreet' },
        },
      ]);
      expect((await make({ article: slug, language, note: '' })).warnings).toEqual([]);
    });

    it('has it whole on the clinician’s copy, to be said aloud', async () => {
      const copyOf = (discreet: boolean) =>
        makeClinicianCopy(aChoice({ article: slug, language, discreet }), library, aPractice(), press);
      const { pdf, pages } = await copyOf(true);
      for (const sentence of plain('', caution().html).split('. ')) expect(flat(pdf)).toContain(sentence);
      expect(flat(pdf)).toMatch(/Say this aloud|Dígalo de viva voz/u);
      expect(flat(pdf)).not.toContain(neutral);
      expect(checkConformance(pdf)).toEqual([]);
      expect(pages).toBe(1);
      expect(flat((await copyOf(false)).pdf)).not.toMatch(/Say this aloud|Dígalo de viva voz/u);
    });
  });

  it('warns of a name in what was typed, and of an appointment', async () => {
    const warned = async (choice: Record<string, unknown>) =>
      (await make({ discreet: true, ...choice })).warnings.map(({ place, code }) => [place, code]);
    expect(await warned({})).toEqual([]);
    expect(await warned({ note: 'Dear Zoë, well done.' })).toEqual([[{ field: 'note' }, 'names-left']]);
    expect(await warned({ agreed: 'To call Dr Lee.' })).toEqual([[{ field: 'agreed' }, 'names-left']]);
    expect(await warned({ note: 'Bleeding stops.' })).toEqual([]);
    expect(await warned({ appointment: 'Monday, 10:30' })).toEqual([[{ field: 'appointment' }, 'names-left']]);
  });
});
