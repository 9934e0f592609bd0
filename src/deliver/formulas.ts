// The text of a cell in, the same text that no spreadsheet program runs as a formula out, and back again.

/** What programs take for the beginning of a formula, in narrow and wide letters (OWASP, CSV injection). */
const RUNS = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u;
const GUARDED = /^'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u;
const NUMBER = /^[+-]?\d+([.,]\d+)?$/u;

/** An apostrophe in front of what would be run; a plain number like -5 is left alone. */
export function inert(cell: string): string {
  return RUNS.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}

/** Takes that apostrophe away again. */
export function ableToRead(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell;
}
