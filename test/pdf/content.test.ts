// Placed strips become operators: artifacts first, then what is read, each leaf in marked content of its own.
import { describe, expect, it } from '@jest/globals';
import { compose } from '../../src/layout/compose.ts';
import type { Galley, Leaf, Mark } from '../../src/layout/page.ts';
import { themeOf } from '../../src/layout/theme.ts';
import { readBlocks } from '../../src/merge/read.ts';
import { drawFoot, drawPlaced, imageResource, type PageNotes } from '../../src/pdf/content.ts';
import { PAGE } from '../../src/pdf/level.ts';
import { paletteOf } from '../../src/pdf/palette.ts';
import { utf16 } from '../../src/pdf/text.ts';
import { openTypefaces } from '../../src/pdf/typefaces.ts';
import { fakeMeasure } from '../support/measure.ts';

const typefaces = openTypefaces();
const HEIGHT = 792;
const notes = (): PageNotes => ({
  height: HEIGHT,
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
});
const galley = (html: string): Galley =>
  compose(readBlocks(html)[0]!, {
    theme: themeOf('letter', false),
    measure: fakeMeasure,
    dir: 'ltr',
    fillable: true as const,
  });
function draw(html: string, y = 100) {
  const one = galley(html);
  const page = notes();
  const operators = drawPlaced({ galley: one, from: 0, to: one.strips.length, y }, page, typefaces);
  return { operators, page, galley: one };
}
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

describe('what is drawn', () => {
  it.each([
    '<p>Words and <strong>bold</strong> and <em>slanted</em> ones.</p>',
    '<ul><li>One</li><li>Two</li></ul>',
    '<aside class="try"><p>In a box</p><ul class="check"><li>tick</li></ul></aside>',
    '<p>A <a href="https://example.org">link</a> and <span lang="es">hola</span>.</p>',
    '<section id="a"><h2>Small steps</h2><p>One</p></section>',
    '<p>محمد and 陈伟 and 🙂 and रवि</p>',
  ])('opens and closes everything: %s', (html) => {
    const { operators } = draw(html);
    expect(count(operators, /\b(?:BDC|BMC)$/gmu)).toBe(count(operators, /^EMC$/gmu));
    expect(count(operators, /^BT$/gmu)).toBe(count(operators, /^ET$/gmu));
    expect(operators).not.toMatch(/NaN|undefined|Infinity|e-\d/u);
  });

  it('frames both parts of a box that goes over the page, with air where it was parted', () => {
    const one = galley('<aside class="try"><p>In a box</p><p>and more</p></aside>');
    const { air } = one.strips[0]!.panel!;
    const frame = (from: number, to: number) => {
      const [, y, high] = /^\S+ \S+ \S+ RG \S+ w \S+ (\S+) \S+ (\S+) re S$/mu.exec(
        drawPlaced({ galley: one, from, to, y: 100 }, notes(), typefaces),
      )!;
      return { top: HEIGHT - Number(y) - Number(high), high: Number(high) };
    };
    const [leading] = one.strips.slice(1).map(({ height }) => height);
    expect(frame(0, 2).top).toBeCloseTo(100, 1);
    expect(frame(0, 2).high).toBeCloseTo(air + leading! + air, 1);
    expect(frame(2, 4).top).toBeCloseTo(100 - air, 1);
    expect(frame(2, 4).high).toBeCloseTo(air + leading! + air, 1);
  });

  it('numbers marked content in reading order, each number once', () => {
    const { operators, page } = draw('<ul><li>One <a href="https://x.org">two</a> three</li><li>Four</li></ul>');
    const ids = [...operators.matchAll(/\/MCID (\d+)/gu)].map(([, id]) => Number(id));
    expect(ids).toEqual(page.leaves.map((_, index) => index));
    expect(ids.length).toBe(6);
  });

  it('is counted on from what the page already holds', () => {
    const one = galley('<p>One</p>');
    const page = notes();
    const placed = { galley: one, from: 0, to: 1, y: 100 };
    drawPlaced(placed, page, typefaces);
    expect(drawPlaced(placed, page, typefaces)).toContain('/MCID 1>>');
    expect(page.leaves).toHaveLength(2);
  });

  it('holds rules and boxes as artifacts, outside of what is read', () => {
    const { operators } = draw('<aside class="try"><p>Words</p><div class="lines" data-count="2">Mine</div></aside>');
    const [, artifact, rest] = /^\/Artifact BMC\n([\s\S]*?)\nEMC\n([\s\S]*)$/u.exec(operators)!;
    expect(count(artifact!, / re /gu) + count(artifact!, / re$/gmu)).toBeGreaterThan(0);
    expect(count(artifact!, / l S$/gmu)).toBe(2);
    expect(rest).not.toMatch(/ re | l S/u);
    expect(artifact).not.toContain('Tj');
  });

  it('starts at the top of what is placed, measured from the foot of the page', () => {
    const baseline = (operators: string) => Number(/1 0 0 1 \S+ (\S+) Tm/u.exec(operators)![1]);
    const [high, low] = [100, 340].map((y) => baseline(draw('<p>Words</p>', y).operators));
    expect(high! - low!).toBeCloseTo(240);
    expect(high).toBeLessThan(HEIGHT - 100);
    expect(high).toBeGreaterThan(HEIGHT - 120);
  });

  it('is only the strips asked for', () => {
    const one = galley('<ul><li>One</li><li>Two</li><li>Three</li></ul>');
    const page = notes();
    drawPlaced({ galley: one, from: 1, to: 2, y: 100 }, page, typefaces);
    expect(page.leaves).toHaveLength(2);
  });
});

