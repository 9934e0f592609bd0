// An SVG element that draws a shape in, the steps of its outline out.
import type { Step } from './article.ts';
import { numberOf } from './look.ts';
import { numbersIn, readPath } from './path-data.ts';
import type { Tell } from './problems.ts';
import type { SvgElement } from './svg.ts';

interface Kind {
  /** The attributes it takes besides its look. */
  takes: readonly string[];
  steps(element: SvgElement, tell: Tell): readonly Step[];
}

/** How far the control points of a quarter of a circle reach, of its radius. */
const REACH = 0.5522847498;

export const OUTLINES: Readonly<Record<string, Kind>> = {
  path: { takes: ['d'], steps: path },
  line: {
    takes: ['x1', 'y1', 'x2', 'y2'],
    steps: (element, tell) => [
      ['M', numberOf(element, 'x1', tell), numberOf(element, 'y1', tell)],
      ['L', numberOf(element, 'x2', tell), numberOf(element, 'y2', tell)],
    ],
  },
  polyline: { takes: ['points'], steps: (element, tell) => points(element, tell) },
  polygon: { takes: ['points'], steps: (element, tell) => [...points(element, tell), ['Z']] },
  rect: { takes: ['x', 'y', 'width', 'height', 'rx'], steps: rect },
  circle: {
    takes: ['cx', 'cy', 'r'],
    steps: (element, tell) => {
      const radius = numberOf(element, 'r', tell, { least: 0.1 });
      return ellipse(numberOf(element, 'cx', tell), numberOf(element, 'cy', tell), radius, radius);
    },
  },
  ellipse: {
    takes: ['cx', 'cy', 'rx', 'ry'],
    steps: (element, tell) =>
      ellipse(
        numberOf(element, 'cx', tell),
        numberOf(element, 'cy', tell),
        numberOf(element, 'rx', tell, { least: 0.1 }),
        numberOf(element, 'ry', tell, { least: 0.1 }),
      ),
  },
};

function path(element: SvgElement, tell: Tell): readonly Step[] {
  const steps = readPath(element.attributes.d ?? '');
  if (steps === null)
    tell(element.line, 'This path has no data that can be drawn.', 'Write d="M 10 10 L 90 10 C …": start with M.');
  return steps ?? [];
}

function points(element: SvgElement, tell: Tell): Step[] {
  const numbers = numbersIn(element.attributes.points ?? '') ?? [];
  if (numbers.length < 4 || numbers.length % 2 === 1)
    tell(element.line, `This <${element.name}> has no points that can be drawn.`, 'Write points="10,10 90,10 …".');
  return Array.from({ length: Math.floor(numbers.length / 2) }, (_, index): Step => {
    return [index === 0 ? 'M' : 'L', numbers[2 * index]!, numbers[2 * index + 1]!];
  });
}

function rect(element: SvgElement, tell: Tell): readonly Step[] {
  const x = numberOf(element, 'x', tell, { otherwise: 0 });
  const y = numberOf(element, 'y', tell, { otherwise: 0 });
  const width = numberOf(element, 'width', tell, { least: 0.1 });
  const height = numberOf(element, 'height', tell, { least: 0.1 });
  const r = Math.min(numberOf(element, 'rx', tell, { least: 0, otherwise: 0 }), width / 2, height / 2);
  const [right, bottom] = [x + width, y + height];
  if (r === 0) return [['M', x, y], ['L', right, y], ['L', right, bottom], ['L', x, bottom], ['Z']];
  const c = r * (1 - REACH);
  return [
    ['M', x + r, y],
    ['L', right - r, y],
    ['C', right - c, y, right, y + c, right, y + r],
    ['L', right, bottom - r],
    ['C', right, bottom - c, right - c, bottom, right - r, bottom],
    ['L', x + r, bottom],
    ['C', x + c, bottom, x, bottom - c, x, bottom - r],
    ['L', x, y + r],
    ['C', x, y + c, x + c, y, x + r, y],
    ['Z'],
  ];
}

function ellipse(x: number, y: number, rx: number, ry: number): readonly Step[] {
  const [cx, cy] = [rx * REACH, ry * REACH];
  return [
    ['M', x + rx, y],
    ['C', x + rx, y + cy, x + cx, y + ry, x, y + ry],
    ['C', x - cx, y + ry, x - rx, y + cy, x - rx, y],
    ['C', x - rx, y - cy, x - cx, y - ry, x, y - ry],
    ['C', x + cx, y - ry, x + rx, y - cy, x + rx, y],
    ['Z'],
  ];
}
