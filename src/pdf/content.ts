// A placed galley in, the content stream operators that draw it out, with its marked content counted.
import type { DrawingMark, Field, Leaf, Mark, Panel, Placed, Strip, Tag, TextMark } from '../layout/page.ts';
import { drawDrawing } from './drawing.ts';
import type { UsedGlyphs } from './embed.ts';
import type { Typefaces } from './glyphs.ts';
import { ink, num } from './ink.ts';
import type { Area, Ground } from './level.ts';
import type { Palette } from './palette.ts';
import { roundedBox } from './paths.ts';
import { type Direction, tellReader } from './read-back.ts';
import { drawText, utf16 } from './text.ts';

/** What drawing leaves behind for the rest of the page. */
export interface PageNotes {
  height: number;
  /** How far right of where its galleys were set everything on the page stands. */
  shift: number;
  palette: Palette;
  /** Which way a reader that goes by places takes the page to run. */
  direction: Direction;
  /** Leaves in the order of their marked-content ids on this page. */
  leaves: Leaf[];
  /** Glyphs used of each font, by resource name. */
  glyphs: UsedGlyphs;
  /** Names of images used. */
  images: Set<string>;
  /** What is being drawn stands on it. */
  ground: Ground;
  /** Link areas in PDF coordinates. */
  links: (Area & { tag: Tag })[];
  /** Areas to fill in, likewise. */
  fields: (Area & { tag: Tag; field: Field })[];
  /** Where a figure's leaf was drawn, likewise. */
  boxes: Map<Leaf, Area>;
}

type ImageMark = Extract<Mark, { kind: 'image' }>;
type ReadMark = TextMark | ImageMark | DrawingMark;

/** Draws strips `from` to `to` of a galley: first what decorates, as one artifact, then what is read, in reading order. */
export function drawPlaced(placed: Placed, page: PageNotes, typefaces: Typefaces): string {
  const strips = positioned(placed);
  const decoration = [
    ...drawPanels(strips, placed, page),
    ...strips.flatMap(({ strip, y }) => strip.marks.flatMap((mark) => decorate(mark, y, page))),
    ...repeatedHead(placed, page, typefaces),
  ];
  const keep = !placed.galley.personal;
  const lines = strips.map(({ strip, y }) => strip.marks.map((mark) => moved(mark, page.shift, y)));
  const behind = decoration.length === 0 ? '' : `/Artifact BMC\n${decoration.join('\n')}\nEMC\n`;
  return `${behind}${drawRead(lines, page, typefaces, keep)}`;
}

/** The running foot: pagination artifacts, the same for every reader. */
export function drawFoot(marks: readonly Mark[], page: PageNotes, typefaces: Typefaces): string {
  const text = marks
    .map((mark) => moved(mark, page.shift, 0))
    .filter((mark) => mark.kind === 'text')
    .flatMap((mark) => drawText(mark, page, typefaces, false).map(({ operators }) => operators));
  return `/Artifact <</Type /Pagination /Subtype /Footer>> BDC\nBT\n${text.join('\n')}\nET\nEMC\n`;
}

/** The strips of a range with their tops; a table's head that stands there once more is the first. */
function positioned({ galley, from, to, y, head }: Placed): { strip: Strip; y: number }[] {
  let top = y;
  const strips = galley.strips.slice(from, to).map((strip, index) => {
    if (index > 0) top += strip.gap;
    const placed = { strip, y: top };
    top += strip.height;
    return placed;
  });
  return head === undefined ? strips : [{ strip: head, y: y - head.height }, ...strips];
}

/** The words of a table's head that was read on an earlier page. */
function repeatedHead({ head, y, galley }: Placed, page: PageNotes, typefaces: Typefaces): string[] {
  if (head === undefined) return [];
  const words = head.marks.flatMap((mark) =>
    mark.kind === 'text' ? [moved(mark, page.shift, y - head.height) as TextMark] : [],
  );
  const text = words.flatMap((mark) => drawText(mark, page, typefaces, !galley.personal));
  return ['BT', ...text.map(({ operators }) => operators), 'ET'];
}

/** One rectangle for each stretch of strips that stand in the same panel. Where a page break parts them it keeps its air. */
function drawPanels(
  strips: readonly { strip: Strip; y: number }[],
  { galley, from, to }: Placed,
  { height, shift, palette }: PageNotes,
): string[] {
  const stretches: { panel: Panel; top: number; bottom: number }[] = [];
  for (const { strip, y } of strips) {
    if (strip.panel === null) continue;
    const last = stretches.at(-1);
    if (last?.panel === strip.panel) last.bottom = y + strip.height;
    else stretches.push({ panel: strip.panel, top: y, bottom: y + strip.height });
  }
  const [first, last] = [stretches[0], stretches.at(-1)];
  if (first !== undefined && galley.strips[from - 1]?.panel === first.panel) first.top -= first.panel.air;
  if (last !== undefined && galley.strips[to]?.panel === last.panel) last.bottom += last.panel.air;
  return stretches.flatMap(({ panel, top, bottom }) => {
    const area = (x: number, width: number) =>
      `${num(x + shift)} ${num(height - bottom)} ${num(width)} ${num(bottom - top)} re`;
    const out: string[] = [];
    if (panel.fill !== null) out.push(`${ink(palette, panel.fill, 'rg')} ${area(panel.x, panel.width)} f`);
    if (panel.stroke !== null) {
      const { colour, thickness } = panel.stroke;
      out.push(`${ink(palette, colour, 'RG')} ${num(thickness)} w ${area(panel.x, panel.width)} S`);
    }
    if (panel.edge !== null) {
      const { colour, x, thickness } = panel.edge;
      out.push(`${ink(palette, colour, 'rg')} ${area(x, thickness)} f`);
    }
    return out;
  });
}

