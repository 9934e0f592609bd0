// A packet in, all its sheets laid out in the order they are printed out: for each copy, with blank backs, feet and stamps.
import type { Library } from '../content/article.ts';
import { HandoutError, type Problem, refuse } from '../errors.ts';
import { type FootSetting, stamped, standing, withBlankBack } from '../layout/in-packet.ts';
import { emptyShelf, layOut } from '../layout/lay-out.ts';
import type { LaidOut } from '../layout/page.ts';
import { themeOf } from '../layout/theme.ts';
import { coverSheet } from '../merge/cover.ts';
import { logoName } from '../merge/letterhead.ts';
import type { Practice } from '../merge/practice.ts';
import { say, wordsOf } from '../merge/words.ts';
import type { PileSheet } from '../pdf/pile.ts';
import type { Press } from '../pdf/press.ts';
import { layOutAddress } from './address.ts';
import { type ComposedHandout, composeHandout } from './compose-handout.ts';
import type { Packet, Printing } from './packet.ts';
import { layOutSeparator } from './separator.ts';

/** Where a packet stands in the whole run, of which a file may be a part. */
export interface Standing {
  place: number;
  places: number;
}

export interface ComposedPacket {
  /** The packet's own, to be compared before it is written. */
  id: string;
  copies: readonly (readonly PileSheet[])[];
  /** Pages with something on them, all pages, and sheets of paper, of all copies. */
  pages: number;
  sides: number;
  sheets: number;
}

/** `of` is null for a packet that is in no pile. Throws a HandoutError with every problem of the packet, each naming its row. */
export async function composePacket(
  packet: Packet,
  of: Standing | null,
  printing: Printing,
  library: Library,
  practice: Practice,
  press: Press,
): Promise<ComposedPacket> {
  const handouts = await composeAll(packet, library, practice, press);
  const [first] = handouts;
  if (first === undefined || packet.copies < 1)
    throw new Error('A packet has a handout, and is printed at least once.');
  const paper = packet.handouts[0]!.paper ?? practice.paper;
  const measure = press.measure(first.pictures, false);
  const sheet = (laidOut: LaidOut, pictures: PileSheet['pictures'] = new Map()): PileSheet => ({
    id: packet.id,
    laidOut,
    pictures,
  });

  const alone: PileSheet[] = [];
  if (printing.addressPages && packet.address.length > 0)
    alone.push(sheet(layOutAddress(packet.address, paper, measure, first.sheet.lang)));
  if (printing.covers && handouts.length > 1 && !packet.handouts.some(({ discreet }) => discreet))
    alone.push(await cover(packet, handouts, of, practice, press));
  const told = tellPages(handouts, of, printing, press).map((laidOut, index) =>
    sheet(laidOut, handouts[index]!.pictures),
  );

  const copy = [...alone.map((one) => [one]), ...sameSize(told)].flatMap((group) => backed(group, printing.simplex));
  const copies = Array.from({ length: packet.copies }, () => copy);
  if (printing.separators && of !== null) {
    const words = { ...packet, ...of, sheets: sheetsOf(copy, printing.simplex) };
    const separator = sheet(layOutSeparator(words, paper, measure));
    copies[0] = [...backed([separator], printing.simplex), ...copy];
  }
  const all = copies.flat();
  const pages = all.flatMap(({ laidOut }) => laidOut.pages);
  return {
    id: packet.id,
    copies,
    pages: pages.filter(({ placed }) => placed.length > 0).length,
    sides: pages.length,
    sheets: sheetsOf(all, printing.simplex),
  };
}

async function composeAll(
  packet: Packet,
  library: Library,
  practice: Practice,
  press: Press,
): Promise<ComposedHandout[]> {
  const composed: ComposedHandout[] = [];
  const problems: Problem[] = unprintableWords(packet, press);
  // Fields of one name would take one client's words over into another's handout.
  for (const choice of packet.handouts) {
    try {
      composed.push(await composeHandout({ ...choice, fillable: false }, library, practice, press));
    } catch (error) {
      if (!(error instanceof HandoutError)) throw error;
      problems.push(...error.problems);
    }
  }
  refuse(problems.map((problem) => ({ ...problem, message: `Row ${packet.row}: ${problem.message}` })));
  return composed;
}

