// The head of page one: logo and practice in, one quiet line of them out.
import type { Block, Inline } from '../merge/block.ts';
import type { Leaf, Mark, Tag } from './page.ts';
import { type Composed, type Setting, setText, shifted } from './text.ts';

type Masthead = Extract<Block, { kind: 'masthead' }>;

/** The logo at the reading edge, name and contact lines beside it. */
export function setMasthead({ logo, name, contact }: Masthead, setting: Setting): Composed {
  const picture = logo === null ? null : setLogo(logo, setting);
  const words = setWords([name, contact], picture === null ? 0 : picture.width + setting.theme.padding, setting);
  const height = Math.max(picture?.height ?? 0, words.height);
  const marks = [
    ...(picture === null ? [] : [shifted(picture.mark, (height - picture.height) / 2)]),
    ...words.marks.map((mark) => shifted(mark, (height - words.height) / 2)),
  ];
  const tags = [...(picture === null ? [] : [picture.tag]), ...words.tags];
  return { strips: [{ height, gap: 0, keep: 'always', marks, panel: null }], tags, headings: [] };
}

/** At most `logoHeight` high and two fifths of the line wide. */
function setLogo(
  { image, alt }: { image: string; alt: string },
  { theme, measure }: Setting,
): { mark: Mark; tag: Tag; width: number; height: number } {
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

function setWords(
  lines: readonly (readonly Inline[])[],
  indent: number,
  setting: Setting,
): { marks: Mark[]; tags: Tag[]; height: number } {
  const { theme } = setting;
  const x = theme.margin.x + indent;
  const frame = { x, width: theme.text.x + theme.text.width - x, panel: null };
  const bold = { ...theme.small, face: 'bold' as const, colour: 'ink' as const };
  const marks: Mark[] = [];
  const tags: Tag[] = [];
  let height = 0;
  lines.forEach((inlines, index) => {
    const { strips, kids } = setText(inlines, index === 0 ? bold : theme.small, frame, setting);
    if (strips.length > 0) tags.push({ kind: 'tag', type: 'P', kids });
    for (const strip of strips) {
      const down = height;
      marks.push(...strip.marks.map((mark) => shifted(mark, down)));
      height += strip.height;
    }
  });
  return { marks, tags, height };
}
