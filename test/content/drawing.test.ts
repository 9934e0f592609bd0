// What an SVG may hold, where each thing ends up, and how everything else is refused with its line.
import { describe, expect, it } from '@jest/globals';
import type { Drawing, Ink, Label, Outline } from '../../src/content/article.ts';
import { readDrawing } from '../../src/content/drawing.ts';
import { LEAST_LABEL, LEAST_LARGE_LABEL, NARROWEST_LARGE, pointsOn } from '../../src/content/legible.ts';
import { PALETTE } from '../../src/content/look.ts';
import { readPath } from '../../src/content/path-data.ts';
import { HandoutError, sentence } from '../../src/errors.ts';
import { themeOf } from '../../src/layout/theme.ts';
import { hexOf, paletteOf } from '../../src/pdf/palette.ts';

/** What is given starts on line 3. */
const svg = (inside: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 280 200" fill="none" font-size="12"${attributes}>
<title>A ring</title>
${inside}
</svg>`;

function drawn(text: string): Drawing {
  const read = readDrawing(text, 'content/calm/ring.svg');
  if ('problems' in read) throw new HandoutError(read.problems);
  return read.drawing;
}
function said(text: string): string[] {
  const read = readDrawing(text, 'content/calm/ring.svg');
  return 'problems' in read ? read.problems.map(sentence) : [];
}
const outlines = (inside: string) =>
  drawn(svg(inside)).shapes.filter((shape): shape is Outline => shape.kind === 'outline');
const labels = (inside: string) => drawn(svg(inside)).shapes.filter((shape): shape is Label => shape.kind === 'label');

/** Left, top, right, bottom of where a line runs. */
function boundsOf(inside: string): number[] {
  const points = pointsOn(outlines(inside)[0]!.steps);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].map((one) => Math.round(one * 10) / 10);
}

describe('the outlines of a drawing', () => {
  it.each([
    ['<line x1="1" y1="2" x2="30" y2="40" stroke="#1d2224"/>', [1, 2, 30, 40]],
    ['<polyline points="1,2 30,40 5 60" stroke="#1d2224"/>', [1, 2, 30, 60]],
    ['<polygon points="1 2 30 40 5 60" fill="#f5f1e8"/>', [1, 2, 30, 60]],
    ['<rect x="5" y="6" width="20" height="10" fill="#f5f1e8"/>', [5, 6, 25, 16]],
    ['<rect x="5" y="6" width="20" height="10" rx="4" fill="#f5f1e8"/>', [5, 6, 25, 16]],
    ['<circle cx="50" cy="60" r="10" stroke="#1c5757"/>', [40, 50, 60, 70]],
    ['<ellipse cx="50" cy="60" rx="10" ry="5" stroke="#1c5757"/>', [40, 55, 60, 65]],
    ['<path d="M10 20 L 30 20 V 50 H 5 Z" stroke="#1c5757"/>', [5, 20, 30, 50]],
    ['<path d="M40 60 a10 10 0 0 1 20 0 a10 10 0 0 1 -20 0" stroke="#1c5757"/>', [40, 50, 60, 70]],
    ['<g transform="translate(10 20)"><path d="M0 0h5v6" stroke="#1c5757"/></g>', [10, 20, 15, 26]],
    ['<g transform="translate(10,20) scale(2)"><path d="M0 0h5v6" stroke="#1c5757"/></g>', [10, 20, 20, 32]],
    ['<g transform="rotate(90 50 50)"><path d="M50 50h20" stroke="#1c5757"/></g>', [50, 50, 50, 70]],
  ])('run where %s says', (inside, bounds) => {
    expect(boundsOf(inside)).toEqual(bounds);
  });

  it('start at the corner of the viewBox', () => {
    const text = svg('<path d="M10 20h5" stroke="#1c5757"/>').replace('0 0 280 200', '-5 4 280 200');
    expect(drawn(text).shapes[0]).toMatchObject({
      steps: [
        ['M', 15, 16],
        ['L', 20, 16],
      ],
    });
  });

  it('inherit their look, and lengths grow with their group', () => {
    const look =
      'stroke="#1C5757" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" stroke-dasharray="4, 2"';
    const [one] = outlines(`<g ${look} transform="scale(2)"><path d="M1 1h5" fill="#ffffff"/></g>`);
    const stroke = { colour: 'accent', width: 3, cap: 'round', join: 'round', dashes: [8, 4] };
    expect(one).toMatchObject({ fill: 'white', stroke });
  });

  it('may be turned back to a whole line', () => {
    const [one] = outlines('<g stroke="#1d2224" stroke-dasharray="4 2"><path d="M1 1h5" stroke-dasharray="none"/></g>');
    expect(one?.stroke?.dashes).toEqual([]);
  });
});

describe('path data', () => {
  const end = (data: string) => readPath(data)?.at(-1)?.slice(-2);

  it.each([
    ['M10 10 20 20 30 10', 30, 10],
    ['m10 10 5 5-5 5', 10, 20],
    ['M1 1C2 2 3 3 4 4S6 6 7 8', 7, 8],
    ['M1 1q2 2 4 4t4 4', 9, 9],
    ['M1,1h4v-1H.5', 0.5, 0],
    ['M1e1 1E1l-.5.5', 9.5, 10.5],
    ['M0 0a5 5 0 0110 0', 10, 0],
    ['M0 0 A 5 5 30 1 0 10 0', 10, 0],
    ['M0 0A0 5 0 0 1 10 3', 10, 3],
    ['M5 5h5z l1 1', 6, 6],
  ])('%s ends at %d, %d', (data, x, y) => {
    expect(end(data)).toEqual([x, y]);
  });

  it('makes a smooth curve of the one before', () => {
    expect(readPath('M0 0C0 10 10 10 10 0S20-10 20 0')?.at(-1)).toEqual(['C', 10, -10, 20, -10, 20, 0]);
  });

  it('draws a half circle round its centre, on the side that the sweep says', () => {
    for (const [sweep, side] of [
      [1, -1],
      [0, 1],
    ]) {
      const points = pointsOn(readPath(`M0 0A5 5 0 0 ${sweep} 10 0`)!);
      for (const [x, y] of points) expect(Math.hypot(x - 5, y)).toBeCloseTo(5, 2);
      expect(points.some(([x, y]) => Math.abs(x - 5) < 0.1 && Math.abs(y - 5 * side!) < 0.1)).toBe(true);
    }
  });

  it('takes the long way round where the arc says so', () => {
    const length = (long: number) => pointsOn(readPath(`M0 0A10 10 0 ${long} 1 10 10`)!).length;
    expect(length(1)).toBeGreaterThan(2 * length(0));
  });

  it.each([
    '',
    'L1 1',
    'M1',
    'M1 1 L2',
    'M1 1 B2 2',
    'M1 1 Z3',
    'M1 1a5 5 0 2 1 9 9',
    'M1 1,,2 2',
    'M1px 2',
    'M99999 1',
  ])('refuses “%s”', (data) => {
    expect(readPath(data)).toBeNull();
  });
});

describe('the words of a drawing', () => {
  it('stand where they are anchored, in one line', () => {
    expect(labels('<text x="50" y="20" fill="#1d2224" text-anchor="middle">  The\n alarm </text>')).toEqual([
      { kind: 'label', text: 'The alarm', x: 50, y: 20, size: 12, bold: false, anchor: 'middle', colour: 'ink' },
    ]);
  });

  it('may have several lines, each with its place', () => {
    const inside = `<g transform="translate(100 0)"><text y="20" fill="#555c5d"><tspan x="1" dy="0">One &amp;</tspan>
<tspan x="2" dy="14" font-weight="bold">two</tspan><tspan x="3" y="60">three</tspan></text></g>`;
    expect(labels(inside).map(({ text, x, y, bold }) => [text, x, y, bold])).toEqual([
      ['One &', 101, 20, false],
      ['two', 102, 34, true],
      ['three', 103, 60, false],
    ]);
  });
});

describe('a drawing', () => {
  it('keeps its title, its size and its text', () => {
    const text = svg('<circle cx="50" cy="60" r="10" stroke="#1c5757"/>');
    expect(drawn(`<?xml version="1.0" encoding="UTF-8"?>\n<!-- ours -->\n${text}`)).toMatchObject({
      title: 'A ring',
      width: 280,
    });
    expect(drawn(text).svg).toBe(text);
  });

  it('shows a browser the colours of the page', () => {
    for (const [name, hex] of Object.entries(PALETTE)) expect(hexOf(paletteOf('')[name as Ink])).toBe(hex);
  });

  it('has text that is large enough in the narrowest column there is', () => {
    const narrowest = Math.min(
      ...(['letter', 'a4'] as const).map((paper) => themeOf(paper, true, { binder: true }).text.width),
    );
    expect(narrowest).toBeGreaterThanOrEqual(NARROWEST_LARGE);
    expect([LEAST_LABEL, LEAST_LARGE_LABEL]).toEqual([10, 18]);
  });
});

describe('what can’t be drawn is refused with its line', () => {
  const path = '<path d="M1 1h9" stroke="#1d2224"/>';
  const words = 'fill="#1d2224">Calm</text>';

  it.each([
    ['<script>x()</script>', 3, '<script> can’t be drawn in <svg>.', 'A drawing holds g, title, text'],
    ['<style>.a{}</style>', 3, '<style> can’t be drawn', 'Write the colours on the elements'],
    [`${path}\n<image href="x.png"/>`, 4, '<image> can’t be drawn', 'a figure of its own'],
    ['<use href="#a"/>', 3, '<use> can’t be drawn', 'Draw the thing itself.'],
    ['<filter/>', 3, '<filter> can’t be drawn', 'A drawing holds'],
    ['<foreignObject/>', 3, '<foreignObject> can’t be drawn', 'A drawing holds'],
    ['<defs><linearGradient/></defs>', 3, '<defs> can’t be drawn', 'Draw things where they stand.'],
    ['<g><linearGradient/></g>', 3, '<linearGradient> can’t be drawn', 'Use the tint'],
    ['<marker/>', 3, '<marker> can’t be drawn', 'Draw arrow heads as paths.'],
    ['<a href="https://example.org"/>', 3, '<a> can’t be drawn', 'A drawing holds'],
    ['<g><svg/></g>', 3, '<svg> can’t be drawn in <g>.', 'A drawing holds'],
    ['<tspan x="1" y="9">a</tspan>', 3, '<tspan> can’t be drawn in <svg>.', 'A drawing holds'],
    ['<path d="M1 1h9" stroke="#1d2224" style="fill:red"/>', 3, '<path> can’t have “style” here.', 'fill='],
    ['<path d="M1 1h9" stroke="#1d2224" class="a"/>', 3, 'can’t have “class”', 'Write the colours'],
    ['<path d="M1 1h9" stroke="#1d2224" id="a"/>', 3, 'can’t have “id”', 'Delete it'],
    ['<path d="M1 1h9" stroke="#1d2224" onclick="x()"/>', 3, 'can’t have “onclick”', 'It takes d, fill'],
    ['<path d="M1 1h9" stroke="#1d2224" opacity=".5"/>', 3, 'can’t have “opacity”', 'Use the tint'],
    ['<path d="M1 1h9" stroke="#1d2224" stroke-opacity=".5"/>', 3, 'can’t have “stroke-opacity”', 'Use the tint'],
    ['<path d="M1 1h9" stroke="#1d2224" transform="scale(2)"/>', 3, 'can’t have “transform”', '<g transform'],
    [`<text x="9" y="20" font-family="Arial" ${words}`, 3, 'can’t have “font-family”', 'page’s own type'],
    ['<path d="M1 1h9" stroke="red"/>', 3, 'stroke="red" is no colour of the page.', '#1c5757 (accent)'],
    ['<path d="M1 1h9" stroke="url(#a)"/>', 3, 'stroke="url(#a)" is no colour', 'Write none, #1d2224'],
    ['<path d="M1 1h9" stroke="#1d2224" stroke-width="1.5pt"/>', 3, 'has stroke-width="1.5pt"', 'without a unit'],
    ['<path d="M1 1h9" stroke="#1d2224" stroke-width="0.1"/>', 3, 'has stroke-width="0.1"', 'from 0.5 on'],
    [
      '<path d="M1 1h9" stroke="#1d2224" stroke-linecap="flat"/>',
      3,
      'stroke-linecap="flat" can’t',
      'butt, round, square',
    ],
    ['<path d="M1 1h9" stroke="#1d2224" stroke-dasharray="5 0"/>', 3, 'stroke-dasharray="5 0" can’t', 'above 0'],
    ['<path d="9 9" stroke="#1d2224"/>', 3, 'This path has no data', 'start with M'],
    ['<path stroke="#1d2224"/>', 3, 'This path has no data', 'start with M'],
    ['<polygon points="1 2 3" fill="#f5f1e8"/>', 3, '<polygon> has no points', 'points='],
    ['<circle cx="9" cy="9" r="50%" stroke="#1d2224"/>', 3, 'This <circle> has r="50%".', 'plain number'],
    ['<circle cx="9" cy="9" stroke="#1d2224"/>', 3, 'This <circle> has no r.', 'plain number'],
    ['<circle cx="9" cy="9" r="5"/>', 3, 'This <circle> can’t be seen.', 'stroke or a fill'],
    [
      '<g transform="matrix(1 0 0 2 0 0)"><path d="M1 1h9" stroke="#1d2224"/></g>',
      3,
      'This transform can’t',
      'scale(s)',
    ],
    ['<g transform="scale(1 2)"><path d="M1 1h9" stroke="#1d2224"/></g>', 3, 'This transform can’t', 'scale(s)'],
    ['<g>Words</g>', 3, 'Words stand in <g>.', 'Put them in <text>.'],
    [`<text x="9" y="20" font-size="9" ${words}`, 3, 'This text would be too small to read: it is 9', 'font-size="12"'],
    [
      `<g transform="scale(0.5)"><text x="9" y="20" ${words}</g>`,
      3,
      'would be too small to read: it is 6',
      'font-size="12"',
    ],
    [`<g transform="rotate(90 50 50)"><text x="9" y="20" ${words}</g>`, 3, 'Turned text is hard to read.', 'level'],
    ['<text x="9" y="20">Calm</text>', 3, 'This text has no colour.', 'fill='],
    ['<text x="9" y="20" fill="#b9b4a8">Calm</text>', 3, 'Text in “rule” can’t be read.', 'ink, accent or quiet'],
    [`<text x="9" y="20" stroke="#1d2224" ${words}`, 3, 'Text can’t be outlined.', 'stroke="none"'],
    ['<text x="9" y="20" fill="#1d2224"> </text>', 3, 'This <text> is empty.', 'delete it'],
    [
      '<text y="20" fill="#1d2224">a<tspan x="1" dy="1">b</tspan></text>',
      3,
      'Words stand beside a <tspan>.',
      'of its own',
    ],
    ['<text y="20" fill="#1d2224"><tspan dy="1">b</tspan></text>', 3, 'This <tspan> has no x.', 'plain number'],
    [
      `<circle cx="20" cy="20" r="15" fill="#1c5757"/>\n<text x="15" y="24" ${words}`,
      4,
      'stands on something dark',
      'tint',
    ],
    ['<path d="M1 1h300" stroke="#1d2224"/>', 3, 'This reaches out of the drawing.', 'viewBox'],
    [`<text x="275" y="24" ${words}`, 3, 'This reaches out of the drawing.', 'viewBox'],
    ['<g><path d="M1 1h9" stroke="#1d2224"></g>', 3, '<path> is not closed.', '</path>'],
    ['<title>Two</title>', 3, 'more than one title', 'Keep one.'],
    ['<![CDATA[x]]>', 3, 'A drawing holds elements and words only.', 'CDATA'],
  ])('%s', (inside, line, message, hint) => {
    const problems = said(svg(inside));
    const place = `content/calm/ring.svg:${line}: `;
    expect(problems).toContainEqual(expect.stringMatching(new RegExp(`^${place}`, 'u')));
    expect(problems.filter((one) => one.includes(message) && one.includes(hint))).toHaveLength(1);
  });

  it.each([
    ['', 1, 'This file is no SVG drawing in UTF-8.'],
    ['<html></html>', 1, 'This file is no SVG drawing in UTF-8.'],
    [`<!DOCTYPE svg>\n${svg(path)}`, 1, 'A drawing holds elements and words only.'],
    [`${svg(path)}\n<svg/>`, 5, 'Something stands behind </svg>.'],
    [svg(path).replace('<title>A ring</title>', ''), 1, 'The drawing has no title.'],
    [svg(path).replace('A ring', ' '), 2, 'The drawing has no title.'],
    [svg(path).replace('viewBox="0 0 280 200"', ''), 1, 'The drawing has no viewBox.'],
    [svg(path).replace('0 0 280 200', '0 0 500 200'), 1, 'The drawing is 500 × 200.'],
    [svg(path).replace('0 0 280 200', '0 0 280 300'), 1, 'The drawing is 280 × 300.'],
    [svg(path, ' width="100"'), 1, '<svg> can’t have “width” here.'],
    [svg(path).replace('http://www.w3.org/2000/svg', 'x'), 1, 'The drawing does not say that it is SVG.'],
    [svg(path).replace(' fill="none"', ''), 3, 'This <path> does not say its fill: it would be black.'],
    [svg(`<text x="9" y="20" ${words}`).replace(' font-size="12"', ''), 3, 'This text has no size.'],
    [svg('<g>'.repeat(14) + path + '</g>'.repeat(14)), 3, 'Elements are nested more than 12 deep.'],
    [svg(`<path d="${'M1 1'.repeat(30_000)}"/>`), 1, 'This drawing is larger than 100 KB.'],
  ])('a file as a whole: %#', (text, line, message) => {
    expect(said(text)).toContainEqual(expect.stringContaining(`content/calm/ring.svg:${line}: ${message}`));
  });

  it('tells all of it at once, in the order of the file', () => {
    const problems = said(svg('<style/>\n<circle cx="1" cy="1" r="x" stroke="red"/>\n<use/>'));
    expect(problems.map((one) => one.split(':')[1])).toEqual(['3', '4', '4', '5']);
  });
});
