// Whole sheets onto pages: in both directions, with a foot, within top and bottom.
import { describe, expect, it } from '@jest/globals';
import { compose } from '../../src/layout/compose.ts';
import { emptyShelf, layOut } from '../../src/layout/lay-out.ts';
import type { Galley, Mark } from '../../src/layout/page.ts';
import { themeOf } from '../../src/layout/theme.ts';
import type { Block } from '../../src/merge/block.ts';
import { readBlocks } from '../../src/merge/read.ts';
import { fakeMeasure } from '../support/measure.ts';
import { heightOf, large, linesOf, pagesOf, setting, sheet, type TextMark, textsOf, theme } from './galleys.ts';

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

  it('say the same at the foot of every page, however wide its number is', () => {
    const word = 'x'.repeat(70);
    for (let more = 0; more < 30; more++) {
      const foot = [word, 'y'.repeat(more)];
      const feet = pagesOf(`<p>${linesOf(700)}</p>`, { foot }).pages.map((page) =>
        page.foot.flatMap((mark) => (mark.kind === 'text' && /[xy]/u.test(mark.text) ? [mark.text] : [])),
      );
      expect(feet.length).toBeGreaterThan(10);
      expect(new Set(feet.map((marks) => marks.join('|'))).size).toBe(1);
    }
  });

  it('leave out the end of a foot that does not fit its line, and keep its first part whatever it takes', () => {
    const foot = ['Finding calm 1.0.0', 'Harbour', 'Long '.repeat(30)];
    expect(footText(pagesOf(long, { foot }).pages[0]!)[0]).toBe('Finding calm 1.0.0 · Harbour');
    expect(footText(pagesOf(long, { foot: ['word '.repeat(40)] }).pages[0]!)).toHaveLength(2);
  });

  it('have two lines at the foot in large print, the last one on the foot’s baseline', () => {
    const foot = ['Finding calm 1.0.0, 23 November 2026', 'Harbour Practice, Portland, Oregon, by the sea'];
    const { pages } = pagesOf(long, { foot }, large);
    const lines = pages[0]!.foot.flatMap((mark) => (mark.kind === 'text' ? [Math.round(mark.y)] : []));
    expect(new Set(lines)).toEqual(new Set([large.footBaseline - large.foot.leading, large.footBaseline]));
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
    const fixed = emptyShelf();
    const one = sheet('<h1>Title</h1><p data-personal>Ann</p>');
    const run = () =>
      layOut(
        one,
        theme,
        { fixed: fakeMeasure, personal: fakeMeasure },
        { fixed, personal: emptyShelf() },
      ).pages[0]!.placed.map(({ galley: set }) => set);
    const [first, second] = [run(), run()];
    expect(second[0]).toBe(first[0]);
    expect(second[1]).not.toBe(first[1]);
    expect(second[1]).toEqual(first[1]);
  });

  it('are the same for the same sheet', () => {
    // A shape knows what is not one client's own by itself, and these are set twice.
    const [{ shape: _, ...first }, { shape: __, ...second }] = [pagesOf(long), pagesOf(long)];
    expect(second).toEqual(first);
  });
});

describe('the words that send to the number to call', () => {
  it('are on its page, though what the client will do is between them', () => {
    const note = (id: string) =>
      `<section id="${id}" data-personal><h2>I will</h2><aside class="note"><p>x</p></aside></section>`;
    const help = `<section id="help-now"><h2>Help</h2><aside class="help"><p>${linesOf(3)}</p></aside></section>`;
    const pages = (id: string) =>
      pagesOf(
        `<p>${linesOf(32)}</p><section id="a"><h2>When</h2><p>${linesOf(3)}</p></section>${note(id)}${help}<p>${linesOf(9)}</p>`,
      ).pages.map(({ placed }) => placed.length);
    expect(pages('other')).toEqual([2, 3]);
    expect(pages('slot-plan')).toEqual([1, 4]);
  });
});
