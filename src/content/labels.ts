// A <text> of an SVG in, its lines as labels out: one for the text itself, or one for each <tspan> in it.
import type { Drawn } from './legible.ts';
import { type Look, lookOf, numberOf } from './look.ts';
import type { Tell } from './problems.ts';
import type { SvgElement } from './svg.ts';
import { placed, scaleOf, type Turn } from './turn.ts';

export function labelsOf(element: SvgElement, outer: Look, turn: Turn, tell: Tell): Drawn[] {
  const look = lookOf(element, outer, tell);
  const lines = element.children.filter(({ name }) => name === 'tspan');
  if (Math.abs(turn.b) > 1e-9 || turn.a < 0) tell(element.line, 'Turned text is hard to read.', 'Write it level.');
  if (lines.length === 0) {
    const [x, y] = [numberOf(element, 'x', tell), numberOf(element, 'y', tell)];
    return [label(element, x, y, look, turn, tell)];
  }
  if (element.text.trim() !== '')
    tell(element.line, 'Words stand beside a <tspan>.', 'Put each line in a <tspan x="…" y="…"> of its own.');
  let y = numberOf(element, 'y', tell, { otherwise: 0 });
  return lines.map((line) => {
    if (line.children.length > 0) tell(line.line, 'A <tspan> holds words only.', 'Close it before the next one.');
    y = line.attributes.dy === undefined ? numberOf(line, 'y', tell) : y + numberOf(line, 'dy', tell);
    return label(line, numberOf(line, 'x', tell), y, lookOf(line, look, tell), turn, tell);
  });
}

function label(element: SvgElement, x: number, y: number, look: Look, turn: Turn, tell: Tell): Drawn {
  const { line } = element;
  const text = element.text.replace(/\s+/gu, ' ').trim().normalize('NFC');
  if (text === '') tell(line, `This <${element.name}> is empty.`, 'Write its words, or delete it.');
  if (look.size === null) tell(line, 'This text has no size.', 'Write font-size="12" on it or on the <svg>.');
  if (!look.fill) tell(line, 'This text has no colour.', 'Write fill="#1d2224".');
  if (look.stroke !== null) tell(line, 'Text can’t be outlined.', 'Write stroke="none" on it.');
  const [right, down] = placed(x, y, turn);
  return {
    kind: 'label',
    line,
    text,
    x: right,
    y: down,
    size: (look.size ?? 12) * scaleOf(turn),
    bold: look.bold,
    anchor: look.anchor,
    colour: look.fill ?? 'ink',
  };
}
