// Each look in figures: what it changes on the page, and what it must leave alone.
import { describe, expect, it } from '@jest/globals';
import type { Mark, Strip } from '../../src/layout/page.ts';
import { panelOf } from '../../src/layout/panels.ts';
import { stepsOf, themeOf } from '../../src/layout/theme.ts';
import type { BoxStyle } from '../../src/merge/block.ts';
import { fakeMeasure } from '../support/measure.ts';
import { galley, linesOf, pagesOf } from './galleys.ts';

const STYLES: readonly BoxStyle[] = ['message', 'note', 'callout', 'caution', 'try', 'help'];
const MM = 72 / 25.4;
const thin = themeOf('letter', false, { inkSaving: true });
const panelsIn = (looks = thin) =>
  STYLES.map((style) => {
    const setting = { theme: looks, measure: fakeMeasure, dir: 'ltr' as const };
    return panelOf(style, { ...looks.text, panel: null }, setting);
  });

describe('nothing is told by colour alone:', () => {
  it.each([
    ['standard', themeOf('letter', false)],
    ['large print', themeOf('a4', true)],
    ['ink saving', thin],
  ])('boxes differ by frame, edge or tint, %s', (_name, looks) => {
    const shapes = panelsIn(looks).map(({ fill, stroke, edge }) =>
      JSON.stringify([fill !== null, stroke?.thickness, edge?.thickness]),
    );
    expect(new Set(shapes).size).toBe(STYLES.length);
  });

  it('links are underlined wherever they stand', () => {
    for (const looks of [themeOf('letter', false), thin, themeOf('letter', true)]) {
      const { strips } = galley(`<p>${linesOf(1)} <a href="https://example.org">two words</a>.</p>`, 'ltr', looks);
      const marks = strips.flatMap((strip) => strip.marks);
      const words = marks.filter((mark) => mark.kind === 'text' && mark.colour === 'link');
      expect(words.length).toBeGreaterThan(0);
      expect(marks.filter(({ kind }) => kind === 'line')).toHaveLength(words.length);
    }
  });
});

describe('saving ink', () => {
  it('fills no box and thins every outline', () => {
    const usual = panelsIn(themeOf('letter', false));
    panelsIn().forEach(({ fill, stroke, edge }, index) => {
      expect(fill).toBeNull();
      const before = usual[index]!;
      const area = (panel: { stroke: typeof stroke; edge: typeof edge; fill: typeof fill }) =>
        (panel.fill === null ? 0 : 100) + (panel.stroke?.thickness ?? 0) + (panel.edge?.thickness ?? 0);
      expect(area({ fill, stroke, edge })).toBeLessThanOrEqual(style(index) === 'callout' ? 0.4 : area(before));
    });
  });

  const style = (index: number) => STYLES[index]!;
});

describe('a binder’s margin', () => {
  const html = `<h1>Title</h1><section id="a"><h2>One</h2>${`<p>${linesOf(5)}</p>`.repeat(16)}</section>`;
  const looks = (largePrint: boolean, binder = true) => themeOf('a4', largePrint, { binder });
  /** The left and the right edge of what is printed, of each page. */
  const edges = (dir: 'ltr' | 'rtl', largePrint: boolean) =>
    pagesOf(html, { dir }, looks(largePrint)).pages.map(({ placed, foot, shift }) => {
      const strips = placed.flatMap(({ galley: { strips }, from, to }): Strip[] => strips.slice(from, to));
      const texts = [...strips.flatMap(({ marks }) => marks), ...foot].filter((mark: Mark) => mark.kind === 'text');
      const lefts = texts.map((mark) => (mark.kind === 'text' ? mark.x + shift : 0));
      const rights = texts.map((mark) => (mark.kind === 'text' ? mark.x + mark.width + shift : 0));
      return [Math.min(...lefts), looks(largePrint).page.width - Math.max(...rights)] as const;
    });

  it.each([false, true])('is at the left of a front and at the right of a back, large print %s', (largePrint) => {
    const pages = edges('ltr', largePrint);
    expect(pages.length).toBeGreaterThan(2);
    pages.forEach(([left, right], index) => {
      expect(index % 2 === 0 ? left : right).toBeGreaterThanOrEqual(25 * MM);
      expect(index % 2 === 0 ? right : left).toBeGreaterThanOrEqual(15 * MM);
    });
  });

  it('is at the right of a front where one reads from right to left', () => {
    edges('rtl', false).forEach(([left, right], index) => {
      expect(index % 2 === 0 ? right : left).toBeGreaterThanOrEqual(25 * MM);
    });
  });

  it('takes no shift without a binder', () => {
    expect(pagesOf(html, {}, looks(false, false)).pages.map(({ shift }) => shift)).not.toContain(
      looks(false).backShift,
    );
  });

  it('keeps an inch on every side in large print', () => {
    const { margin, text, page } = looks(true);
    expect(margin.x).toBeGreaterThanOrEqual(72);
    expect(page.width - text.x - text.width).toBeGreaterThanOrEqual(72);
  });
});

