// A drawing in the PDF: its operators, its words as others read them, and what the checker says of whole handouts.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Article, Library } from '../../src/content/article.ts';
import { readDrawing } from '../../src/content/drawing.ts';
import { compose } from '../../src/layout/compose.ts';
import { themeOf } from '../../src/layout/theme.ts';
import { makeHandout } from '../../src/make/handout.ts';
import { readBlocks } from '../../src/merge/read.ts';
import { drawPlaced, type PageNotes } from '../../src/pdf/content.ts';
import { PAGE } from '../../src/pdf/level.ts';
import { paletteOf } from '../../src/pdf/palette.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { openTypefaces } from '../../src/pdf/typefaces.ts';
import { aChoice, aLibrary, anArticle, aPractice, aSection } from '../support/builders.ts';
import { checkConformance } from '../support/conformance/check.ts';
import { ourLibrary } from '../support/house.ts';
import { fakeMeasure } from '../support/measure.ts';
import { pdfjsStructure } from '../support/pdfjs.ts';
import { popplerText } from '../support/poppler.ts';

const svg = (inside: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 280 200" fill="none" font-size="12"${attributes}>
<title>A ring</title>
${inside}
</svg>`;
function drawing(inside: string) {
  const read = readDrawing(svg(inside), 'ring.svg');
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.drawing;
}

const typefaces = openTypefaces();
function draw(inside: string) {
  const html = '<figure><img src="ring.svg" alt="A ring."></figure>';
  const setting = { theme: themeOf('letter', false), measure: fakeMeasure, dir: 'ltr' } as const;
  const galley = compose(readBlocks(html, new Map([['ring.svg', drawing(inside)]]))[0]!, setting);
  const page: PageNotes = {
    height: 792,
    shift: 0,
    palette: paletteOf(''),
    direction: 'ltr',
    leaves: [],
    glyphs: new Map(),
    images: new Set(),
    ground: PAGE,
    links: [],
    fields: [],
    boxes: new Map(),
  };
  return { operators: drawPlaced({ galley, from: 0, to: 1, y: 100 }, page, typefaces).split('\n'), page };
}

const LEFT = themeOf('letter', false).text.x;
const TOP = 692;

describe('the operators of a drawing', () => {
  it('draw an outline where it stands, with its line', () => {
    const look =
      'stroke="#1c5757" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" stroke-dasharray="4 2"';
    const { operators } = draw(`<path d="M10 20L30 40C1 2 3 4 5 6Z" ${look}/>`);
    expect(operators).toEqual([
      '/Figure <</MCID 0>> BDC',
      'q',
      '0.11 0.341 0.341 RG',
      '1.5 w 1 J 1 j 4 M',
      '[4 2] 0 d',
      `${LEFT + 10} ${TOP - 20} m`,
      `${LEFT + 30} ${TOP - 40} l`,
      `${LEFT + 1} ${TOP - 2} ${LEFT + 3} ${TOP - 4} ${LEFT + 5} ${TOP - 6} c`,
      'h',
      'S',
      'Q',
      'EMC',
      '',
    ]);
  });

  it.each([
    ['fill="#ffffff"', 'f'],
    ['stroke="#1d2224"', 'S'],
    ['fill="#f5f1e8" stroke="#1d2224"', 'B'],
  ])('paint %s with %s', (look, paint) => {
    expect(draw(`<rect x="1" y="1" width="9" height="9" ${look}/>`).operators.slice(-4)).toEqual([
      paint,
      'Q',
      'EMC',
      '',
    ]);
  });

  it('keep outlines and words in one marked-content sequence, in the order of the file', () => {
    const inside = `<rect x="1" y="1" width="99" height="40" fill="#f5f1e8"/><text x="9" y="20" fill="#1d2224">Calm</text>
<path d="M9 30h9" stroke="#1d2224"/>`;
    const { operators, page } = draw(inside);
    expect(operators.filter((one) => /^(?:\/Figure|EMC|BT|ET|f|S)/u.test(one))).toEqual([
      '/Figure <</MCID 0>> BDC',
      'f',
      'BT',
      'ET',
      'S',
      'EMC',
    ]);
    expect(page.leaves).toHaveLength(1);
    expect([...page.boxes.values()]).toEqual([{ rect: [LEFT, TOP - 200, LEFT + 280, TOP], ground: PAGE }]);
  });

  it('give words that are read as another text a sequence of the same figure', () => {
    const { operators, page } = draw(
      '<text x="90" y="20" fill="#1d2224">مُحمد</text><path d="M9 30h9" stroke="#1d2224"/>',
    );
    expect(operators.some((one) => one.includes('/ActualText'))).toBe(true);
    expect(new Set(page.leaves).size).toBe(1);
    expect(operators.filter((one) => one.endsWith('BDC')).length).toBe(operators.filter((one) => one === 'EMC').length);
  });
});

describe('a handout with a drawing', () => {
  let press: Press;
  let ours: Library;
  beforeAll(async () => {
    press = openPress();
    ours = await ourLibrary();
  });

  const LABELS = ['Calm &amp; café', 'Später – “jetzt”', 'Ярость', 'راحة'];
  function article(personal: boolean): Article {
    const lines = LABELS.map(
      (words, index) => `<text x="140" y="${40 + 30 * index}" fill="#1d2224" text-anchor="middle">${words}</text>`,
    );
    const figure = '<figure><img src="ring.svg" alt="Four words."><figcaption>Words</figcaption></figure>';
    const html = personal ? `<p data-personal>For {{client}}</p>${figure}` : figure;
    const figures = [{ name: 'ring.svg', path: '/ring.svg', drawing: drawing(lines.join('\n')) }];
    return anArticle({ sections: [aSection('first', { html, personal })], figures });
  }
  const make = async (library: Library, some: Record<string, unknown> = {}, whole = false) =>
    (await makeHandout(aChoice({ client: 'Ann', ...some }), library, aPractice(), press, whole)).pdf;

  it('reads its words back', async () => {
    const text = popplerText(await make(aLibrary({ articles: [article(false)] })));
    for (const words of LABELS) expect(text).toContain(words.replace('&amp;', '&'));
  });

  it('has them as one figure with its title, alt text and box', async () => {
    const pdf = await make(aLibrary({ articles: [article(false)] }));
    expect(JSON.stringify(await pdfjsStructure(pdf))).toContain('"alt":"Four words."');
    const element = /<<\n\/Type \/StructElem\n\/S \/Figure\n[\s\S]*?\nendobj/u.exec(pdf.toString('latin1'))?.[0];
    expect(element).toContain('/T (A ring)');
    const [, attributes] = /\/A (\d+) 0 R/u.exec(element!)!;
    const box = new RegExp(`\\n${attributes} 0 obj\\n[\\s\\S]*?\\nendobj`, 'u').exec(pdf.toString('latin1'))?.[0];
    expect(box).toContain('/BBox [');
    expect(box).toContain('/Placement /Block');
  });

  it.each([true, false])('is the same bytes each time, whole or from what is kept (personal: %s)', async (personal) => {
    const library = aLibrary({ articles: [article(personal)] });
    const first = await make(library);
    await make(library, { client: 'Bob' });
    expect((await make(library)).equals(first)).toBe(true);
    expect((await make(library, {}, true)).equals(first)).toBe(true);
  });

  it.each([
    [false, 'letter'],
    [true, 'a4'],
  ])('passes the checker: large print %s on %s', async (largePrint, paper) => {
    const library = aLibrary({ articles: [article(true)] });
    expect(checkConformance(await make(library, { largePrint, paper }))).toEqual([]);
    const figured = ours.articles.filter(({ figures }) => figures.some(({ drawing: one }) => one !== null));
    expect(figured.length).toBeGreaterThanOrEqual(2);
    for (const { slug, lang } of figured)
      expect(checkConformance(await make(ours, { article: slug, language: lang, largePrint, paper }))).toEqual([]);
  });
});
