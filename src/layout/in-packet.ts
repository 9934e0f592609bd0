// A laid-out sheet and its place in a packet in, the same with its feet counted over the packet, its stamp and its blank back out.
import type { Sheet } from '../merge/block.ts';
import { footLines, footMarks, onFoot, pageWords, shiftOf } from './lay-out.ts';
import type { LaidOut, Mark, Measure, Page, Shelf } from './page.ts';
import type { Setting } from './text.ts';
import type { Theme } from './theme.ts';

/** What feet are set with. */
export interface FootSetting {
  sheet: Sheet;
  theme: Theme;
  measure: Measure;
  shelf: Shelf;
}

/** Where the first page of a handout stands. */
export interface Stand {
  /** Pages of the client's other handouts before it, and of all of them. */
  before: number;
  total: number;
  /** Whether it is the back of a sheet; null where all are fronts. */
  onBack: boolean | null;
}

/** Pages counted over all handouts of a client, and moved from the binding edge that is theirs here. */
export function standing(laidOut: LaidOut, { before, total, onBack }: Stand, foot: FootSetting): LaidOut {
  const { sheet } = foot;
  const setting = settingOf(foot);
  const isCounted = before === 0 && total === laidOut.pages.length;
  const words = (index: number) => pageWords(sheet, before + index + 1, total);
  const pages = laidOut.pages.map(
    (page, index): Page => ({
      ...page,
      shift: onBack === null ? 0 : shiftOf(index + (onBack ? 1 : 0), setting),
      foot: isCounted ? page.foot : footMarks(sheet, words(index), setting, foot.shelf),
    }),
  );
  return { ...laidOut, pages, foot: [...sheet.foot, words(0)].join(' · ') };
}

/** The stamp is for staff, to sort a dropped pile by: small, and below the line that is the client's. */
const STAMP = 7;
const STAMP_BELOW = 10;

/** The same marks on every page. */
export function stamped(laidOut: LaidOut, text: string, foot: FootSetting): LaidOut {
  const stamp = stampMarks(text, settingOf(foot));
  return { ...laidOut, pages: laidOut.pages.map((page) => ({ ...page, stamp })) };
}

function stampMarks(text: string, { theme, measure, dir }: Setting): Mark[] {
  const style = { ...theme.foot, size: STAMP, leading: STAMP + 2 };
  const setting: Setting = { theme: { ...theme, foot: style }, measure, dir };
  const wide = measure.width(text, style.face, style.size) + 1;
  const to = theme.text.x + theme.text.width;
  return onFoot(footLines([text], to - wide, wide, setting), setting, STAMP_BELOW);
}

function settingOf({ sheet, theme, measure }: FootSetting): Setting {
  return { theme, measure, dir: sheet.dir };
}

/** A page with nothing on it, so that what comes next starts on a front side. */
export function withBlankBack(laidOut: LaidOut): LaidOut {
  return { ...laidOut, pages: [...laidOut.pages, { placed: [], shift: 0, foot: [] }] };
}
