// What a choice amounts to: pages and sheets, minutes, how hard it reads, and what it does without.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Library } from '../../src/content/article.ts';
import { countsOf } from '../../src/content/reading.ts';
import { meterOf } from '../../src/make/meter.ts';
import { aChoice, anArticle, aSection } from '../support/builders.ts';
import { ourLibrary } from '../support/house.ts';

let library: Library;
beforeAll(async () => {
  library = await ourLibrary();
});

const PLAIN = 'The cat sat on the mat and had a nap.';
const read = (id: string, text: string, lang = 'en', some = {}) =>
  aSection(id, { words: text.split(' ').length, counts: countsOf(text, lang), ...some });
const measure = (sections: readonly string[], article = anArticle(), choice: Record<string, unknown> = {}, pages = 1) =>
  meterOf({ pages, sections }, aChoice(choice), article);

describe('the meter', () => {
  it.each([
    [1, 1],
    [2, 1],
    [3, 2],
  ])('says that %i pages are %i sheets', (pages, sheets) => {
    expect(measure(['first'], anArticle(), {}, pages)).toMatchObject({ pages, sheets });
  });

  it('counts the minutes of what is printed and of what was typed', () => {
    const article = anArticle({ sections: [aSection('first', { words: 600 }), aSection('second', { words: 900 })] });
    expect(measure(['first'], article).minutes).toBe(3);
    expect(measure(['first'], article, { note: 'word '.repeat(350) }).minutes).toBe(5);
  });

  it('reads each section by itself and all that is printed together', () => {
    const sections = [read('first', `${PLAIN} ${PLAIN} ${PLAIN}`), read('second', PLAIN), read('third', PLAIN)];
    const { reading, sections: each } = measure(['first', 'second'], anArticle({ sections, message: PLAIN }));
    expect(each).toEqual([
      {
        id: 'first',
        title: 'Title of first',
        words: 30,
        reading: { scale: 'Flesch–Kincaid', value: expect.closeTo(0.11, 6) },
      },
      { id: 'second', title: 'Title of second', words: 10, reading: null },
    ]);
    expect(reading).toEqual({ scale: 'Flesch–Kincaid', value: expect.closeTo(0.11, 6) });
  });

  it('reads note and slots, in their own language', () => {
    const note = `${PLAIN} ${PLAIN} ${PLAIN}`;
    expect(measure(['first'], anArticle(), { note, plan: 'Walk.' }).typed).toEqual([
      { field: 'note', words: 30, reading: { scale: 'Flesch–Kincaid', value: expect.closeTo(0.11, 6) } },
      { field: 'plan', words: 1, reading: null },
    ]);
    expect(measure(['first'], anArticle(), { note, noteLanguage: 'fr' }).typed[0]!.reading).toBeNull();
    expect(measure(['first'], anArticle({ lang: 'es' }), { note: 'sí '.repeat(30) }).typed[0]!.reading?.scale).toBe(
      'INFLESZ',
    );
  });

  it('gives no reading where no formula is valid', () => {
    const arabic = anArticle({ lang: 'ar', sections: [read('first', 'كلمة '.repeat(60), 'ar')] });
    expect(measure(['first'], arabic)).toMatchObject({ reading: null, sections: [{ reading: null }] });
  });
});

describe('what a choice does without', () => {
  const sections = [
    aSection('plain'),
    aSection('in-short'),
    aSection('act', { kind: 'try', html: '<div class="lines" data-count="2">x</div>' }),
    aSection('steps', { html: '<ol data-source="x:1"><li>a</li></ol>' }),
    aSection('see', { html: '<figure><img src="a.svg" alt="b"></figure>' }),
  ];
  const misses = (chosen: readonly string[], some: Record<string, unknown> = {}, article = anArticle({ sections })) =>
    measure(chosen, article, some).misses.map(({ item, section }) => [item, section]);

  it('is told with the section that has it', () => {
    expect(misses(['plain'])).toEqual([
      ['summary', 'in-short'],
      ['action', 'act'],
      ['steps', 'steps'],
      ['tool', 'act'],
      ['picture', 'see'],
    ]);
    expect(misses(['in-short', 'act', 'steps', 'see'])).toEqual([]);
  });

  it('is told without a section where the article has none', () => {
    const article = anArticle({ sections: [aSection('plain')] });
    expect(misses(['plain'], {}, article)[0]).toEqual(['summary', null]);
    expect(measure(['plain'], article).misses[0]).toEqual({
      item: 'summary',
      from: 'PEMAT 11',
      words: 'There is no summary.',
      section: null,
    });
  });

  it('is not an action where a plan is written down', () => {
    expect(misses(['plain'], { plan: 'I will walk.' }).map(([item]) => item)).not.toContain('action');
  });

  it('takes a scale for a tool and not for steps', () => {
    const scale = aSection('scale', { html: '<div class="scale"><p>x</p><ol class="scale"><li></li></ol></div>' });
    expect(misses(['scale'], {}, anArticle({ sections: [scale] })).map(([item]) => item)).toEqual([
      'summary',
      'action',
      'steps',
      'picture',
    ]);
  });

  it('is nothing in our own articles with every section', () => {
    for (const article of library.articles) {
      const all = article.sections.map(({ id }) => id);
      expect([article.slug, measure(all, article).misses]).toEqual([article.slug, []]);
      const { scale, value } = measure(all, article).reading!;
      // INFLESZ counts the other way round: 55 is where most people read easily.
      expect([article.slug, article.lang, scale === 'INFLESZ' ? value > 55 : value < 8]).toEqual([
        article.slug,
        article.lang,
        true,
      ]);
    }
  });
});
