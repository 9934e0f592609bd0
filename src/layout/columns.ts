// How wide the columns of a table are: its rows and a width in, places and widths out.
import type { Inline } from '../merge/block.ts';
import { stretchesOf } from './lines.ts';
import type { Frame, Setting } from './text.ts';

export interface Column {
  x: number;
  width: number;
}

type Cell = readonly Inline[];

interface Need {
  /** So that no word breaks. */
  least: number;
  /** So that no line breaks. */
  natural: number;
}

export const GAP = 12;

const NARROWEST = 40;
/** A column to write in is so many writing lines wide at least: 21 mm, in large print 29 mm. */
const LEAST_TO_WRITE = 2.5;

/** An entry narrower than this many letter heights ("20 min") is not broken either. */
const SHORT = 5;

/** Columns as wide as their words ask for: every one holds its longest word, and those with long entries have the rest. */
export function columnsOf(rows: readonly (readonly Cell[])[], frame: Frame, setting: Setting): Column[] {
  const count = Math.max(1, ...rows.map((row) => row.length));
  const columns = Array.from({ length: count }, (_, column) => rows.map((row) => textOf(row[column] ?? [])));
  const room = frame.width - GAP * (count - 1);
  const unbroken = columns.map((texts) => needOf(texts, SHORT, setting));
  const needs = leastOf(unbroken) <= room ? unbroken : columns.map((texts) => needOf(texts, 0, setting));
  return placed(shared(needs, room), frame);
}

/**
 * For a table to fill in: columns with empty cells share what the others leave. Null where one of them would be too
 * narrow to write in.
 */
export function columnsToFill(rows: readonly (readonly Cell[])[], frame: Frame, setting: Setting): Column[] | null {
  const columns = rows[0]!.map((_, column) => rows.map((row) => textOf(row[column] ?? [])));
  const room = frame.width - GAP * (columns.length - 1);
  const needs = columns.map((texts): Need => {
    const { least, natural } = needOf(texts, SHORT, setting);
    const isWritten = texts.some((text) => text === '');
    return isWritten
      ? { least: Math.max(least, setting.theme.writing * LEAST_TO_WRITE), natural: room }
      : { least, natural };
  });
  return leastOf(needs) > room ? null : placed(shared(needs, room), frame);
}

function placed(widths: readonly number[], frame: Frame): Column[] {
  let { x } = frame;
  return widths.map((width) => {
    const column = { x, width };
    x += width + GAP;
    return column;
  });
}

function needOf(texts: readonly string[], short: number, { theme, measure }: Setting): Need {
  const { size } = theme.body;
  const width = (text: string) => measure.width(text, 'bold', size);
  const least = texts.map((text) => {
    const whole = width(text);
    return whole <= size * short ? whole : Math.max(0, ...stretchesOf(text).map((word) => width(word.trimEnd())));
  });
  return { least: Math.max(NARROWEST, ...least), natural: Math.max(NARROWEST, ...texts.map(width)) };
}

function shared(needs: readonly Need[], room: number): number[] {
  const least = leastOf(needs);
  const natural = total(needs.map((need) => need.natural));
  if (least >= room) return squeezed(needs, room);
  if (natural <= room) return needs.map((need) => (room * need.natural) / natural);
  return grown(needs, room - least);
}

/** Columns that ask for no more than their share have it; those with a word too long for the page break it. */
function squeezed(needs: readonly Need[], room: number): number[] {
  let fair = room / needs.length;
  for (;;) {
    const modest = needs.filter((need) => need.least <= fair);
    const others = needs.length - modest.length;
    const share = others === 0 ? fair : (room - leastOf(modest)) / others;
    if (share - fair < 0.01) return needs.map((need) => Math.min(need.least, share));
    fair = share;
  }
}

/** Spare width goes to the columns by their natural widths; what one does not need, the others have. */
function grown(needs: readonly Need[], spare: number): number[] {
  let growing = needs.filter(({ least, natural }) => least < natural);
  let left = spare;
  for (;;) {
    const share = left / total(growing.map(({ natural }) => natural));
    const full = growing.filter(({ least, natural }) => least + natural * share >= natural);
    if (full.length === 0) {
      return needs.map((need) => {
        return growing.includes(need) ? need.least + need.natural * share : need.natural;
      });
    }
    left -= total(full.map(({ least, natural }) => natural - least));
    growing = growing.filter((need) => !full.includes(need));
  }
}

function leastOf(needs: readonly Need[]): number {
  return total(needs.map(({ least }) => least));
}

function textOf(cell: Cell): string {
  return cell.map(({ text }) => text).join('');
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0);
}
