// A spreadsheet once it has been read: headings and rows of text, each row with the number staff see. Types only.

export interface Table {
  /** As they stand in the file; '' for a column without one. */
  headings: readonly string[];
  headingRow: number;
  /** Rows with something in them, in the file's order. */
  rows: readonly TableRow[];
  /** Rows of a text file with more cells than headings: a comma that was not meant to part cells has shifted them. */
  shifted: readonly number[];
  /** Rows that are hidden in a workbook, by hand or by a filter. */
  hidden: readonly number[];
  /** What a text file parts its cells with, so that a corrected one opens as the first did. */
  delimiter: Delimiter;
  /** The sheet of a workbook that was read; null for a text file. */
  sheet: string | null;
}

export type Delimiter = ',' | ';' | '\t';

export interface TableRow {
  /** Counted as staff see it in their spreadsheet: its first row is 1, blank rows count. */
  row: number;
  /** As many as there are headings. */
  cells: readonly string[];
}
