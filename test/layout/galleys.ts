// HTML in, galleys and pages set with the fake measure out, and what stands where in them.
import { compose } from '../../src/layout/compose.ts';
import { layOut } from '../../src/layout/lay-out.ts';
import type { Galley, Mark, Strip, Tag } from '../../src/layout/page.ts';
import { themeOf } from '../../src/layout/theme.ts';
import type { Sheet } from '../../src/merge/block.ts';
import { readBlocks } from '../../src/merge/read.ts';
import { fakeMeasure } from '../support/measure.ts';

export type TextMark = Extract<Mark, { kind: 'text' }>;
export const theme = themeOf('letter', false);
export const large = themeOf('letter', true);
export const setting = (dir: 'ltr' | 'rtl' = 'ltr', looks = theme) => ({
  theme: looks,
  measure: fakeMeasure,
  dir,
  fillable: true as const,
});
export const galley = (html: string, dir: 'ltr' | 'rtl' = 'ltr', looks = theme): Galley =>
  compose(readBlocks(html)[0]!, setting(dir, looks));
export const sheet = (html: string, some: Partial<Sheet> = {}): Sheet => ({
  lang: 'en',
  dir: 'ltr',
  title: 'Finding calm',
  blocks: readBlocks(html),
  foot: ['Finding calm 1.0.0', 'Harbour', '555 0100'],
  pageWords: 'page {page} of {pages}',
  discreet: false,
  fillable: true,
  ...some,
});
export const pagesOf = (html: string, some?: Partial<Sheet>, looks = theme) =>
  layOut(sheet(html, some), looks, { fixed: fakeMeasure, personal: fakeMeasure });

export interface Set {
  text: string;
  x: number;
  y: number;
  mark: TextMark;
}
/** Texts with their place in the galley, in the order they are drawn. */
export function textsOf({ strips }: Pick<Galley, 'strips'>): Set[] {
  let top = 0;
  return strips.flatMap((strip, index) => {
    if (index > 0) top += strip.gap;
    const here = top;
    top += strip.height;
    return strip.marks.flatMap((mark) =>
      mark.kind === 'text' ? [{ text: mark.text.trimEnd(), x: mark.x, y: here + mark.y, mark }] : [],
    );
  });
}
export const heightOf = ({ strips }: Pick<Galley, 'strips'>) =>
  strips.reduce((sum, { height, gap }, index) => sum + height + (index === 0 ? 0 : gap), 0);
export const keeps = (strips: readonly Strip[]) => strips.map(({ keep }) => keep);
export const tagTypes = (tags: readonly Tag[]): unknown[] =>
  tags.map(({ type, kids }) => [type, ...tagTypes(kids.filter((kid) => kid.kind === 'tag'))]);
export const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index % 10}`).join(' ');
/** As many words as fill this many lines of the text column: a word and its blank are 30 points wide. */
export const linesOf = (count: number) => words(Math.floor(theme.text.width / 30) * count);
