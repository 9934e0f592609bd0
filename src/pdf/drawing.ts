// A drawing with its place in, the operators that draw it out: its outlines and its words, as one figure.
import type { DrawingMark, Outline } from '../layout/page.ts';
import type { PageNotes } from './content.ts';
import type { Typefaces } from './glyphs.ts';
import { ink, num } from './ink.ts';
import type { Palette } from './palette.ts';
import { drawText, utf16 } from './text.ts';

/** One marked-content sequence, or more where words must be read as another text than their glyphs. */
export function drawDrawing(mark: DrawingMark, page: PageNotes, typefaces: Typefaces, keep: boolean): string {
  const { leaf, x, y, width, height, parts } = mark;
  page.boxes.set(leaf, { rect: [x, page.height - y - height, x + width, page.height - y], ground: page.ground });
  const sequences: { operators: string[]; actual: string | null }[] = [];
  const add = (operators: string, actual: string | null) => {
    const last = sequences.at(-1);
    if (last !== undefined && last.actual === null && actual === null) last.operators.push(operators);
    else sequences.push({ operators: [operators], actual });
  };
  for (const part of parts) {
    if (part.kind === 'outline') add(drawOutline(part, x, page.height - y, page.palette), null);
    else {
      const placed = { ...part, x: x + part.x, y: y + part.y };
      for (const { operators, actual } of drawText(placed, page, typefaces, keep)) add(`BT\n${operators}\nET`, actual);
    }
  }
  return sequences
    .map(({ operators, actual }) => {
      const says = actual === null ? '' : ` /ActualText <${utf16(actual)}>`;
      const open = `/${actual === null ? 'Figure' : 'Span'} <</MCID ${page.leaves.push(leaf) - 1}${says}>> BDC`;
      return [open, ...operators, 'EMC'].join('\n');
    })
    .join('\n');
}

const CAPS = { butt: 0, round: 1, square: 2 } as const;
const JOINS = { miter: 0, round: 1, bevel: 2 } as const;
/** Where SVG cuts a pointed corner; PDF would later (SVG 1.1, 11.4; ISO 32000-1, table 52). */
const MITRE = 4;

function drawOutline({ steps, fill, stroke }: Outline, left: number, top: number, palette: Palette): string {
  const path = steps.map(([to, ...numbers]) => {
    const placed = numbers.map((number, index) => num(index % 2 === 0 ? left + number : top - number));
    return to === 'Z' ? 'h' : `${placed.join(' ')} ${to.toLowerCase()}`;
  });
  const looks: string[] = [];
  if (fill !== null) looks.push(ink(palette, fill, 'rg'));
  if (stroke !== null) {
    const { colour, width, cap, join, dashes } = stroke;
    looks.push(ink(palette, colour, 'RG'), `${num(width)} w ${CAPS[cap]} J ${JOINS[join]} j ${MITRE} M`);
    looks.push(`[${dashes.map(num).join(' ')}] 0 d`);
  }
  const paint = stroke === null ? 'f' : fill === null ? 'S' : 'B';
  return ['q', ...looks, ...path, paint, 'Q'].join('\n');
}
