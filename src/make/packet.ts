// Everything one client gets at once, and how a pile of them is printed. Types only.
import type { Choice } from '../merge/choice.ts';

export interface Packet {
  /** The row of the spreadsheet, counted as staff see it there: its first row is 1. */
  row: number;
  /** Made for this run and bound to the row: checked again before anything of it is written. */
  id: string;
  /** At least one, in the order they are printed. */
  handouts: readonly Choice[];
  copies: number;
  /** For separator sheets, instead of the name. */
  initials: string;
  /** Lines for a window envelope; empty = none. */
  address: readonly string[];
  /** The practice's own number for this client, printed on the separator only; may be empty. */
  reference: string;
}

/** How a print file is put together. */
export interface Printing {
  /** One side only: no blank backs. */
  simplex: boolean;
  /** A sheet before each packet with row number, initials, reference and number of sheets. */
  separators: boolean;
  /** A first sheet with the contents, for packets of several handouts. */
  covers: boolean;
  /** A sheet for a window envelope, for packets with an address. */
  addressPages: boolean;
}

/** Where a packet ended up. */
export interface Printed {
  row: number;
  /** Pages with something on them, and sheets of paper, of all copies. */
  pages: number;
  sheets: number;
  /** In the file, counted from 1. */
  firstPage: number;
}