describe('what drawing notes', () => {
  it('is where a link can be clicked, on its own line', () => {
    const { page, operators } = draw('<p><a href="https://x.org">Here</a></p>');
    const [link] = page.links;
    expect(link!.tag.href).toBe('https://x.org');
    const [left, bottom, right, top] = link!.rect;
    const baseline = Number(/1 0 0 1 \S+ (\S+) Tm/u.exec(operators)![1]);
    expect(left).toBeLessThan(right);
    expect(bottom).toBeLessThan(baseline);
    expect(top).toBeGreaterThan(baseline);
  });

  it('is where a figure stands and which picture it needs', () => {
    const { page, operators, galley: one } = draw('<figure><img src="two circles.png" alt="x"></figure>');
    expect([...page.images]).toEqual(['two circles.png']);
    const image = one.strips[0]!.marks[0]! as Extract<Mark, { kind: 'image' }>;
    expect(page.boxes.get(image.leaf as Leaf)?.rect).toEqual([
      image.x,
      HEIGHT - 100 - image.height,
      image.x + image.width,
      HEIGHT - 100,
    ]);
    expect(operators).toContain(`/${imageResource('two circles.png')} Do`);
    expect(imageResource('two circles.png')).toMatch(/^[A-Za-z0-9]+$/u);
  });

  it('is which fonts and glyphs it used', () => {
    const { page } = draw('<p>Words <strong>Ольга</strong></p>');
    expect([...page.glyphs.keys()].sort()).toEqual(['NB', 'R'].sort());
    expect(page.glyphs.get('NB')!.size).toBe(5);
  });
});

describe('a foot', () => {
  it('is an artifact of the page, with no number', () => {
    const page = notes();
    const marks = galley('<p>page 1</p>').strips[0]!.marks.map((mark) =>
      mark.kind === 'text' ? { ...mark, leaf: null } : mark,
    );
    const operators = drawFoot(marks, page, typefaces);
    expect(operators).toMatch(/^\/Artifact <<\/Type \/Pagination \/Subtype \/Footer>> BDC\n[\s\S]*EMC\n$/u);
    expect(operators).not.toContain('MCID');
    expect(page.leaves).toEqual([]);
  });
});

describe('a text string', () => {
  it('is UTF-16 with its byte order mark', () => {
    expect(utf16('Ä🙂')).toBe('FEFF00C4D83DDE42');
    expect(utf16('')).toBe('FEFF');
  });
});
