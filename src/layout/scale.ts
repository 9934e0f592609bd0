// A rating scale in, its circles from 0 to 10 with the words at the ends out.
import type { Block, Inline } from '../merge/block.ts';
import { fieldMarks, wordsOf } from './fields.ts';
import type { Group, Leaf, Mark, Strip, Tag } from './page.ts';
import { type Composed, type Frame, type Setting, setText, shifted } from './text.ts';
import { paragraph } from './writing.ts';

type Scale = Extract<Block, { kind: 'scale' }>;

const TOP = 10;
/** Of the row: how many of the widest number, the least distance of two circles. */
const LEAST_STEP = 1.35;

interface Row {
  values: number[];
  /** From the left edge of one circle to that of the next. */
  step: number;
}

export function setScale({ label, from, to }: Scale, frame: Frame, setting: Setting): Composed {
  const { theme } = setting;
  const asks = setText(label, theme.body, frame, setting);
  const group: Group = { label: wordsOf(label) };
  const list: Tag = { kind: 'tag', type: 'L', kids: [], numbering: 'Decimal' };
  const strips = asks.strips.map((strip): Strip => ({ ...strip, keep: 'always' }));
  for (const row of rowsOf(frame, setting)) {
    const width = row.step * (row.values.length - 1) + diameter(setting);
    const half = row.values.length > TOP ? (width - theme.padding) / 2 : width;
    const start = row.values.includes(0) ? setText(from, theme.body, { ...frame, width: half }, setting) : NOTHING;
    const end = row.values.includes(TOP) ? atEnd(to, half, { ...frame, width }, setting) : NOTHING;
    const numbers = setNumbers(row, group, frame, setting);
    strips.push({ ...numbers.strip, gap: theme.space.item }, ...sideBySide(start.strips, end.strips));
    for (const [index, { lbl, fields }] of numbers.steps.entries()) {
      const value = row.values[index];
      list.kids.push(item(lbl, [...fields, ...(value === 0 ? start.kids : value === TOP ? end.kids : [])]));
    }
  }
  return { strips: bound(strips), tags: [...paragraph(asks.kids), list], headings: [] };
}

type Words = { strips: Strip[]; kids: (Tag | Leaf)[] };
const NOTHING: Words = { strips: [], kids: [] };

/** In one row, or in two where eleven circles and their numbers have no room. */
function rowsOf({ width }: Frame, setting: Setting): Row[] {
  const values = Array.from({ length: TOP + 1 }, (_, value) => value);
  const room = width - diameter(setting);
  const { measure, theme } = setting;
  const least = Math.max(diameter(setting), measure.width(String(TOP), 'regular', theme.body.size)) * LEAST_STEP;
  if (room / TOP >= least) return [{ values, step: room / TOP }];
  const half = TOP / 2;
  return [
    { values: values.slice(0, half + 1), step: room / half },
    { values: values.slice(half + 1), step: room / half },
  ];
}

/** Wider than a box of a check list: a pen draws a ring round it or a cross in it. */
function diameter({ theme }: Setting): number {
  return theme.tickBox * 1.3;
}

function setNumbers({ values, step }: Row, group: Group, frame: Frame, setting: Setting) {
  const { theme, measure } = setting;
  const side = diameter(setting);
  const middle = side / 2;
  const marks: Mark[] = [];
  const steps = values.map((value, index) => {
    const x = frame.x + index * step;
    const circle = { x, y: 0, width: side, height: side };
    const between: Mark = {
      kind: 'line',
      x: x - step + side,
      y: middle,
      x2: x,
      y2: middle,
      thickness: 0.6,
      colour: 'rule',
    };
    if (index > 0) marks.push(between);
    marks.push({ ...circle, kind: 'rect', fill: null, stroke: 'ink', thickness: 0.9, radius: middle });
    const text = String(value);
    const wide = measure.width(text, 'regular', theme.body.size);
    const number = setText([{ text }], theme.body, { x: x + middle - wide / 2, width: wide + 1, panel: null }, setting);
    marks.push(...number.strips.flatMap((strip) => strip.marks.map((mark) => shifted(mark, side + 1))));
    const label = `${group.label}: ${text}`;
    const { marks: own, tags } = fieldMarks({ kind: 'choice', label, group, value: text }, circle, setting);
    marks.push(...own);
    return { lbl: number.kids, fields: tags };
  });
  const strip: Strip = { height: side + 1 + theme.body.leading, gap: 0, keep: 'always', marks, panel: frame.panel };
  return { strip, steps };
}

/** A step without field and words has nothing but its number. */
function item(lbl: (Tag | Leaf)[], body: (Tag | Leaf)[]): Tag {
  if (body.length === 0) return { kind: 'tag', type: 'LI', kids: [{ kind: 'tag', type: 'LBody', kids: lbl }] };
  return {
    kind: 'tag',
    type: 'LI',
    kids: [
      { kind: 'tag', type: 'Lbl', kids: lbl },
      { kind: 'tag', type: 'LBody', kids: body },
    ],
  };
}

/** Words that end where the last circle does. */
function atEnd(words: readonly Inline[], width: number, frame: Frame, setting: Setting): Words {
  const edge = frame.x + frame.width;
  const set = setText(words, setting.theme.body, { ...frame, x: edge - width, width }, setting);
  const strips = set.strips.map((strip): Strip => {
    const inked = strip.marks.map((mark) => (mark.kind === 'text' ? mark.x + mark.width : 0));
    const slack = edge - Math.max(...inked);
    return {
      ...strip,
      marks: strip.marks.map((mark) => (mark.kind === 'text' ? { ...mark, x: mark.x + slack } : mark)),
    };
  });
  return { ...set, strips };
}

function sideBySide(start: readonly Strip[], end: readonly Strip[]): Strip[] {
  return Array.from({ length: Math.max(start.length, end.length) }, (_, line): Strip => {
    const marks = [...(start[line]?.marks ?? []), ...(end[line]?.marks ?? [])];
    return { ...(start[line] ?? end[line])!, marks };
  });
}

/** A scale is not cut. */
function bound(strips: readonly Strip[]): Strip[] {
  return strips.map((strip, index) => ({ ...strip, keep: index < strips.length - 1 ? 'always' : 'no' }));
}
