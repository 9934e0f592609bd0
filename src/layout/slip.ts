// A few lines and a place on the page in, a page with nothing else on it out: an address, a sheet between two clients.
import type { Inline } from '../merge/block.ts';
import type { Galley, LaidOut, Mark, Measure, Strip, Tag } from './page.ts';
import { setText } from './text.ts';
import type { TextStyle, Theme } from './theme.ts';

export interface SlipLine {
  inlines: readonly Inline[];
  style: TextStyle;
  /** Space above it. */
  above: number;
  /** A rule in the middle of that space. */
  ruled?: boolean;
}

export interface Place {
  x: number;
  y: number;
  width: number;
}

/** Lines run in the direction of their own letters, and all start at the left: an address does so in any country. */
export function layOutSlip(
  lines: readonly SlipLine[],
  { x, y, width }: Place,
  theme: Theme,
  measure: Measure,
  about: { lang: string; title: string },
): LaidOut {
  const strips: Strip[] = [];
  const tags: Tag[] = [];
  for (const { inlines, style, above, ruled = false } of lines) {
    const set = setText(inlines, style, { x, width, panel: null }, { theme, measure, dir: 'ltr', typed: true });
    const [first, ...rest] = set.strips;
    if (first === undefined) continue;
    const rule: Mark = {
      kind: 'line',
      x,
      y: -above / 2,
      x2: x + width,
      y2: -above / 2,
      thickness: 0.9,
      colour: 'rule',
    };
    strips.push({ ...first, gap: above, marks: ruled ? [rule, ...first.marks] : first.marks }, ...rest);
    tags.push({ kind: 'tag', type: 'P', kids: set.kids });
  }
  const galley: Galley = { strips, tags, headings: [], personal: true };
  const { width: wide, height } = theme.page;
  const page = { placed: [{ galley, from: 0, to: strips.length, y }], shift: 0, foot: [] };
  return { width: wide, height, pages: [page], dir: 'ltr', foot: '', accent: '', discreet: false, ...about };
}
