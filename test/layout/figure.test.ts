// A drawing on a page: as large as it was drawn, as wide as the column in large print, its words as real text.
import { describe, expect, it } from '@jest/globals';
import { readDrawing } from '../../src/content/drawing.ts';
import { compose } from '../../src/layout/compose.ts';
import type { DrawingMark, Galley, TextMark } from '../../src/layout/page.ts';
import { type Theme, themeOf } from '../../src/layout/theme.ts';
import type { Drawing } from '../../src/merge/block.ts';
import { readBlocks } from '../../src/merge/read.ts';
import { keeps, large, setting, textsOf, theme } from './galleys.ts';

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" font-size="12" fill="#1d2224">
<title>A line</title>
<path d="M10 90H190" stroke="#1c5757" stroke-width="1.5" stroke-dasharray="4 2" fill="none"/>
<text x="100" y="20" text-anchor="middle">Calm day</text>
<text x="190" y="50" text-anchor="end" font-weight="bold">Rest</text>
<text x="100" y="80" text-anchor="middle">הירגע לאט</text>
</svg>`;

function aDrawing(): Drawing {
  const read = readDrawing(SVG, 'line.svg');
  if ('problems' in read) throw new Error('The sample drawing is broken.');
  return read.drawing;
}

function galley(looks: Theme = theme, dir: 'ltr' | 'rtl' = 'ltr', before = ''): Galley {
  const figure = '<figure><img src="line.svg" alt="A line."><figcaption>A calm day</figcaption></figure>';
  const html = `<section id="a"><h2>Rest</h2>${before}${figure}<p>After</p></section>`;
  return compose(readBlocks(html, new Map([['line.svg', aDrawing()]]))[0]!, setting(dir, looks));
}
function markIn({ strips }: Galley): DrawingMark {
  return strips.flatMap(({ marks }) => marks).find((mark) => mark.kind === 'drawing')!;
}
const labelsIn = (mark: DrawingMark): TextMark[] => mark.parts.filter((part) => part.kind === 'text');

describe('a drawing', () => {
  it('is as large in standard print as it was drawn', () => {
    expect(markIn(galley())).toMatchObject({ x: theme.text.x, width: 200, height: 100 });
  });

  it('grows to the column in large print, its words and lines with it', () => {
    const mark = markIn(galley(large));
    expect(mark).toMatchObject({ x: large.text.x, width: 400, height: 200 });
    expect(labelsIn(mark).map(({ size }) => size)).toEqual([24, 24, 24]);
    expect(mark.parts[0]).toMatchObject({
      steps: [
        ['M', 20, 180],
        ['L', 380, 180],
      ],
      stroke: { width: 3, dashes: [8, 4] },
    });
  });

  it('has no tint where ink is saved, and still covers what is behind it', () => {
    const tinted = { ...aDrawing(), shapes: [{ kind: 'outline', steps: [], fill: 'tint', stroke: null } as const] };
    const blocks = readBlocks('<figure><img src="x.svg" alt="x"></figure>', new Map([['x.svg', tinted]]));
    const fills = (inkSaving: boolean) => {
      const mark = markIn(compose(blocks[0]!, setting('ltr', themeOf('letter', false, { inkSaving }))));
      return mark.parts.map((part) => part.kind === 'outline' && part.fill);
    };
    expect([fills(false), fills(true)]).toEqual([['tint'], ['white']]);
  });

  it('never reaches out of the column', () => {
    const wide = { ...aDrawing(), width: 360, height: 100 };
    const html = '<figure><img src="line.svg" alt="A line."></figure>';
    const blocks = readBlocks(html, new Map([['line.svg', wide]]));
    const looks = themeOf('a4', true);
    expect(markIn(compose(blocks[0]!, setting('ltr', looks))).width).toBeCloseTo(looks.text.width);
  });

  it('anchors its words where the SVG does, by their real width', () => {
    // Five points a character at any size.
    const [first, second] = labelsIn(markIn(galley()));
    expect(first).toMatchObject({ text: 'Calm day ', x: 100 - 20, y: 20, face: 'regular', size: 12, colour: 'ink' });
    expect(second).toMatchObject({ text: 'Rest ', x: 190 - 20, face: 'bold' });
  });

  it('runs right-to-left words the other way, in the same place', () => {
    const label = labelsIn(markIn(galley())).at(-1)!;
    expect(label).toMatchObject({ rtl: true, text: 'הירגע לאט ' });
    // Nine characters of five points, and the blank that ends them on their left.
    expect(label.x + label.width).toBeCloseTo(100 + 22.5);
  });

  it('stands at the reading edge of a right-to-left page and is not mirrored', () => {
    const [there, here] = [markIn(galley(theme, 'rtl')), markIn(galley())];
    expect(there.x).toBeCloseTo(theme.page.width - theme.text.x - 200);
    expect(there.parts.filter(({ kind }) => kind === 'outline')).toEqual(
      here.parts.filter(({ kind }) => kind === 'outline'),
    );
    expect(labelsIn(there).map(({ text, x }) => [text, x])).toEqual(labelsIn(here).map(({ text, x }) => [text, x]));
  });

  it('is one figure with its title and alt text, its words in it, the caption after it', () => {
    const one = galley();
    const [, figure, caption] = one.tags[0]!.kids;
    expect(figure).toMatchObject({ type: 'Figure', title: 'A line', alt: 'A line.' });
    expect(caption).toMatchObject({ type: 'P' });
    const leaf = figure?.kind === 'tag' ? figure.kids[0] : undefined;
    const mark = markIn(one);
    expect(mark.leaf).toBe(leaf);
    for (const label of labelsIn(mark)) expect(label.leaf).toBe(leaf);
  });

  it('is kept with its caption, and its heading stands level with its top', () => {
    const one = galley();
    expect(keeps(one.strips)[0]).toBe('always');
    expect(textsOf(one).find(({ text }) => text === 'Rest')!.y).toBeLessThan(theme.heading.leading);
  });
});
