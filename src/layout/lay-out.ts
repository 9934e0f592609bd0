// Where it goes: a sheet of blocks, a theme and a measure in, pages out. Same input, same pages.
import type { Block, Sheet } from '../merge/block.ts';
import { compose, spaceAbove } from './compose.ts';
import { DOT, setDotted } from './dotted.ts';
import type { Galley, LaidOut, Mark, Measure, Page, Placed, Shelf, Strip } from './page.ts';
import { planned, shapeOf } from './page-plans.ts';
import { paginate, type Stacked } from './pages.ts';
import { roomToFill } from './rest.ts';
import { baselineOf, mirrored, type Setting, setText, shifted } from './text.ts';
import type { Theme } from './theme.ts';

/** Measures for the text that is the same for every client, and for the text that is not. */
export interface Measures {
  fixed: Measure;
  personal: Measure;
}

/** Shelves for both; what is personal is not kept longer than the layouts of one handout. */
export interface Shelves {
  fixed: Shelf;
  personal: Shelf;
}

export const emptyShelf = (): Shelf => ({ galleys: new WeakMap(), feet: new Map(), titles: new Map() });

export interface LaidOutSheet extends LaidOut {
  /** What of the same theme has the same shape stands on pages that are as high: which strips there are, without their words. */
  shape: string;
}

/** Lays out a whole handout. Shelves may hold what was set in an earlier run with the same theme and measures. */
export function layOut(
  sheet: Sheet,
  theme: Theme,
  measures: Measures,
  shelves: Shelves = { fixed: emptyShelf(), personal: emptyShelf() },
): LaidOutSheet {
  const setting: Setting = { theme, measure: measures.fixed, dir: sheet.dir };
  if (sheet.fillable) setting.fillable = true;
  const personal: Setting = { ...setting, measure: measures.personal, typed: true, titles: shelves.fixed.titles };
  const between = nearTheNumber(sheet.blocks);
  const stacked = sheet.blocks.map((block): Stacked => {
    const id = idOf(block);
    return {
      galley: block.personal ? galleyOf(block, personal, shelves.personal) : galleyOf(block, setting, shelves.fixed),
      above: spaceAbove(block, theme),
      stays: id === 'help-now',
      between: between.has(block),
      trails: id === 'sources',
    };
  });
  const { width, height } = theme.page;
  const shape = shapeOf(stacked, theme.page.top, height - theme.page.top - theme.page.bottom);
  const pages = filledPages(stacked, shape, sheet.blocks, { fixed: setting, personal });
  return {
    shape,
    width,
    height,
    lang: sheet.lang,
    dir: sheet.dir,
    title: sheet.title,
    foot: [...sheet.foot, pageWords(sheet, 1, pages.length)].join(' · '),
    accent: theme.accent,
    discreet: sheet.discreet,
    pages: pages.map(
      (placed, index): Page => ({
        placed,
        shift: shiftOf(index, setting),
        foot: footMarks(sheet, pageWords(sheet, index + 1, pages.length), setting, shelves.fixed),
      }),
    ),
  };
}

/** What the client will do is written between the words that send to the number to call and the number. */
function nearTheNumber(blocks: readonly Block[]): Set<Block> {
  const near = new Set<Block>();
  for (let at = blocks.findIndex((block) => idOf(block) === 'help-now') - 1; at >= 0; at--) {
    if (!idOf(blocks[at]!).startsWith('slot-')) break;
    near.add(blocks[at]!);
  }
  return near;
}

const idOf = (block: Block) => (block.kind === 'section' ? block.id : '');

/** How many boxes go over the page. */
export function parted({ pages }: LaidOut): number {
  const ends = pages.flatMap(({ placed }) => placed.map(({ galley, to }) => galley.strips[to - 1]!));
  return ends.filter(({ keep }) => keep === 'if-it-fits').length;
}

/** Whether the last page has nothing on it but the last block, or the end of it. */
export function endsAlone({ pages }: LaidOut): number {
  return pages.length > 1 && pages.at(-1)!.placed.length === 1 ? 1 : 0;
}

/** Every second page is the back of a sheet. A right-to-left sheet is bound at its right edge. */
export function shiftOf(index: number, { theme, dir }: Setting): number {
  if (index % 2 === 0) return 0;
  return dir === 'rtl' ? -theme.backShift : theme.backShift;
}

