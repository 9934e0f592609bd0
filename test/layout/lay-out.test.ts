// Blocks onto pages: headings hang beside their text, boxes and rows stay whole, and right-to-left is a mirror image.
import { describe, expect, it } from '@jest/globals';
import { compose } from '../../src/layout/compose.ts';
import { layOut } from '../../src/layout/lay-out.ts';
import type { Galley, Mark, Strip, Tag } from '../../src/layout/page.ts';
import { setText } from '../../src/layout/text.ts';
import { themeOf } from '../../src/layout/theme.ts';
import type { Block, Sheet } from '../../src/merge/block.ts';
import { readBlocks } from '../../src/merge/read.ts';
import { fakeMeasure } from '../support/measure.ts';

type TextMark = Extract<Mark, { kind: 'text' }>;
const theme = themeOf('letter', false);
const large = themeOf('letter', true);
const setting = (dir: 'ltr' | 'rtl' = 'ltr', looks = theme) => ({ theme: looks, measure: fakeMeasure, dir });
const galley = (html: string, dir: 'ltr' | 'rtl' = 'ltr', looks = theme): Galley =>
  compose(readBlocks(html)[0]!, setting(dir, looks));
const sheet = (html: string, some: Partial<Sheet> = {}): Sheet => ({
  lang: 'en',
  dir: 'ltr',
  title: 'Finding calm',
  blocks: readBlocks(html),
  foot: [{ text: 'Harbour · 555 0100 · Finding calm 1.0.0' }],
  pageWords: 'page {page} of {pages}',
  ...some,
});
const pagesOf = (html: string, some?: Partial<Sheet>, looks = theme) =>
  layOut(sheet(html, some), looks, { fixed: fakeMeasure, personal: fakeMeasure });

interface Set {
  text: string;
  x: number;
  y: number;
  mark: TextMark;
}
/** Texts with their place in the galley, in the order they are drawn. */
function textsOf({ strips }: Pick<Galley, 'strips'>): Set[] {
  let top = 0;
  return strips.flatMap((strip, index) => {
    if (index > 0) top += strip.gap;
    const here = top;
    top += strip.height;
    return strip.marks.flatMap((mark) =>
      mark.kind === 'text' ? [{ text: mark.text.trimEnd(), x: mark.x, y: here + mark.y, mark }] : [],
    );
  });
}
const heightOf = ({ strips }: Pick<Galley, 'strips'>) =>
  strips.reduce((sum, { height, gap }, index) => sum + height + (index === 0 ? 0 : gap), 0);
const keeps = (strips: readonly Strip[]) => strips.map(({ keep }) => keep);
const tagTypes = (tags: readonly Tag[]): unknown[] =>
  tags.map(({ type, kids }) => [type, ...tagTypes(kids.filter((kid) => kid.kind === 'tag'))]);
