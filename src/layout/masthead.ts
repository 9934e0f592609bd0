// The head of page one: logo and practice in, one quiet line of them out.
import type { Block, Inline } from '../merge/block.ts';
import { DOT } from './dotted.ts';
import type { Leaf, Mark, Tag } from './page.ts';
import { type Composed, type Setting, setText, shifted } from './text.ts';

type Masthead = Extract<Block, { kind: 'masthead' }>;

/** The logo at the reading edge, name and contact lines beside it, or below where an item is too wide for that. */
export function setMasthead({ logo, name, contact }: Masthead, setting: Setting): Composed {
  const picture = logo === null ? null : setLogo(logo, setting);
  const indent = picture === null ? 0 : picture.width + setting.theme.padding;
  const below =
    picture !== null && itemsOf(contact).some((item) => widthOf([item], setting) > roomFrom(indent, setting));
  const words = setWords(name, contact, below ? 0 : indent, setting);
  const tags = [...(picture === null ? [] : [picture.tag]), ...words.tags];
  const { height, marks } = below ? stacked(picture, words, setting) : sideBySide(picture, words);
  return { strips: [{ height, gap: 0, keep: 'always', marks, panel: null }], tags, headings: [] };
}

function sideBySide(picture: Logo | null, words: Words): { height: number; marks: Mark[] } {
  const height = Math.max(picture?.height ?? 0, words.height);
  const marks = [
    ...(picture === null ? [] : [shifted(picture.mark, (height - picture.height) / 2)]),
    ...words.marks.map((mark) => shifted(mark, (height - words.height) / 2)),
  ];
  return { height, marks };
}

function stacked(picture: Logo, words: Words, { theme }: Setting): { height: number; marks: Mark[] } {
  const top = picture.height + theme.space.item;
  return { height: top + words.height, marks: [picture.mark, ...words.marks.map((mark) => shifted(mark, top))] };
}

interface Words {
  marks: Mark[];
  tags: Tag[];
  height: number;
}

interface Logo {
  mark: Mark;
  tag: Tag;
  width: number;
  height: number;
}

/** At most `logoHeight` high and two fifths of the line wide. */
function setLogo({ image, alt }: { image: string; alt: string }, { theme, measure }: Setting): Logo {
  const pixels = measure.image(image);
  const room = (theme.text.x + theme.text.width - theme.margin.x) * 0.4;
  const scale = Math.min(theme.logoHeight / pixels.height, room / pixels.width);
  const size = { width: pixels.width * scale, height: pixels.height * scale };
  const leaf: Leaf = { kind: 'leaf' };
  return {
    mark: { kind: 'image', leaf, x: theme.margin.x, y: 0, ...size, image },
    tag: { kind: 'tag', type: 'Figure', kids: [leaf], alt },
    ...size,
  };
}

function setWords(name: readonly Inline[], contact: readonly Inline[], indent: number, setting: Setting): Words {
  const { theme } = setting;
  const frame = { x: theme.margin.x + indent, width: roomFrom(indent, setting), panel: null };
  const bold = { ...theme.small, face: 'bold' as const, colour: 'ink' as const };
  const fits = widthOf(contact, setting) <= frame.width;
  const paragraphs = [
    setText(name, bold, frame, setting),
    setText(fits ? contact : itemsOf(contact), theme.small, frame, setting),
  ];
  const marks: Mark[] = [];
  const tags: Tag[] = [];
  let height = 0;
  for (const { strips, kids } of paragraphs) {
    if (strips.length > 0) tags.push({ kind: 'tag', type: 'P', kids });
    for (const strip of strips) {
      const down = height;
      marks.push(...strip.marks.map((mark) => shifted(mark, down)));
      height += strip.height;
    }
  }
  return { marks, tags, height };
}

/** The items between the dots, each on a line of its own: no line begins or ends with a dot, no address is cut. */
function itemsOf(contact: readonly Inline[]): Inline[] {
  return contact.flatMap((inline) => {
    const items = inline.text.split(DOT.text);
    const last = items.length - 1;
    return items.map((text, index) => (index < last ? { ...inline, text, breakAfter: true } : { ...inline, text }));
  });
}

function widthOf(inlines: readonly Inline[], { theme, measure }: Setting): number {
  const text = inlines.map((inline) => inline.text).join('');
  return measure.width(text.trimEnd(), theme.small.face, theme.small.size);
}

function roomFrom(indent: number, { theme }: Setting): number {
  return theme.text.x + theme.text.width - theme.margin.x - indent;
}