function decorate(set: Mark, top: number, page: PageNotes): string[] {
  if ('leaf' in set) return [];
  const mark = moved(set, page.shift, top);
  const { palette } = page;
  const up = (y: number) => num(page.height - y);
  if (mark.kind === 'line') {
    const { x, y, x2, y2, thickness, colour } = mark;
    return [`${ink(palette, colour, 'RG')} ${num(thickness)} w ${num(x)} ${up(y)} m ${num(x2)} ${up(y2)} l S`];
  }
  if (mark.kind === 'rect') {
    const { x, y, width, height, fill, stroke, thickness, radius } = mark;
    const paint = fill === null ? 'S' : stroke === null ? 'f' : 'B';
    const colours = [fill === null ? '' : ink(palette, fill, 'rg'), stroke === null ? '' : ink(palette, stroke, 'RG')]
      .filter(Boolean)
      .join(' ');
    const outline = roundedBox(x, page.height - y - height, width, height, radius);
    return [`${colours} ${num(thickness)} w ${outline} ${paint}`];
  }
  if (mark.kind === 'link' || mark.kind === 'field') {
    const { tag, x, y, width, height } = mark;
    const bottom = page.height - y - height;
    const area: Area = { rect: [x, bottom, x + width, bottom + height], ground: page.ground };
    if (mark.kind === 'link') page.links.push({ tag, ...area });
    else page.fields.push({ tag, field: mark.field, ...area });
  }
  return [];
}

/**
 * Text and pictures: one marked-content sequence for each run of marks of one leaf. A run that must be read as another text
 * than its glyphs gets a sequence of its own, for poppler loses what follows a nested one; so do the marks of a line that
 * somebody typed and that would be read in another order.
 */
function drawRead(lines: readonly (readonly Mark[])[], page: PageNotes, typefaces: Typefaces, keep: boolean): string {
  const out: string[] = [];
  let open: Leaf | null = null;
  const close = () => {
    if (open !== null) out.push('ET', 'EMC');
    open = null;
  };
  const begin = (leaf: Leaf, actual: string | null) => {
    close();
    const says = actual === null ? '' : ` /ActualText <${utf16(actual)}>`;
    out.push(`/${actual === null ? 'P' : 'Span'} <</MCID ${page.leaves.push(leaf) - 1}${says}>> BDC`, 'BT');
    open = leaf;
  };
  for (const { leaf, marks } of lines.flatMap(readTogether)) {
    const told = keep ? null : tellReader(marks.filter(isText), page.direction);
    if (told !== null) begin(leaf, told);
    for (const mark of marks) {
      if (mark.kind === 'image') {
        close();
        out.push(`/Figure <</MCID ${page.leaves.push(leaf) - 1}>> BDC`, drawImage(mark, leaf, page), 'EMC');
        continue;
      }
      if (mark.kind === 'drawing') {
        close();
        out.push(drawDrawing(mark, page, typefaces, keep));
        continue;
      }
      for (const { operators, actual } of drawText(mark, page, typefaces, keep)) {
        const own = told === null ? actual : null;
        if (leaf !== open || own !== null) begin(leaf, own);
        out.push(operators);
        if (own !== null) close();
      }
    }
    if (told !== null) close();
  }
  close();
  return out.length === 0 ? '' : `${out.join('\n')}\n`;
}

const isText = (mark: Mark): mark is TextMark => mark.kind === 'text';

/** What is read of a line, in reading order, parted where the leaf changes. */
function readTogether(marks: readonly Mark[]): { leaf: Leaf; marks: ReadMark[] }[] {
  const out: { leaf: Leaf; marks: ReadMark[] }[] = [];
  for (const mark of marks) {
    if (!('leaf' in mark) || mark.leaf === null) continue;
    const last = out.at(-1);
    if (last?.leaf === mark.leaf) last.marks.push(mark);
    else out.push({ leaf: mark.leaf, marks: [mark] });
  }
  return out;
}

function drawImage({ image, x, y, width, height }: ImageMark, leaf: Leaf, page: PageNotes): string {
  const bottom = page.height - y - height;
  page.images.add(image);
  page.boxes.set(leaf, { rect: [x, bottom, x + width, bottom + height], ground: page.ground });
  return `q ${num(width)} 0 0 ${num(height)} ${num(x)} ${num(bottom)} cm /${imageResource(image)} Do Q`;
}

/** A PDF name for an image's file name. */
export function imageResource(image: string): string {
  return `Im${Buffer.from(image).toString('hex')}`;
}

function moved(mark: Mark, right: number, down: number): Mark {
  const [x, y] = [mark.x + right, mark.y + down];
  return mark.kind === 'line' ? { ...mark, x, y, x2: mark.x2 + right, y2: mark.y2 + down } : { ...mark, x, y };
}