const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index % 10}`).join(' ');
/** As many words as fill this many lines of the text column: a word and its blank are 30 points wide. */
const linesOf = (count: number) => words(Math.floor(theme.text.width / 30) * count);

describe('a paragraph', () => {
  it('keeps two lines together at either side of a page break', () => {
    const paragraph = (count: number) =>
      setText([{ text: linesOf(count) }], theme.body, { ...theme.text, panel: null }, setting()).strips;
    expect(keeps(paragraph(1))).toEqual(['no']);
    expect(keeps(paragraph(2))).toEqual(['always', 'no']);
    expect(keeps(paragraph(3))).toEqual(['always', 'always', 'no']);
    expect(keeps(paragraph(6))).toEqual(['always', 'no', 'no', 'no', 'always', 'no']);
  });

  it('has links to click on each of their lines, and an element of their own', () => {
    const link = linesOf(2);
    const { strips, tags } = galley(`<p>See <a href="https://x.org">${link}</a> now.</p>`);
    expect(tagTypes(tags)).toEqual([['P', ['Link']]]);
    const areas = strips.flatMap(({ marks }) => marks.filter(({ kind }) => kind === 'link'));
    expect(areas.length).toBe(strips.length);
    expect(new Set(areas.map((area) => (area.kind === 'link' ? area.tag.href : ''))).size).toBe(1);
  });
});

describe('a section', () => {
  const plain = '<section id="a"><h2>Small steps</h2><p>First line.</p><p>More.</p></section>';

  it('has its heading in the margin column, on the first line of its text', () => {
    const [heading, first] = textsOf(galley(plain));
    expect(heading).toMatchObject({ text: 'Small steps', x: theme.margin.x });
    expect(first).toMatchObject({ text: 'First line.', x: theme.text.x, y: heading!.y });
  });

  it('has its heading on the first line of a box, a list and a table too', () => {
    const bodies = [
      '<aside class="try"><p>First line.</p></aside>',
      '<aside class="caution"><p>First line.</p></aside>',
      '<ul><li>First line.</li></ul>',
      '<h3>First line.</h3><p>x</p>',
    ];
    for (const body of bodies) {
      const texts = textsOf(galley(`<section id="a"><h2>Steps</h2>${body}</section>`));
      expect([body, texts.find(({ text }) => text === 'Steps')!.y]).toEqual([
        body,
        texts.find(({ text }) => text === 'First line.')!.y,
      ]);
    }
  });

  it('is at least as high as its heading, so that the next one never covers it', () => {
    const long = 'A heading that needs many lines in its narrow column of words';
    const bodies = [
      '<p>Short.</p>',
      '<ul><li>a</li><li>b</li></ul>',
      '<aside class="help"><p>Call.</p></aside>',
      '<div class="lines" data-count="1">Mine</div>',
      '<p></p>',
      '',
    ];
    for (const body of bodies) {
      const one = galley(`<section id="a"><h2>${long}</h2>${body}</section>`);
      const heading = textsOf(one).filter(({ mark }) => mark.face === 'bold');
      expect(heading.map(({ text }) => text).join(' ')).toBe(long);
      expect(heightOf(one)).toBeGreaterThanOrEqual(heading.at(-1)!.y);
      const column = heading.map(({ mark }) => mark.x + mark.width);
      expect(Math.max(...column)).toBeLessThanOrEqual(theme.text.x);
    }
  });

  it('holds together beside its heading, so that no break falls between the heading’s lines', () => {
    const long = 'A heading that needs many lines in its narrow column of words';
    const one = galley(`<section id="a"><h2>${long}</h2><ul>${'<li>x</li>'.repeat(30)}</ul></section>`);
    const last = Math.max(
      ...textsOf(one)
        .filter(({ mark }) => mark.face === 'bold')
        .map(({ y }) => y),
    );
    let bottom = 0;
    one.strips.forEach(({ height, gap, keep }, index) => {
      bottom += height + (index === 0 ? 0 : gap);
      if (bottom < last) expect([index, keep]).toEqual([index, 'always']);
    });
  });

  it('is not cut while it is short, and is cut when it is long', () => {
    const short = galley(plain).strips;
    expect(keeps(short).slice(0, -1)).not.toContain('no');
    const long = galley(`<section id="a"><h2>Steps</h2>${`<p>${linesOf(4)}</p>`.repeat(4)}</section>`).strips;
    expect(keeps(long)).toContain('no');
  });

  it('has its heading above the text in large print, over the whole column', () => {
    const one = galley(plain, 'ltr', large);
    const [heading, first] = textsOf(one);
    expect(heading!.x).toBe(first!.x);
    expect(heading!.y).toBeLessThan(first!.y);
    expect(one.strips[0]!.keep).toBe('always');
    expect(heading!.mark.size).toBeGreaterThan(first!.mark.size);
  });

  it('is one element with its heading first, and gives the outline its title', () => {
    const one = galley('<section id="a"><h2>Steps</h2><p>x</p><h3>Inner</h3><p>y</p></section>');
    expect(tagTypes(one.tags)).toEqual([['Sect', ['H2'], ['P'], ['H3'], ['P']]]);
    expect(one.headings.map(({ level, text }) => [level, text])).toEqual([
      [2, 'Steps'],
      [3, 'Inner'],
    ]);
    const inner = one.headings[1]!.strip;
    expect(textsOf({ strips: [one.strips[inner]!] })[0]!.text).toBe('Inner');
  });

  it('keeps a smaller heading with what follows', () => {
    const one = galley(`<section id="a"><h2>Steps</h2><p>${linesOf(9)}</p><h3>Inner</h3><p>y</p></section>`);
    expect(one.strips[one.headings[1]!.strip]!.keep).toBe('always');
  });
});

describe('a box', () => {
  it('is one panel from the air above to the air below, and is not cut while it fits', () => {
    const { strips } = galley(`<aside class="try"><p>${linesOf(3)}</p><ul><li>a</li></ul></aside>`);
    expect(new Set(strips.map(({ panel }) => panel)).size).toBe(1);
    expect(strips[0]!.panel).not.toBeNull();
    expect(keeps(strips).slice(0, -1)).not.toContain('no');
    expect(strips.at(-1)!.keep).toBe('no');
  });

  it('keeps its text on the text edge and reaches out at both sides', () => {
    const one = galley('<aside class="callout"><p>Words.</p></aside>');
    const panel = one.strips[0]!.panel!;
    expect(textsOf(one)[0]!.x).toBe(theme.text.x);
    expect(panel.x).toBeLessThan(theme.text.x);
    expect(panel.x + panel.width).toBeGreaterThan(theme.text.x + theme.text.width);
    expect(panel.x + panel.width).toBeLessThanOrEqual(theme.page.width);
  });

  it('goes over to the next page whole', () => {
    const fill = `<p>${linesOf(32)}</p>`;
    const { pages } = pagesOf(`${fill}<aside class="try">${'<p>Step.</p>'.repeat(6)}</aside>`);
    expect(pages).toHaveLength(2);
    expect(pages[0]!.placed.map(({ galley: one }) => one.strips[0]!.panel)).toEqual([null]);
  });
});

describe('a list', () => {
  it('hangs its bullets and numbers beside the text', () => {
    for (const list of ['ul', 'ol']) {
      const [label, first] = textsOf(galley(`<${list}><li>First</li><li>Second</li></${list}>`));
      expect(label!.text).toBe(list === 'ul' ? '•' : '1.');
      expect(label!.y).toBe(first!.y);
      expect(label!.mark.x + label!.mark.width).toBeLessThan(first!.x);
    }
  });

  it('never runs a wide number into the text', () => {
    const texts = textsOf(galley(`<ol>${'<li>x</li>'.repeat(120)}</ol>`));
    const last = texts.slice(-2);
    expect(last.map(({ text }) => text)).toEqual(['120.', 'x']);
    expect(last[0]!.mark.x + last[0]!.mark.width).toBeLessThan(last[1]!.x);
  });

  it('has labels and bodies in its elements', () => {
    expect(tagTypes(galley('<ol><li>a</li></ol>').tags)).toEqual([['L', ['LI', ['Lbl'], ['LBody', ['P']]]]]);
    expect(galley('<ul class="check"><li>a</li></ul>').strips[0]!.marks[0]!.kind).toBe('rect');
  });

  it('numbers right to left with the digits in their order', () => {
    const texts = textsOf(galley(`<ol>${'<li>א</li>'.repeat(10)}</ol>`, 'rtl')).slice(-3);
    const digits = texts.find(({ text }) => text.includes('10'))!;
    expect(digits.mark.rtl).toBe(false);
  });
});

describe('a note in another direction than the page', () => {
  const arabic = '<aside class="note" lang="ar" dir="auto"><p>مرحبا</p><ul><li>أول</li><li>ثان</li></ul></aside>';

  it('runs from the right edge, its bullets too', () => {
    const one = galley(arabic);
    const edge = theme.text.x + theme.text.width;
    const [hello, ...list] = textsOf(one);
    expect(hello!.mark.x + hello!.mark.width).toBeCloseTo(edge);
    const bullets = list.filter(({ text }) => text === '•');
    const items = list.filter(({ text }) => text !== '•');
    expect(bullets).toHaveLength(2);
    for (const [index, bullet] of bullets.entries()) {
      const item = items[index]!.mark;
      expect(item.rtl).toBe(true);
      expect(bullet.x).toBeGreaterThan(item.x + item.width);
      expect(bullet.x + bullet.mark.width).toBeLessThanOrEqual(edge);
    }
  });

  it('is the mirror image of a left-to-right note on a right-to-left page', () => {
    const english = arabic.replace('مرحبا', 'Hello').replace('أول', 'One').replace('ثان', 'Two');
    const texts = textsOf(galley(english, 'rtl'));
    const edge = theme.page.width - theme.text.x - theme.text.width;
    expect(texts.find(({ text }) => text === 'Hello')!.x).toBeCloseTo(edge);
    const bullet = texts.find(({ text }) => text === '•')!;
    const item = texts.find(({ text }) => text === 'One')!;
    expect(bullet.x).toBeGreaterThanOrEqual(edge);
    expect(bullet.x + bullet.mark.width).toBeLessThan(item.x);
  });
});

describe('a table', () => {
  const table = (rows: number) =>
    `<table><caption>Who</caption><thead><tr><th>Who</th><th>What to do</th></tr></thead><tbody>${`<tr><td>Friend</td><td>${words(20)}</td></tr>`.repeat(rows)}</tbody></table>`;

  it('has a strip for every row, so that none is cut, and its head stays with the first', () => {
    const { strips } = galley(table(3));
    expect(strips).toHaveLength(1 + 1 + 3);
    expect(keeps(strips)).toEqual(['always', 'always', 'no', 'no', 'no']);
    for (const { height, marks } of strips)
      for (const mark of marks) if (mark.kind === 'text') expect(mark.y).toBeLessThan(height);
  });

  it('goes over the page between rows', () => {
    const { pages } = pagesOf(table(30));
    expect(pages.length).toBeGreaterThan(1);
    expect(
      pages
        .flatMap(({ placed }) => placed)
        .map(({ from, to }) => to - from)
        .reduce((a, b) => a + b),
    ).toBe(32);
  });

  it('keeps each column’s words in its column', () => {
    const one = galley(table(2));
    const second = textsOf(one).filter(({ text }) => /^word|^What/u.test(text));
    const left = Math.min(...second.map(({ x }) => x));
    for (const { text, mark } of textsOf(one)) if (text === 'Friend') expect(mark.x + mark.width).toBeLessThan(left);
    for (const { mark, text } of second)
      expect(mark.x + 5 * text.length).toBeLessThanOrEqual(theme.text.x + theme.text.width + 0.01);
  });

  it('has a scope for every head', () => {
    expect(tagTypes(galley(table(1)).tags)).toEqual([
      ['Table', ['Caption'], ['THead', ['TR', ['TH'], ['TH']]], ['TBody', ['TR', ['TD'], ['TD']]]],
    ]);
  });
});

describe('pictures and writing lines', () => {
  it('sets a figure within the column with its caption below', () => {
    const one = galley('<figure><img src="x.png" alt="Two circles"><figcaption>Circles</figcaption></figure>');
    const image = one.strips[0]!.marks[0]!;
    expect(image).toMatchObject({ kind: 'image', x: theme.text.x });
    if (image.kind === 'image') expect(image.width / image.height).toBeCloseTo(2);
    expect(one.tags[0]).toMatchObject({ type: 'Figure', alt: 'Two circles' });
    expect(one.strips[0]!.keep).toBe('always');
  });

  it('rules as many lines as asked for, far enough apart to write on, with their label', () => {
    const one = galley('<div class="lines" data-count="4">My step</div>');
    const rules = one.strips.filter(({ marks }) => marks.some(({ kind }) => kind === 'line'));
    expect(rules).toHaveLength(4);
    for (const { height } of rules) expect(height).toBeGreaterThanOrEqual((8 * 72) / 25.4);
    expect(keeps(one.strips).slice(0, -1)).not.toContain('no');
  });
});

describe('a right-to-left page', () => {
  const html = `<header><img src="logo" alt="Harbour"><p class="practice">מרפאה</p></header>
    <h1>כותרת</h1>
    <section id="a"><h2>צעדים</h2><p>${'מילה '.repeat(40)}</p><ul><li>אחת</li></ul>
    <table><thead><tr><th>מי</th><th>מה</th></tr></thead><tbody><tr><td>חבר</td><td>שיחה</td></tr></tbody></table>
    <aside class="try"><p>שבוע</p><ul class="check"><li>שתיים</li></ul></aside>
    <div class="lines" data-count="2">צעד</div><figure><img src="x.png" alt="x"></figure></section>`;
  // The same shapes from left to right: every Hebrew letter becomes a Latin one.
  const latin = html.replace(/[א-ת]/gu, 'x');
  const span = (mark: Mark): [number, number] =>
    mark.kind === 'line' ? [mark.x, mark.x2] : [mark.x, mark.x + mark.width];

  it('is the mirror image of a left-to-right one, mark by mark and panel by panel', () => {
    const [left, right] = [readBlocks(latin), readBlocks(html)].map((blocks, index) =>
      blocks.map((block: Block) => compose(block, setting(index === 0 ? 'ltr' : 'rtl'))),
    );
    const marks = (galleys: readonly Galley[]) =>
      galleys.flatMap(({ strips }) => strips.flatMap((strip) => strip.marks));
    const mirror = ([from, to]: [number, number]) => [theme.page.width - to, theme.page.width - from];
    const round = (spans: readonly (readonly number[])[]) =>
      spans.map((one) => one.map((x) => Math.round(x * 100) / 100));
    expect(marks(right!).length).toBe(marks(left!).length);
    expect(round(marks(right!).map(span))).toEqual(round(marks(left!).map((mark) => mirror(span(mark)))));
    const panels = (galleys: readonly Galley[]) =>
      galleys.flatMap(({ strips }) => strips.flatMap(({ panel }) => panel ?? []));
    expect(round(panels(right!).map(({ x, width }) => [x, x + width]))).toEqual(
      round(panels(left!).map(({ x, width }) => mirror([x, x + width]))),
    );
  });

  it('has its margin column at the right', () => {
    const one = compose(readBlocks(html)[2]!, setting('rtl'));
    const heading = textsOf(one)[0]!;
    expect(heading.mark.x + heading.mark.width).toBeCloseTo(theme.page.width - theme.margin.x);
  });

  it('has its foot the other way round', () => {
    const foot = (dir: 'ltr' | 'rtl') => pagesOf(html, { dir }).pages[0]!.foot;
    const count = (dir: 'ltr' | 'rtl') =>
      foot(dir).find((mark) => mark.kind === 'text' && mark.text.startsWith('page'))! as TextMark;
    expect(count('ltr').x).toBeGreaterThan(theme.page.width / 2);
    expect(count('rtl').x).toBeLessThan(theme.page.width / 2);
  });
});

describe('pages', () => {
  const long = `<h1>Title</h1><section id="a"><h2>One</h2>${`<p>${linesOf(5)}</p>`.repeat(16)}</section>
    <section id="help-now"><h2>Help right now</h2><aside class="help"><p class="number">988</p><p>Call.</p></aside></section>`;
  const footText = ({ foot }: { foot: readonly Mark[] }) =>
    foot.flatMap((mark) => (mark.kind === 'text' ? [mark.text.trim()] : []));

  it('count themselves at the foot, as artifacts', () => {
    const { pages } = pagesOf(long);
    expect(pages.length).toBeGreaterThan(2);
    pages.forEach((page, index) => {
      expect(
        footText(page)
          .at(-1)!
          .replace(/\u00a0/gu, ' '),
      ).toBe(`page ${index + 1} of ${pages.length}`);
      for (const mark of page.foot) if (mark.kind === 'text') expect(mark.leaf).toBeNull();
    });
  });

  it('leave out the beginning of a foot that does not fit its line', () => {
    const foot = [{ text: `${'Long '.repeat(30)}· 555 0100 · Finding calm 1.0.0` }];
    expect(footText(pagesOf(long, { foot }).pages[0]!)[0]).toBe('555 0100 · Finding calm 1.0.0');
    expect(footText(pagesOf(long, { foot: [{ text: 'x'.repeat(200) }] }).pages[0]!)).toHaveLength(1);
  });

  it('stay within top and bottom', () => {
    for (const looks of [theme, large, themeOf('a4', false), themeOf('a4', true)]) {
      for (const { placed } of pagesOf(long, {}, looks).pages) {
        for (const { galley: one, from, to, y } of placed) {
          const height = heightOf({ strips: one.strips.slice(from, to) });
          expect(y).toBeGreaterThanOrEqual(looks.page.top);
          expect(y + height).toBeLessThanOrEqual(looks.page.height - looks.page.bottom + 0.01);
        }
      }
    }
  });

  it('hold the help block with the end of the section before it', () => {
    const { pages } = pagesOf(long);
    expect(pages.at(-1)!.placed.length).toBeGreaterThan(1);
  });

  it('lay out anew only what is personal', () => {
    const shelf = new WeakMap();
    const one = sheet('<h1>Title</h1><p data-personal>Ann</p>');
    const run = () =>
      layOut(one, theme, { fixed: fakeMeasure, personal: fakeMeasure }, shelf).pages[0]!.placed.map(
        ({ galley: set }) => set,
      );
    const [first, second] = [run(), run()];
    expect(second[0]).toBe(first[0]);
    expect(second[1]).not.toBe(first[1]);
    expect(second[1]).toEqual(first[1]);
  });

  it('are the same for the same sheet', () => {
    expect(pagesOf(long)).toEqual(pagesOf(long));
  });
});
