// The head of page one: logo and practice in, one quiet line of them out.
import type { Inline, Sheet } from '../merge/block.ts';
import type { Galley, Leaf, Mark, Tag } from './page.ts';
import { mirrored, type Setting, setText, shifted } from './text.ts';

/** The logo at the reading edge, name and contact lines beside it. Null when there is none of them. */
export function setMasthead({ logo, name, contact }: Sheet['masthead'], setting: Setting): Galley | null {
  const { theme } = setting;
  const picture = logo ? setLogo(name, setting) : null;
  const words = setWords([name, contact], picture === null ? 0 : picture.width + theme.padding, setting);
  const height = Math.max(picture?.height ?? 0, words.height);
  if (height === 0) return null;
  const marks = [
    ...(picture === null ? [] : [shifted(picture.mark, (height - picture.height) / 2)]),
    ...words.marks.map((mark) => shifted(mark, (height - words.height) / 2)),
  ];
  const upright = setting.dir === 'rtl' ? marks.map((mark) => mirrored(mark, theme.page.width)) : marks;
  const tags = [...(picture === null ? [] : [picture.tag]), ...words.tags];
  return {
    strips: [{ height, gap: 0, keep: 'always', marks: upright, panel: null }],
    tags,
    headings: [],
    personal: false,
  };
}

/** At most `logoHeight` high and two fifths of the line wide. */
function setLogo(
  name: readonly Inline[],
  { theme, measure }: Setting,
): { mark: Mark; tag: Tag; width: number; height: number } {
  const pixels = measure.image('logo');
  const room = (theme.text.x + theme.text.width - theme.margin.x) * 0.4;
  const scale = Math.min(theme.logoHeight / pixels.height, room / pixels.width);
  const size = { width: pixels.width * scale, height: pixels.height * scale };
  const leaf: Leaf = { kind: 'leaf' };
  const alt = name.map(({ text }) => text).join('') || 'Logo';
  return {
    mark: { kind: 'image', leaf, x: theme.margin.x, y: 0, ...size, image: 'logo' },
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
