// Where it goes: a sheet of blocks, a theme and a measure in, pages out. Same input, same pages.
import type { Block, Inline, Sheet } from '../merge/block.ts';
import { compose, spaceAbove, textOf } from './compose.ts';
import type { Galley, LaidOut, Mark, Measure, Page, Shelf } from './page.ts';
import { paginate, type Stacked } from './pages.ts';
import { baselineOf, mirrored, type Setting, setText, shifted } from './text.ts';
import type { Theme } from './theme.ts';

/** Measures for the text that is the same for every client, and for the text that is not. */
export interface Measures {
  fixed: Measure;
  personal: Measure;
}

/** Lays out a whole handout. `shelf` may hold the galleys of an earlier run with the same theme and measure. */
export function layOut(sheet: Sheet, theme: Theme, measures: Measures, shelf: Shelf = new WeakMap()): LaidOut {
  const setting: Setting = { theme, measure: measures.fixed, dir: sheet.dir };
  const personal: Setting = { ...setting, measure: measures.personal };
  const stacked = sheet.blocks.map((block): Stacked => {
    const stays = block.kind === 'section' && block.id === 'help-now';
    return {
      galley: block.personal ? compose(block, personal) : galleyOf(block, setting, shelf),
      above: spaceAbove(block, theme),
      stays,
    };
  });
  const { width, height, top, bottom } = theme.page;
  const pages = paginate(stacked, top, height - top - bottom);
  return {
    width,
    height,
    lang: sheet.lang,
    dir: sheet.dir,
    title: sheet.title,
    foot: textOf(sheet.foot),
    pages: pages.map(
      (placed, index): Page => ({ placed, foot: footMarks(sheet, pageWords(sheet, index + 1, pages.length), setting) }),
    ),
  };
}

function galleyOf(block: Block, setting: Setting, shelf: Shelf): Galley {
  let galley = shelf.get(block);
  if (galley === undefined) {
    galley = compose(block, setting);
    shelf.set(block, galley);
  }
  return galley;
}

function pageWords({ pageWords: words }: Sheet, page: number, pages: number): string {
  return words.replace('{page}', String(page)).replace('{pages}', String(pages)).replace(/ /gu, '\u00a0');
}

/** Foot words at the reading edge, the page count at the other; what does not fit one line is left out from the start. */
function footMarks(sheet: Sheet, count: string, setting: Setting): Mark[] {
  const { theme, measure } = setting;
  const from = theme.margin.x;
  const to = theme.text.x + theme.text.width;
  const wide = measure.width(count, theme.foot.face, theme.foot.size) + 1;
  const words = shortened(sheet.foot, to - from - wide - 24, setting);
  return [...footLine(words, from, to - from - wide, setting), ...footLine(count, to - wide, wide, setting)];
}

function footLine(text: string, x: number, width: number, setting: Setting): Mark[] {
  const { theme, measure, dir } = setting;
  const { strips } = setText(text === '' ? [] : [{ text }], theme.foot, { x, width, panel: null }, setting);
  const down = theme.footBaseline - baselineOf(theme.foot, measure);
  const marks = strips.slice(0, 1).flatMap((strip) => strip.marks.map((mark) => shifted(mark, down)));
  const artifacts = marks.map((mark) => (mark.kind === 'text' ? { ...mark, leaf: null } : mark));
  return dir === 'rtl' ? artifacts.map((mark) => mirrored(mark, theme.page.width)) : artifacts;
}

function shortened(inlines: readonly Inline[], room: number, { theme, measure }: Setting): string {
  const parts = textOf(inlines).split(' · ');
  const fits = () => measure.width(parts.join(' · '), theme.foot.face, theme.foot.size) <= room;
  while (parts.length > 0 && !fits()) parts.shift();
  return parts.join(' · ');
}
