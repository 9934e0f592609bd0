// Whole handouts, from a choice to bytes read back with poppler; and every refusal, before anything is drawn.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Article, Library } from '../../src/content/article.ts';
import { sentence } from '../../src/errors.ts';
import { makeHandout } from '../../src/make/handout.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { aChoice, aCrisisLine, aLibrary, anArticle, aPractice, aSection, problemsOf } from '../support/builders.ts';
import { aLogo, sampleLibrary } from '../support/house.ts';
import { pageCount, popplerText } from '../support/poppler.ts';

let library: Library;
let press: Press;
beforeAll(async () => {
  library = await sampleLibrary();
  press = openPress();
});

/** The text of a PDF as one line, for words may be parted by line ends. */
const flat = (text: string) => text.normalize('NFC').replace(/\s+/gu, ' ');
const article = (slug: string) => library.articles.find((one) => one.slug === slug)!;
const make = (choice: Record<string, unknown>, practice = aPractice()) =>
  makeHandout(aChoice(choice), library, practice, press);

describe('both articles', () => {
  it('are in the library, without a problem', () => {
    expect(library.problems.map(sentence)).toEqual([]);
    expect(library.articles.map(({ slug }) => slug)).toEqual(
      expect.arrayContaining(['sample-arabic', 'stress-response', 'why-relationships-matter']),
    );
  });

  const looks = ['why-relationships-matter', 'stress-response'].flatMap((slug) =>
    ['letter', 'a4'].flatMap((paper) =>
      [false, true].flatMap((largePrint) =>
        ['one-page', 'full', undefined].map((preset) => ({ article: slug, paper, largePrint, preset })),
      ),
    ),
  );
  it.each(looks)(
    'come out whole: $article on $paper, large print $largePrint, preset $preset',
    async ({ preset, ...look }) => {
      const note = 'Dear Zoë,\n\nWell done. Until Monday, 10:30.\n\n- call your sister\n- walk';
      const choice = { ...look, ...(preset === undefined ? {} : { preset }), client: 'Zoë Łukasiewicz', note };
      const { pdf, pages, sections, title } = await make(choice);
      const text = flat(popplerText(pdf));
      const printed = sections.map((id) => article(look.article).sections.find((section) => section.id === id)!.title);
      const wanted = [
        'For Zoë Łukasiewicz',
        'Well done. Until Monday, 10:30.',
        'call your sister',
        '988',
        title,
        ...printed,
      ];
      expect(wanted.filter((words) => !text.includes(flat(words)))).toEqual([]);
      expect(pageCount(pdf)).toBe(pages);
      expect(text).toContain(`page ${pages} of ${pages}`);
      const core = article(look.article).sections.filter(({ kind }) => kind === 'core');
      expect(sections).toEqual(expect.arrayContaining(core.map(({ id }) => id)));
    },
  );

  it.each(['why-relationships-matter', 'stress-response'])('print every word of %s', async (slug) => {
    const { pdf } = await make({ article: slug, preset: 'full' });
    // A paragraph may run over the page, and the foot then stands within it.
    const withoutFoot = popplerText(pdf).replace(/^.* 1\.0\.0, November.*$|^\f?page \d+ of \d+$/gmu, '');
    const text = flat(withoutFoot).replace(/[^\p{L}\p{N}]+/gu, ' ');
    const missing = article(slug).sections.flatMap(({ html }) => {
      const plain = html
        .replace(/\{\{#if client\}\}.*?\{\{else\}\}|\{\{[^}]*\}\}/gu, '')
        .replace(/<\/(?:p|li|td|th|h3|caption|div|figcaption)>/gu, '\n');
      const lines = plain
        .replace(/<[^>]*>/gu, '')
        .replace(/&#x27;|&#39;/gu, "'")
        .replace(/&amp;/gu, '&')
        .split('\n');
      return lines.filter((line) => !text.includes(line.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()));
    });
    expect(missing).toEqual([]);
  });
});

describe('a handout', () => {
  it('is the same for the same request, from another press too', async () => {
    const choice = { article: 'stress-response', client: 'Ann', note: 'Hello' };
    const [one, two] = [await make(choice), await make(choice)];
    expect(one.pdf.equals(two.pdf)).toBe(true);
    const other = await makeHandout(aChoice(choice), await sampleLibrary(), aPractice(), openPress());
    expect(one.pdf.equals(other.pdf)).toBe(true);
  });

  it('has a letterhead with a logo', async () => {
    const { pdf } = await make({ article: 'stress-response' }, aPractice({ logo: await aLogo() }));
    expect(flat(popplerText(pdf))).toContain('Harbour Practice');
    expect(pdf.toString('latin1')).toContain('/Subtype /Image');
  });

  it('needs neither name nor note nor letterhead', async () => {
    const practice = aPractice({ name: '', contact: [], clinician: '', credentials: '' });
    const { pdf } = await make({ article: 'stress-response' }, practice);
    expect(flat(popplerText(pdf))).not.toMatch(/For November|from ·|undefined|null|\{\{/u);
  });

  it('takes a note of 2,000 characters, and a name of 120, without losing any', async () => {
    const name = `${'Maximiliane '.repeat(9)}${'x'.repeat(12)}`;
    const note = 'Word by word, step by step. '.repeat(72).slice(0, 1990).trim();
    const foot = /Your stress response 1\.0\.0, .*? page \d of \d /gu;
    const text = flat(popplerText((await make({ article: 'stress-response', client: name, note })).pdf)).replace(
      foot,
      '',
    );
    expect(text).toContain(name);
    expect(text).toContain(note);
  });

  it('begins a long note on page one, below the message', async () => {
    const note = 'Word by word, step by step. '.repeat(72).slice(0, 1900).trim();
    const [first] = popplerText((await make({ article: 'stress-response', preset: 'one-page', note })).pdf).split('\f');
    expect(first).toContain('Word by word');
  });

  it('has the slots on the page, what comes next before the words that send to the number', async () => {
    const slots = { words: 'It runs ahead of me.', plan: 'I will walk.', appointment: 'Monday, 10:30' };
    const text = flat(popplerText((await make({ article: 'stress-response', ...slots })).pdf));
    for (const words of ['In your words', ...Object.values(slots)]) expect(text).toContain(words);
    expect(text).toMatch(
      /Next appointment Monday, 10:30 When to get help .* Call the number below\. Help right now 988/u,
    );
    expect(text).not.toMatch(/What we agreed|What may get in the way/u);
  });

  it('cuts a note without a blank to fit, and loses nothing', async () => {
    const note = 'abcdefghij'.repeat(60);
    const text = popplerText((await make({ article: 'stress-response', note })).pdf).replace(/\s/gu, '');
    expect(text).toContain(note);
  });

  it('prints markup as typed', async () => {
    const note = '<b>bold</b> {{client}} # x &amp; <!--part--> **y**';
    expect(flat(popplerText((await make({ article: 'stress-response', note, client: 'Ann' })).pdf))).toContain(note);
  });

  it('never names its client in what a file manager or a printer shows', async () => {
    const { pdf, title } = await make({ article: 'stress-response', client: 'Zaphodia' });
    expect(title).not.toContain('Zaphodia');
    expect(pdf.toString('latin1')).not.toContain('Zaphodia');
    expect(pdf.includes(Buffer.from('Zaphodia', 'utf16le').swap16())).toBe(false);
  });

  it('has the practice’s own crisis line where the country has none', async () => {
    const practice = aPractice({ country: 'XX', crisisLine: 'Call 555 0199 at any hour.' });
    const text = flat(popplerText((await make({ article: 'stress-response' }, practice)).pdf));
    expect(text).toContain('Call 555 0199 at any hour.');
  });
});

describe('an Arabic article', () => {
  it('runs from right to left and reads back', async () => {
    const { pdf, sections } = await make({
      article: 'sample-arabic',
      language: 'ar',
      client: 'محمد الأحمد',
      note: 'مرحبا',
    });
    const text = flat(popplerText(pdf)).replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
    for (const words of ['خطوات صغيرة نحو الهدوء', 'محمد الأحمد', 'مرحبا', 'صديق', 'co-regulation', '988']) {
      expect(text).toContain(words);
    }
    expect(sections).toEqual(['you-may-notice', 'small-steps', 'when-to-get-help']);
    expect(pdf.toString('latin1')).toContain('/Direction /R2L');
  });

  it('has its headings at the right and its page count at the left', async () => {
    const { pdf } = await make({ article: 'sample-arabic', language: 'ar' });
    const lines = popplerText(pdf, { layout: true }).split('\n');
    const indent = (line: string) => /^\s*/u.exec(line)![0].length;
    const foot = lines.find((line) => line.includes('صفحة'))!;
    expect(indent(foot)).toBeLessThan(20);
    const latin = (await make({ article: 'stress-response' })).pdf;
    const other = popplerText(latin, { layout: true })
      .split('\n')
      .find((line) => line.includes('page 1 of'))!;
    expect(other.indexOf('page 1 of')).toBeGreaterThan(40);
  });
});

describe('a refusal', () => {
  const refused = async (choice: Record<string, unknown>, practice = aPractice(), from = library) => {
    const problems = await problemsOf(() => makeHandout(aChoice(choice), from, practice, press));
    for (const problem of problems) expect(problem.hint).toMatch(/\S/u);
    return problems.map(({ code, place }) => [code, place !== undefined && 'field' in place ? place.field : null]);
  };
  const stress = { article: 'stress-response' };

  it('comes for an article, a language, a preset or a section that does not exist', async () => {
    expect(await refused({ article: 'no-such' })).toEqual([['article-unknown', 'article']]);
    expect(await refused({ ...stress, language: 'ar' })).toEqual([['language-unknown', 'language']]);
    expect(await refused({ ...stress, preset: 'huge' })).toEqual([['preset-unknown', 'preset']]);
    expect(await refused({ ...stress, sections: ['x', 'y'] })).toEqual([
      ['section-unknown', 'sections'],
      ['section-unknown', 'sections'],
    ]);
  });

  it('takes a language for its region', async () => {
    expect(await refused({ ...stress, language: 'en-GB' })).toEqual([]);
  });

  it('comes for characters no font has, each field by itself, naming them', async () => {
    const choice = { ...stress, client: 'ᚠᚢᚦ', note: 'ok 𐎠', plan: 'ᚠ', clinician: 'ᚠ' };
    expect(await refused(choice)).toEqual([
      ['character-unprintable', 'client'],
      ['character-unprintable', 'note'],
      ['character-unprintable', 'plan'],
      ['character-unprintable', 'clinician'],
    ]);
    const [problem] = await problemsOf(() => make(choice));
    expect(problem!.message).toContain('U+16A0');
  });

  it('comes for an empty name where a section speaks to the client, and only there', async () => {
    const needy = aSection('dear', { personal: true, needsClient: true, html: '<p>Dear {{client}}</p>' });
    const from: Library = aLibrary({ articles: [anArticle({ sections: [aSection('first'), needy] }) as Article] });
    expect(await refused({}, aPractice(), from)).toEqual([['client-missing', 'client']]);
    expect(await refused({ sections: ['first'] }, aPractice(), from)).toEqual([]);
    expect(await refused({ client: 'Ann' }, aPractice(), from)).toEqual([]);
  });

  it('comes for a country without a crisis line, unless the practice has its own', async () => {
    expect(await refused(stress, aPractice({ country: 'XX' }))).toEqual([['crisis-line-missing', null]]);
    expect(await refused(stress, aPractice({ country: 'XX', crisisLine: 'Call us.' }))).toEqual([]);
  });

  it('tells everything at once', async () => {
    const practice = aPractice({ country: 'XX', name: 'ᚠ' });
    expect(await refused({ ...stress, sections: ['x'], client: 'ᚠ' }, practice)).toEqual([
      ['section-unknown', 'sections'],
      ['character-unprintable', 'client'],
      ['character-unprintable', 'practice'],
      ['crisis-line-missing', null],
    ]);
    expect(await refused({ article: 'no-such', client: 'ᚠ' }, practice)).toHaveLength(4);
  });

  it('says nothing of the client but the character', async () => {
    const problems = await problemsOf(() => make({ ...stress, client: 'Hildegard ᚠ', note: 'secret 𐎠' }));
    expect(problems.map(sentence).join('\n')).not.toMatch(/Hildegard|secret/u);
  });

  it('comes before anything is drawn', async () => {
    const idle: Press = { ...press, draw: () => Promise.reject(new Error('drawn')) };
    const problems = await problemsOf(() =>
      makeHandout(aChoice({ ...stress, client: 'ᚠ' }), aLibrary({ crisisLines: [aCrisisLine()] }), aPractice(), idle),
    );
    expect(problems.map(({ code }) => code)).toEqual(['article-unknown', 'character-unprintable']);
  });
});
