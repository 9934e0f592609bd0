// A figure in, its strips and tags out: a picture of pixels or a drawing in the size that the look gives it, and its caption.
import type { Block, Drawing, Label, Outline, Step } from '../merge/block.ts';
import { breakLines } from './lines.ts';
import type { DrawingMark, Leaf, Mark, Strip, Tag, TextMark } from './page.ts';
import { type Composed, type Frame, type Setting, setText, shifted } from './text.ts';

type Figure = Extract<Block, { kind: 'figure' }>;

/** The caption is kept below its picture. */
export function setFigure(figure: Figure, frame: Frame, setting: Setting): Composed {
  if (figure.beside && figure.drawing !== null) return setBeside(figure, figure.drawing, frame, setting);
  const { theme } = setting;
  const { alt, caption, drawing } = figure;
  const leaf: Leaf = { kind: 'leaf' };
  const mark = drawing === null ? setImage(figure, leaf, frame, setting) : setDrawing(drawing, leaf, frame, setting);
  const picture: Strip = { height: mark.height, gap: 0, keep: 'no', marks: [mark], panel: frame.panel };
  const tag: Tag = { kind: 'tag', type: 'Figure', kids: [leaf], alt };
  if (drawing !== null) tag.title = drawing.title;
  if (caption.length === 0) return { strips: [picture], tags: [tag], headings: [] };
  const below = setText(caption, theme.lead, frame, setting);
  const [first, ...rest] = below.strips.map((strip): Strip => ({ ...strip, keep: 'always' }));
  const lines = first === undefined ? [] : [{ ...first, gap: theme.space.paragraph }, ...rest];
  const last = lines.pop();
  return {
    strips: [
      { ...picture, keep: 'always' },
      ...lines,
      ...(last === undefined ? [] : [{ ...last, keep: 'no' as const }]),
    ],
    tags: [tag, { kind: 'tag', type: 'P', kids: below.kids }],
    headings: [],
  };
}

/** A picture in its own size with its words below it, as narrow and as quiet as the margin column asks. */
export function setInMargin({ alt, caption, drawing }: Figure, column: Frame, setting: Setting): Composed {
  if (drawing === null) return { strips: [], tags: [], headings: [] };
  const { theme } = setting;
  const leaf: Leaf = { kind: 'leaf' };
  const mark = setDrawing(drawing, leaf, column, setting);
  const air: Strip = { height: theme.space.item, gap: 0, keep: 'always', marks: [], panel: null };
  const words = setText(caption, theme.small, column, setting);
  return {
    strips: [air, { ...air, height: mark.height, marks: [mark] }, ...words.strips],
    tags: [
      { kind: 'tag', type: 'Figure', kids: [leaf], alt, title: drawing.title },
      { kind: 'tag', type: 'P', kids: words.kids },
    ],
    headings: [],
  };
}

/** A picture in its own size with its words beside it, the middle of one level with that of the other. */
function setBeside({ alt, caption }: Figure, drawing: Drawing, frame: Frame, setting: Setting): Composed {
  const leaf: Leaf = { kind: 'leaf' };
  const mark = setDrawing(drawing, leaf, { ...frame, width: drawing.width }, setting);
  const shift = mark.width + setting.theme.indent / 2;
  const words = setText(
    caption,
    setting.theme.body,
    { ...frame, x: frame.x + shift, width: frame.width - shift },
    setting,
  );
  const high = words.strips.reduce((sum, { gap, height }) => sum + gap + height, 0);
  const height = Math.max(mark.height, high);
  let down = (height - high) / 2;
  const marks: Mark[] = [{ ...mark, y: (height - mark.height) / 2 }];
  for (const strip of words.strips) {
    const top = down + strip.gap;
    marks.push(...strip.marks.map((one) => shifted(one, top)));
    down = top + strip.height;
  }
  const tag: Tag = { kind: 'tag', type: 'Figure', kids: [leaf], alt, title: drawing.title };
  return {
    strips: [{ height, gap: 0, keep: 'no', marks, panel: frame.panel }],
    tags: [tag, { kind: 'tag', type: 'P', kids: words.kids }],
    headings: [],
  };
}

type ImageMark = Extract<Mark, { kind: 'image' }>;

/** At most as wide as the column and a third of the page high. */
function setImage({ image }: Figure, leaf: Leaf, frame: Frame, { theme, measure }: Setting): ImageMark {
  const pixels = measure.image(image);
  const scale = Math.min(frame.width / pixels.width, theme.page.height / 3 / pixels.height);
  return { kind: 'image', leaf, x: frame.x, y: 0, width: pixels.width * scale, height: pixels.height * scale, image };
}

/** A drawing as large as it was drawn; in large print as wide as the column. It is never mirrored. */
function setDrawing(drawing: Drawing, leaf: Leaf, frame: Frame, setting: Setting): DrawingMark {
  const scale = Math.min(frame.width / drawing.width, setting.theme.drawing);
  return {
    kind: 'drawing',
    leaf,
    x: frame.x,
    y: 0,
    width: drawing.width * scale,
    height: drawing.height * scale,
    parts: drawing.shapes.flatMap((shape): (Outline | TextMark)[] =>
      shape.kind === 'label' ? setLabel(shape, scale, leaf, setting) : [scaled(shape, scale, setting)],
    ),
  };
}

/** To save ink nothing is tinted; what covers a line still covers it. */
function scaled({ steps, fill, stroke, kind }: Outline, scale: number, { theme }: Setting): Outline {
  const thick =
    stroke === null
      ? null
      : { ...stroke, width: stroke.width * scale, dashes: stroke.dashes.map((dash) => dash * scale) };
  const filled = theme.inkSaving && fill === 'tint' ? 'white' : fill;
  return { kind, fill: filled, steps: steps.map((step) => scaledStep(step, scale)), stroke: thick };
}

function scaledStep(step: Step, scale: number): Step {
  const [to, ...numbers] = step;
  return [to, ...numbers.map((number) => number * scale)] as unknown as Step;
}

/** No line is this long: a label is never broken. */
const UNBROKEN = 10_000;

/** One line; the blank behind it keeps its words from those of the next when they are read. */
function setLabel(label: Label, scale: number, leaf: Leaf, { measure, theme }: Setting): TextMark[] {
  const { text, bold, anchor, colour } = label;
  const size = label.size * scale;
  const style = { size, leading: size, face: bold ? 'bold' : 'regular', colour } as const;
  const settings = { width: UNBROKEN, style, measure, direction: 'auto', italics: theme.italics } as const;
  const { lines, base } = breakLines([{ text: `${text} ` }], settings);
  return lines.flatMap(({ pieces, width }) => {
    const left = label.x * scale - (anchor === 'start' ? 0 : anchor === 'end' ? width : width / 2);
    const from = base === 'rtl' ? left - (UNBROKEN - width) : left;
    return pieces.map((piece): TextMark => {
      const { text: words, face, x, width: advance, rtl } = piece;
      return {
        kind: 'text',
        leaf,
        x: from + x,
        y: label.y * scale,
        width: advance,
        text: words,
        face,
        size,
        colour,
        rtl,
      };
    });
  });
}
