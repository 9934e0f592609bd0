// Every figure that we ship, measured with the real type: its words have room, and nothing lies under them.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Drawing } from '../../src/content/article.ts';
import { readDrawing } from '../../src/content/drawing.ts';
import { pointsOn } from '../../src/content/legible.ts';
import { HandoutError } from '../../src/errors.ts';
import { setFigure } from '../../src/layout/figure.ts';
import type { DrawingMark, Outline, TextMark } from '../../src/layout/page.ts';
import { type Theme, themeOf } from '../../src/layout/theme.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';

const files = readdirSync('content', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.svg'));

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

let press: Press;
beforeAll(() => {
  press = openPress();
});

function readOne(file: string): Drawing {
  const read = readDrawing(readFileSync(join('content', file), 'utf8'), `content/${file}`);
  if ('problems' in read) throw new HandoutError(read.problems);
  return read.drawing;
}

function set(drawing: Drawing, theme: Theme): DrawingMark {
  const figure = {
    kind: 'figure',
    personal: false,
    image: 'x.svg',
    drawing,
    alt: 'x',
    caption: [],
    beside: false,
  } as const;
  const setting = { theme, measure: press.measure(new Map(), true), dir: 'ltr' } as const;
  const mark = setFigure(figure, { ...theme.text, panel: null }, setting).strips[0]!.marks[0]!;
  if (mark.kind !== 'drawing') throw new Error('A drawing was not set as one.');
  return mark;
}

const labelsOf = ({ parts }: DrawingMark) => parts.filter((part) => part.kind === 'text');

/** From the top of its capitals to the foot of its longest letters. */
const boxOf = ({ text, x, y, width, size }: TextMark): Box => ({
  left: x,
  top: y - size * 0.68,
  right: x + width - (text.endsWith(' ') ? size * 0.25 : 0),
  bottom: y + (/[gjpqy,;()¿¡]/u.test(text) ? size * 0.2 : 0),
});

const near = (a: Box, b: Box, room: number) =>
  a.left < b.right + room && b.left < a.right + room && a.top < b.bottom + room && b.top < a.bottom + room;

/** Where an outline's line runs, dot by dot. */
function dotsOn({ steps }: Outline): Box[] {
  const starts = steps.flatMap(([to], index) => (to === 'M' ? [index] : []));
  return starts.flatMap((start, index) => dotsAlong(pointsOn(steps.slice(start, starts[index + 1]))));
}

function dotsAlong(points: readonly [number, number][]): Box[] {
  return points.slice(1).flatMap(([x, y], index): Box[] => {
    const [fromX, fromY] = points[index]!;
    const dots = Math.max(1, Math.ceil(Math.hypot(x - fromX, y - fromY) / 2));
    return Array.from({ length: dots + 1 }, (_, dot) => {
      const [dotX, dotY] = [x + ((fromX - x) * dot) / dots, y + ((fromY - y) * dot) / dots];
      return { left: dotX, top: dotY, right: dotX, bottom: dotY };
    });
  });
}

describe.each(files)('the figure %s', (file) => {
  const looks = [themeOf('letter', false), themeOf('a4', false), themeOf('letter', true), themeOf('a4', true)];

  it('keeps its words within it and off one another', () => {
    const mark = set(readOne(file), looks[0]!);
    const boxes = labelsOf(mark).map((label) => ({ label: label.text, box: boxOf(label) }));
    const out = boxes.filter(({ box: { left, top, right, bottom } }) => {
      return left < 0 || top < 0 || right > mark.width || bottom > mark.height;
    });
    const close = boxes.flatMap((a, index) =>
      boxes.slice(0, index).flatMap((b) => (near(a.box, b.box, 1.5) ? [`${a.label}| ${b.label}`] : [])),
    );
    expect({ out: out.map(({ label }) => label), close }).toEqual({ out: [], close: [] });
  });

  it('runs no line through or close to its words', () => {
    const mark = set(readOne(file), looks[0]!);
    const lines = mark.parts.flatMap((part) => (part.kind === 'outline' && part.stroke !== null ? dotsOn(part) : []));
    const crossed = labelsOf(mark).filter((label) => lines.some((dot) => near(boxOf(label), dot, 3)));
    expect(crossed.map(({ text }) => text)).toEqual([]);
  });

  it('can be read in print and in large print, on every paper', () => {
    const drawing = readOne(file);
    for (const [index, theme] of looks.entries()) {
      const least = Math.min(...labelsOf(set(drawing, theme)).map(({ size }) => size));
      expect(least).toBeGreaterThanOrEqual(index < 2 ? 10 : 18);
    }
  });

  it('is of one family: thin lines of one weight, round joins, the page’s type in one size', () => {
    const { shapes } = readOne(file);
    const strokes = shapes.flatMap((shape) =>
      shape.kind === 'outline' && shape.stroke !== null ? [shape.stroke] : [],
    );
    expect(strokes.filter(({ width }) => width < 1.2 || width > 1.5)).toEqual([]);
    expect([...new Set(strokes.map(({ join: corner }) => corner))]).toEqual(['round']);
    expect([...new Set(shapes.flatMap((shape) => (shape.kind === 'label' ? [shape.size] : [])))]).toEqual([12]);
  });

  it('has only letters that can be printed', () => {
    const words = readOne(file).shapes.flatMap((shape) => (shape.kind === 'label' ? [shape.text] : []));
    expect(press.unprintable(words.join(' '))).toEqual([]);
  });
});

it('a figure in another language says as much as the plain one', () => {
  for (const file of files.filter((name) => /\.[a-z]{2}\.svg$/u.test(name))) {
    const plain = file.replace(/\.[a-z]{2}\.svg$/u, '.svg');
    const [one, other] = [readOne(file), readOne(plain)];
    expect({ file: basename(file), width: one.width }).toEqual({ file: basename(file), width: other.width });
    expect(one.title).not.toBe(other.title);
  }
});