describe('large print (ACB guidelines)', () => {
  it.each(['letter', 'a4'] as const)(
    'is 18 points at 1.15, bold headings of 20 and 22, an inch round it: %s',
    (paper) => {
      for (const step of stepsOf(true)) {
        const looks = themeOf(paper, true, { step });
        const sizes = [looks.body, looks.small, looks.foot, looks.lead].map(({ size }) => size);
        expect(Math.min(...sizes)).toBe(18);
        for (const { size, leading } of [looks.body, looks.small, looks.foot, looks.lead])
          expect(leading / size).toBeGreaterThanOrEqual(1.15);
        expect([looks.subheading, looks.heading].map(({ size, face }) => [size, face])).toEqual([
          [20, 'bold'],
          [22, 'bold'],
        ]);
        expect(Math.min(looks.margin.x, looks.page.top, looks.page.bottom)).toBeGreaterThanOrEqual(72);
        expect(looks.margin.width).toBe(0);
        expect(looks.italics).toBe(false);
      }
    },
  );

  it('has no text in italics and all of it flush left', () => {
    const looks = themeOf('letter', true);
    const { strips } = galley(`<p><em>${linesOf(3)}</em> ${linesOf(3)}</p>`, 'ltr', looks);
    const texts = strips.flatMap(({ marks }) => marks).filter((mark) => mark.kind === 'text');
    expect(texts.filter(({ face }) => face.toLowerCase().includes('italic'))).toEqual([]);
    for (const { marks } of strips) expect(Math.min(...marks.map(({ x }) => x))).toBe(looks.text.x);
  });
});

describe('the steps to fit', () => {
  it('close the spaces first and then go down to 11 points, no further', () => {
    expect(stepsOf(false).map((step) => themeOf('letter', false, { step }).body.size)).toEqual([12, 12, 11.5, 11]);
  });

  it('close the spaces of large print first and then its lines, never its size', () => {
    const steps = stepsOf(true).map((step) => themeOf('letter', true, { step }));
    expect(steps.map(({ body }) => [body.size, body.leading])).toEqual([
      [18, 23],
      [18, 23],
      [18, 21],
    ]);
    const sections = steps.map(({ space }) => space.section);
    expect(sections[1]).toBeLessThan(sections[0]!);
    expect(sections[2]).toBe(sections[1]);
  });

  it('never set a line closer than 1.3, nor anything under 9 points', () => {
    for (const step of stepsOf(false)) {
      const { body, small, foot, writing, tickBox } = themeOf('a4', false, { step });
      expect(body.leading / body.size).toBeGreaterThanOrEqual(1.3);
      expect(Math.min(small.size, foot.size)).toBeGreaterThanOrEqual(9);
      expect(writing).toBeGreaterThanOrEqual(8 * MM);
      expect(tickBox).toBeGreaterThanOrEqual(4 * MM);
    }
  });
});

describe('a look’s key', () => {
  it('is another for every look, so that no galley is taken for one of another', () => {
    const bits = [false, true];
    const keys = (['letter', 'a4'] as const).flatMap((paper) =>
      bits.flatMap((largePrint) =>
        bits.flatMap((inkSaving) =>
          bits.flatMap((binder) =>
            ['', '#7a1f3d'].flatMap((accent) =>
              stepsOf(largePrint).map((step) => themeOf(paper, largePrint, { inkSaving, binder, accent, step }).key),
            ),
          ),
        ),
      ),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});