/** Galleys on pages; boxes that take the rest of their page are composed once more when it is known how much that is. */
function filledPages(
  stacked: readonly Stacked[],
  shape: string,
  blocks: readonly Block[],
  { fixed, personal }: { fixed: Setting; personal: Setting },
): Placed[][] {
  const { top, bottom, height } = fixed.theme.page;
  const room = height - top - bottom;
  const pages = planned(shape, stacked, () => paginate(stacked, top, room));
  if (!stacked.some(({ galley }) => galley.strips.some(({ fills }) => fills))) return pages;
  const rest = roomToFill(pages, height - bottom, fixed.theme.writing);
  const filled = stacked.map((one, index): Stacked => {
    const more = rest.get(one.galley) ?? 0;
    if (more === 0) return one;
    return { ...one, galley: grown(one.galley, blocks[index]!, one.galley.personal ? personal : fixed, more) };
  });
  return planned(shapeOf(filled, top, room), filled, () => paginate(filled, top, room));
}

/** Grown galleys by the one they grew from: a document's shape is known by the galleys that it is made of. */
const grownFrom = new WeakMap<Galley, Map<number, Galley>>();

function grown(galley: Galley, block: Block, setting: Setting, more: number): Galley {
  const known = grownFrom.get(galley) ?? new Map<number, Galley>();
  grownFrom.set(galley, known);
  const one = known.get(more) ?? compose(block, { ...setting, more });
  known.set(more, one);
  return one;
}

function galleyOf(block: Block, setting: Setting, shelf: Shelf): Galley {
  let galley = shelf.galleys.get(block);
  if (galley === undefined) {
    galley = compose(block, setting);
    shelf.galleys.set(block, galley);
  }
  return galley;
}

export function pageWords({ pageWords: words }: Sheet, page: number, pages: number): string {
  return words.replace('{page}', String(page)).replace('{pages}', String(pages)).replace(/ /gu, '\u00a0');
}

/** Pages of a theme differ little in their feet, unless it is all practices of a town that share a press. */
const MOST_FEET = 300;

export function footMarks(sheet: Sheet, count: string, setting: Setting, { feet }: Shelf): readonly Mark[] {
  const words = [...sheet.foot, count].join('\n');
  const known = feet.get(words);
  if (known !== undefined) return known;
  const marks = setFoot(sheet, count, setting);
  if (feet.size >= MOST_FEET) feet.clear();
  feet.set(words, marks);
  return marks;
}

/** Foot words at the reading edge, the page count at the other. What does not fit is left out, the least needed first. */
function setFoot(sheet: Sheet, count: string, setting: Setting): Mark[] {
  const { theme, measure } = setting;
  const from = theme.margin.x;
  const to = theme.text.x + theme.text.width;
  const wide = measure.width(count, theme.foot.face, theme.foot.size) + 1;
  const room = to - from - measure.width(widest(count), theme.foot.face, theme.foot.size) - 25;
  let parts = sheet.foot;
  while (parts.length > 1 && footLines(parts, from, room, setting).length > theme.footLines) parts = parts.slice(0, -1);
  const words = footLines(parts, from, room, setting).slice(0, theme.footLines);
  return [...onFoot(words, setting), ...onFoot(footLines([count], to - wide, wide, setting), setting)];
}

/** With every number as wide as the longest: the words beside the count are the same on every page. */
function widest(count: string): string {
  const digits = Math.max(0, ...(count.match(/\d+/gu) ?? []).map(({ length }) => length));
  return count.replace(/\d+/gu, '0'.repeat(digits));
}

export function footLines(parts: readonly string[], x: number, width: number, setting: Setting): Strip[] {
  const frame = { x, width, panel: null };
  const inlines = parts.length === 0 ? [] : [{ text: parts.join(DOT.text) }];
  const { strips } = setText(inlines, setting.theme.foot, frame, setting);
  if (strips.length < 2 || parts.length < 2) return strips;
  const items = parts.flatMap((text, index) => (index === 0 ? [{ text }] : [DOT, { text }]));
  return setDotted(items, setting.theme.foot, frame, setting).strips;
}

/** The last line stands on the foot's baseline, the others above it; nobody reads them aloud on every page. */
export function onFoot(lines: readonly Strip[], { theme, measure, dir }: Setting, lower = 0): Mark[] {
  const top = theme.footBaseline + lower - baselineOf(theme.foot, measure) - (lines.length - 1) * theme.foot.leading;
  return lines.flatMap(({ marks }, index) =>
    marks.map((mark) => {
      const placed = shifted(mark.kind === 'text' ? { ...mark, leaf: null } : mark, top + index * theme.foot.leading);
      return dir === 'rtl' ? mirrored(placed, theme.page.width) : placed;
    }),
  );
}