/** What a packet has beside its choices. */
function unprintableWords({ address, initials, reference }: Packet, press: Press): Problem[] {
  const fields = { address: address.join(' '), initials, reference };
  return Object.entries(fields)
    .filter(([, text]) => press.unprintable(text).length > 0)
    .map(([field]) => ({
      code: 'character-unprintable',
      message: `The ${field} can’t be printed: there is a character we have no letters for.`,
      hint: 'Write it in another way.',
      place: { field },
    }));
}

/** Feet that count over the packet, and the client's place in the pile below them. */
function tellPages(
  handouts: readonly ComposedHandout[],
  of: Standing | null,
  { simplex }: Printing,
  press: Press,
): LaidOut[] {
  const total = handouts.reduce((sum, { laidOut }) => sum + laidOut.pages.length, 0);
  let before = 0;
  let side = 0;
  let height = 0;
  return handouts.map(({ laidOut, sheet, theme, pictures, shelf }) => {
    if (laidOut.height !== height) side = 0;
    height = laidOut.height;
    const foot: FootSetting = { sheet, theme, measure: press.measure(pictures, true), shelf };
    const here = standing(laidOut, { before, total, onBack: simplex ? null : side % 2 === 1 }, foot);
    before += laidOut.pages.length;
    side += laidOut.pages.length;
    return of === null ? here : stamped(here, stampOf(of, sheet.lang), foot);
  });
}

function stampOf({ place, places }: Standing, lang: string): string {
  return say(wordsOf(lang).place, { place: String(place), places: String(places) }).replace(/ /gu, '\u00a0');
}

async function cover(
  { id, handouts }: Packet,
  composed: readonly ComposedHandout[],
  of: Standing | null,
  practice: Practice,
  press: Press,
): Promise<PileSheet> {
  let page = 1;
  const contents = composed.map(({ title, sheet: { lang }, laidOut }) => {
    const here = page;
    page += laidOut.pages.length;
    return { title, lang, page: here };
  });
  const choice = handouts[0]!;
  const sheet = coverSheet(choice, contents, practice);
  const { logo } = practice;
  const pictures = await press.pictures(logo === null ? [] : [{ name: logoName(logo), from: logo }]);
  const { inkSaving, binder, largePrint } = choice;
  const theme = themeOf(choice.paper ?? practice.paper, largePrint, { inkSaving, binder, accent: practice.colour });
  const measure = press.measure(pictures, false);
  const laidOut = layOut(sheet, theme, { fixed: measure, personal: measure });
  const foot = { sheet, theme, measure, shelf: emptyShelf() };
  return { id, pictures, laidOut: of === null ? laidOut : stamped(laidOut, stampOf(of, sheet.lang), foot) };
}

/** Two sizes of paper can't share a sheet. */
function sameSize(sheets: readonly PileSheet[]): PileSheet[][] {
  const groups: PileSheet[][] = [];
  for (const sheet of sheets) {
    const last = groups.at(-1);
    if (last !== undefined && last[0]!.laidOut.height === sheet.laidOut.height) last.push(sheet);
    else groups.push([sheet]);
  }
  return groups;
}

/** What these sheets share starts on a front side, and so does what follows. */
export function backed(group: readonly PileSheet[], simplex: boolean): PileSheet[] {
  const last = group.at(-1)!;
  if (simplex || sidesOf(group) % 2 === 0) return [...group];
  return [...group.slice(0, -1), { ...last, laidOut: withBlankBack(last.laidOut) }];
}

function sidesOf(sheets: readonly PileSheet[]): number {
  return sheets.reduce((sum, { laidOut }) => sum + laidOut.pages.length, 0);
}

function sheetsOf(sheets: readonly PileSheet[], simplex: boolean): number {
  return simplex ? sidesOf(sheets) : sidesOf(sheets) / 2;
}
