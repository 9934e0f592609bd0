// An SVG file in, a drawing that can be set on any page out, or everything in it that can't be drawn, by line.
import type { Problem } from '../errors.ts';
import type { Drawing } from './article.ts';
import { labelsOf } from './labels.ts';
import { checkLegible, type Drawn } from './legible.ts';
import { LOOKS, type Look, lookOf, PLAIN } from './look.ts';
import { OUTLINES } from './outlines.ts';
import { numbersIn } from './path-data.ts';
import { gather, type Tell } from './problems.ts';
import { readSvg, type SvgElement } from './svg.ts';
import { placedStep, readTurn, scaleOf, type Turn, UNTURNED } from './turn.ts';

/** Points in standard print: what fits the column of every paper, and a page of large print with its caption. */
const WIDEST = 370;
const HIGHEST = 260;

/** What else an element takes; any other element is refused. */
const TAKES: Readonly<Record<string, readonly string[]>> = {
  svg: ['xmlns', 'viewBox', ...LOOKS],
  g: ['transform', ...LOOKS],
  title: [],
  text: ['x', 'y', ...LOOKS],
  tspan: ['x', 'y', 'dy', ...LOOKS],
  ...Object.fromEntries(Object.entries(OUTLINES).map(([name, { takes }]) => [name, [...takes, ...LOOKS]])),
};

const INSTEAD: Readonly<Record<string, string>> = {
  style: 'Write the colours on the elements: fill="#1c5757".',
  class: 'Write the colours on the element: fill="#1c5757".',
  id: 'Delete it: nothing in a drawing refers to anything.',
  transform: 'Put the element in a <g transform="…">.',
  'font-family': 'Delete it: text is set in the page’s own type.',
  opacity: 'Use the tint (#f5f1e8) or the rule colour (#b9b4a8).',
  use: 'Draw the thing itself.',
  image: 'A picture of pixels is a figure of its own.',
  marker: 'Draw arrow heads as paths.',
  defs: 'Draw things where they stand.',
  linearGradient: 'Use the tint (#f5f1e8).',
  radialGradient: 'Use the tint (#f5f1e8).',
  desc: 'Say it in the alt text of ::figure.',
};

/** `file` is named in messages. */
export function readDrawing(svg: string, file: string): { drawing: Drawing } | { problems: Problem[] } {
  const { tell, problems } = gather(file);
  const root = readSvg(svg, tell);
  if (root === null) return { problems: problems() };
  checkElements(root, tell);
  const { left, top, width, height } = viewBox(root, tell);
  const title = titleOf(root, tell);
  const shapes = shapesIn(root, lookOf(root, PLAIN, tell), { ...UNTURNED, e: -left, f: -top }, tell);
  if (problems().length === 0) checkLegible(shapes, width, height, tell);
  if (problems().length > 0) return { problems: problems() };
  return { drawing: { title, width, height, shapes: shapes.map(({ line: _line, ...shape }) => shape), svg } };
}

/** Every element and attribute that is not on the list. */
function checkElements(element: SvgElement, tell: Tell): void {
  const { name, line, attributes, children, text } = element;
  for (const attribute of Object.keys(attributes)) {
    if (TAKES[name]!.includes(attribute)) continue;
    const kind = attribute.endsWith('opacity') ? 'opacity' : attribute;
    tell(line, `<${name}> can’t have “${attribute}” here.`, INSTEAD[kind] ?? `It takes ${TAKES[name]!.join(', ')}.`);
  }
  if (text.trim() !== '' && name !== 'text' && name !== 'tspan' && name !== 'title')
    tell(line, `Words stand in <${name}>.`, 'Put them in <text>.');
  for (const child of children) {
    if (mayStand(child.name, name)) checkElements(child, tell);
    else
      tell(
        child.line,
        `<${child.name}> can’t be drawn in <${name}>.`,
        INSTEAD[child.name] ?? `A drawing holds ${DRAWS}.`,
      );
  }
}

const DRAWS = Object.keys(TAKES)
  .filter((name) => name !== 'svg')
  .join(', ');

function mayStand(child: string, parent: string): boolean {
  if (!Object.hasOwn(TAKES, child) || child === 'svg') return false;
  if (child === 'tspan') return parent === 'text';
  if (child === 'title') return parent === 'svg';
  return parent === 'svg' || parent === 'g';
}

function viewBox({ attributes, line }: SvgElement, tell: Tell) {
  const [left = 0, top = 0, width = 0, height = 0, ...more] = numbersIn(attributes.viewBox ?? '') ?? [];
  if (width <= 0 || height <= 0 || more.length > 0)
    tell(line, 'The drawing has no viewBox.', 'Write viewBox="0 0 280 200": a unit is a point in standard print.');
  if (width > WIDEST || height > HIGHEST)
    tell(line, `The drawing is ${width} × ${height}.`, `A page has room for ${WIDEST} × ${HIGHEST}: draw it smaller.`);
  return { left, top, width, height };
}

function titleOf({ children, line }: SvgElement, tell: Tell): string {
  const [title, ...more] = children.filter(({ name }) => name === 'title');
  const text = title?.text.replace(/\s+/gu, ' ').trim() ?? '';
  if (text === '')
    tell(title?.line ?? line, 'The drawing has no title.', 'Write <title>What it is</title> below <svg>.');
  for (const other of more) tell(other.line, 'The drawing has more than one title.', 'Keep one.');
  return text;
}

function shapesIn({ children }: SvgElement, look: Look, turn: Turn, tell: Tell): Drawn[] {
  return children.flatMap((element) => {
    if (element.name === 'g') return shapesIn(element, lookOf(element, look, tell), turnOf(element, turn, tell), tell);
    if (element.name === 'text') return labelsOf(element, look, turn, tell);
    return Object.hasOwn(OUTLINES, element.name) ? [outline(element, look, turn, tell)] : [];
  });
}

function turnOf({ attributes, line }: SvgElement, outer: Turn, tell: Tell): Turn {
  const turn = readTurn(attributes.transform ?? '', outer);
  if (turn === null)
    tell(line, 'This transform can’t be drawn.', 'Use translate(x, y), rotate(degrees, x, y) and scale(s).');
  return turn ?? outer;
}

function outline(element: SvgElement, outer: Look, turn: Turn, tell: Tell): Drawn {
  const { fill, stroke, width, cap, join, dashes } = lookOf(element, outer, tell);
  const open = element.name === 'line';
  if (fill === undefined && !open)
    tell(
      element.line,
      `This <${element.name}> does not say its fill: it would be black.`,
      'Write fill="none" or a colour.',
    );
  const hidden = stroke === null && (element.attributes.stroke ?? 'none') === 'none';
  if (hidden && (!fill || open))
    tell(element.line, `This <${element.name}> can’t be seen.`, 'Give it a stroke or a fill.');
  const scale = scaleOf(turn);
  return {
    kind: 'outline',
    line: element.line,
    steps: OUTLINES[element.name]!.steps(element, tell).map((step) => placedStep(step, turn)),
    fill: open ? null : (fill ?? null),
    stroke:
      stroke === null
        ? null
        : { colour: stroke, width: width * scale, cap, join, dashes: dashes.map((dash) => dash * scale) },
  };
}
