// Lines to write on in, ruled strips with their label and their field out.
import type { Block, Inline } from '../merge/block.ts';
import { textField, wordsOf } from './fields.ts';
import type { Leaf, Mark, Strip, Tag } from './page.ts';
import { baselineOf, type Composed, type Frame, type Setting, setText, shifted } from './text.ts';

type Lines = Extract<Block, { kind: 'lines' }>;

/** A box for the rest of the page has at least so many lines. */
const LEAST_TO_FILL = 2;
/** The share of the column that labels beside their lines have. */
const BESIDE = 0.26;

/** The label stands above its lines, or beside them where the page has room for a margin column. */
export function setLines({ count, beside, label }: Lines, frame: Frame, setting: Setting): Composed {
  const fills = count === 'fill';
  const lines = fills ? LEAST_TO_FILL + (setting.more ?? 0) : count;
  return beside && setting.theme.margin.width > 0
    ? setBeside(label, lines, frame, setting)
    : setBelow(label, lines, fills, frame, setting);
}

function setBelow(label: readonly Inline[], lines: number, fills: boolean, frame: Frame, setting: Setting): Composed {
  const above = setText(label, setting.theme.body, frame, setting);
  const { strips, tags } = ruled(lines, wordsOf(label), frame, setting);
  const last = strips.length - 1;
  const rules = fills
    ? strips.map((strip, index): Strip => (index === last ? { ...strip, fills: true } : strip))
    : strips;
  return {
    strips: [...above.strips.map((strip): Strip => ({ ...strip, keep: 'always' })), ...rules],
    tags: paragraph([...above.kids, ...tags]),
    headings: [],
  };
}

/** The first line of the label stands on the first rule. */
function setBeside(label: readonly Inline[], lines: number, frame: Frame, setting: Setting): Composed {
  const { theme, measure } = setting;
  const width = frame.width * BESIDE;
  const words = setText(label, theme.body, { ...frame, width: width - theme.padding }, setting);
  const inner = { ...frame, x: frame.x + width, width: frame.width - width };
  const { strips, tags } = ruled(lines, wordsOf(label), inner, setting);
  const down = theme.writing - 1 - baselineOf(theme.body, measure);
  const marks = words.strips.flatMap((strip, line) =>
    strip.marks.map((mark) => shifted(mark, down + line * theme.body.leading)),
  );
  const [first, ...rest] = strips;
  const over = down + words.strips.length * theme.body.leading - lines * theme.writing;
  const rules = [{ ...first!, marks: [...marks, ...first!.marks] }, ...rest];
  return { strips: lowered(rules, over), tags: paragraph([...words.kids, ...tags]), headings: [] };
}

/** A label with more lines than there are rules needs room below them. */
function lowered(rules: Strip[], over: number): Strip[] {
  if (over <= 0) return rules;
  const last = rules.at(-1)!;
  return [...rules.slice(0, -1), { ...last, height: last.height + over }];
}

/** Lines apart enough for handwriting. They are not parted: on screen they are one field. */
export function ruled(
  count: number,
  label: string,
  { x, width, panel }: Frame,
  setting: Setting,
): { strips: Strip[]; tags: Tag[] } {
  const { writing, body } = setting.theme;
  const y = writing - 1;
  const rule: Mark = { kind: 'line', x, y, x2: x + width, y2: y, thickness: 0.6, colour: 'quiet' };
  const high = count === 1 ? body.leading + 2 : count * writing - 4;
  // A little wider than the rules, so that what is typed covers them to their ends.
  const area = { x: x - 1, y: count === 1 ? y - high : 2, width: width + 2, height: high };
  const { marks, tags } = textField(label, count > 1, area, setting);
  const strips = Array.from({ length: count }, (_, index): Strip => {
    const keep = index < count - 1 ? 'always' : 'no';
    return { height: writing, gap: 0, keep, marks: index === 0 ? [rule, ...marks] : [rule], panel };
  });
  return { strips, tags };
}

export function paragraph(kids: (Tag | Leaf)[]): Tag[] {
  return kids.length === 0 ? [] : [{ kind: 'tag', type: 'P', kids }];
}
