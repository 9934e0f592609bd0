// The handout for a screen says what the PDF says, word for word, and refuses what the PDF refuses.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildNode, isTag, isText } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import type { Library } from '../../src/content/article.ts';
import { makeHandout } from '../../src/make/handout.ts';
import { sayingOf } from '../../src/make/saying.ts';
import { makeWebPage } from '../../src/make/web-page.ts';
import { mergeSheet } from '../../src/merge/sheet.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { aChoice, aLibrary, anArticle, aPractice, aSection, problemsOf, textsOf } from '../support/builders.ts';
import { aLogo, sampleLibrary, withPicture } from '../support/house.ts';
import { popplerStructure, popplerText } from '../support/poppler.ts';

let library: Library;
let press: Press;
beforeAll(async () => {
  library = await sampleLibrary();
  press = openPress();
});

/** Words in order, without blanks, direction marks and the forms that Arabic letters take. */
const bare = (text: string) => text.normalize('NFKC').replace(/[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');

/** What is read out of a PDF in its structure's order; the labels of its lists, a scale's numbers too, stand apart. */
function wordsOfPdf(pdf: Buffer): string {
  const lines = popplerStructure(pdf).split('\n');
  const isLabel = (index: number) => /^\s*Lbl\b/u.test(lines[index - 1] ?? '');
  return bare(lines.flatMap((line, index) => (isLabel(index) ? [] : [/^\s*"(.*)"$/u.exec(line)?.[1] ?? ''])).join(' '));
}

const wordsOfPage = (html: string) => bare(textOfPage(html));

function textOfPage(html: string): string {
  const body = /<body>([\s\S]*)<footer>/u.exec(html)![1]!;
  const text = (node: ChildNode): string =>
    isText(node) ? node.data : isTag(node) && node.name !== 'title' ? node.children.map(text).join('') : '';
  return parseDocument(
    body.replace(/<span class="value">\d+<\/span>/gu, '').replace(/<\/(?:p|li|h\d|td|th|text)>|<br>/gu, '$& '),
  )
    .children.map(text)
    .join(' ');
}

const NOTE = 'Dear Zoë,\n\n- walk\n- “rest” & <b>read</b>\n\nMonday\n10:30';
const TYPED = { client: 'Zoë Łukasiewicz', note: NOTE, words: 'It runs.', plan: 'I will.', appointment: 'Monday' };

describe('the words of page and PDF', () => {
  it.each([
    { article: 'stress-response', preset: 'full', ...TYPED },
    { article: 'why-relationships-matter', preset: 'full', largePrint: true },
    { article: 'why-relationships-matter', preset: 'one-page', discreet: true },
  ])('are the same: $article, $preset', async (choice) => {
    const practice = aPractice({ logo: await aLogo() });
    const [{ pdf }, { html }] = [
      await makeHandout(aChoice(choice), library, practice, press),
      await makeWebPage(aChoice(choice), library, practice, press),
    ];
    expect(wordsOfPage(html).length).toBeGreaterThan(300);
    expect(wordsOfPage(html)).toBe(wordsOfPdf(pdf));
  });
});

describe('an Arabic page', () => {
  it('says what the PDF is drawn from, in its order, from right to left', async () => {
    const choice = aChoice({ article: 'sample-arabic', language: 'ar', client: 'محمد', plan: 'أمشي' });
    const { html } = await makeWebPage(choice, library, aPractice(), press);
    const { saying } = sayingOf(choice, library, aPractice(), press);
    expect(wordsOfPage(html)).toBe(bare(textsOf(mergeSheet(saying).blocks).join(' ')));
    expect(html).toContain('<html lang="ar" dir="rtl"');
  });

  it('says no word that the PDF does not', async () => {
    const choice = aChoice({ article: 'sample-arabic', language: 'ar', client: 'محمد', plan: 'أمشي' });
    const words = (text: string) => new Set(text.normalize('NFKC').match(/[\p{L}\p{M}]+/gu));
    const printed = words(popplerText((await makeHandout(choice, library, aPractice(), press)).pdf));
    const shown = [...words(textOfPage((await makeWebPage(choice, library, aPractice(), press)).html))];
    expect(shown.length).toBeGreaterThan(40);
    expect(shown.filter((word) => !printed.has(word))).toEqual([]);
  });
});

describe('a page for a screen', () => {
  const page = (choice: Record<string, unknown>, from = library, practice = aPractice()) =>
    makeWebPage(aChoice(choice), from, practice, press);

  it('holds logo and pictures itself', async () => {
    await withPicture(async (path) => {
      const html = '<figure><img src="circles.png" alt="Circles"><figcaption>Near and far</figcaption></figure>';
      const figures = [{ name: 'circles.png', path, drawing: null }];
      const from = aLibrary({ articles: [anArticle({ sections: [aSection('first', { html })], figures })] });
      const made = await page({}, from, aPractice({ logo: await aLogo() }));
      expect(made.html.match(/src="data:image\/png;base64,[\w+/=]{50,}"/gu)).toHaveLength(2);
      expect(made.html).toContain('alt="Circles"');
    });
  });

  it('is the same for the same request, and names sections and title', async () => {
    const [one, two] = [await page({ article: 'stress-response' }), await page({ article: 'stress-response' })];
    expect(one).toEqual(two);
    expect(one.title).toBe('Your stress response');
    expect(one.sections).toContain('in-short');
  });

  it('keeps a discreet copy’s title to itself', async () => {
    const { html } = await page({ article: 'stress-response', discreet: true, client: 'Zaphodia' });
    expect(html).not.toMatch(/Your stress response|Harbour Practice|Zaphodia|2026<\/bdi>/u);
  });

  it('refuses what the PDF refuses', async () => {
    const wrong = { article: 'stress-response', sections: ['none'], client: 'ᚠ' };
    const [page1, pdf] = await Promise.all([
      problemsOf(() => page(wrong)),
      problemsOf(() => makeHandout(aChoice(wrong), library, aPractice(), press)),
    ]);
    expect(page1).toHaveLength(2);
    expect(page1).toEqual(pdf);
  });

  it('takes no more than a phone takes easily', async () => {
    expect((await page({ article: 'stress-response', preset: 'full' })).html.length).toBeLessThan(60_000);
  });
});
