// A table to fill in: its block in, rows tall enough for a pen with a field in every empty cell out.
import type { Block, Inline } from '../merge/block.ts';
import { type Column, columnsToFill, GAP } from './columns.ts';
import { textField, wordsOf } from './fields.ts';
import type { Mark, Strip, Tag } from './page.ts';
import { assembled, type Cell, headCells, type Row, setRow } from './tables.ts';
import { type Composed, type Frame, type Setting, setText } from './text.ts';
import { paragraph, ruled } from './writing.ts';

type Sheet = Extract<Block, { kind: 'table' }>;
type Words = readonly Inline[];

/** In columns narrower than this many writing lines a sentence takes two. */
const WIDE = 8;
/** Viewers set typed text in by so much; it then stands below the head of its column. */
const OVER = 2;
/** A row of a table set as a form has two lines for each answer, unless it asks for more than this. */
const MOST_LONG_ANSWERS = 3;

/** As a table where its columns leave room to write, else as a form: the questions of each row one under the other. */
export function setSheet(sheet: Sheet, frame: Frame, setting: Setting): Composed {
  const rows = sheet.rows.map((row) => sheet.head.map((_, column) => row[column] ?? []));
  const columns = columnsToFill([sheet.head, ...rows], frame, setting);
  if (columns === null) return setForm({ ...sheet, rows }, frame, setting);
  const headRow = setRow(headCells(sheet.head), columns, 0, frame, setting);
  const least = rowHeight(rows, columns, setting);
  const bodyRows = rows.map((row, index) => {
    const cells = row.map((words, column) =>
      words.length === 0
        ? toWrite(labelOf(sheet.head[column]!, row, column, index), columns[column]!, least, setting)
        : written(words, column === 0 && row.slice(1).every(isEmpty)),
    );
    return between(setRow(cells, columns, least, frame, setting), columns);
  });
  return assembled(sheet.caption, between(headRow, columns), bodyRows, frame, setting);
}

function rowHeight(rows: Sheet['rows'], columns: readonly Column[], { theme }: Setting): number {
  const widths = columns.filter((_, column) => rows.some((row) => isEmpty(row[column]!))).map(({ width }) => width);
  return theme.writing * (Math.min(...widths) < theme.writing * WIDE ? 2 : 1.5);
}

/** A first cell with words before empty ones names its row. */
function written(inlines: Words, namesRow: boolean): Cell {
  return { inlines, marks: [], tags: [], ...(namesRow ? { heads: 'Row' } : {}) };
}

function toWrite(label: string, { x, width }: Column, height: number, setting: Setting): Cell {
  const area = { x: x - OVER, y: 2, width: width + 2 * OVER, height: height - 4 };
  const { marks, tags } = textField(label, true, area, setting);
  return { inlines: [], marks, tags };
}

/** What a cell is for: its column, and its row by name or number. */
function labelOf(head: Words, row: readonly Words[], column: number, index: number): string {
  const name = column > 0 && !isEmpty(row[0]!) ? wordsOf(row[0]!) : String(index + 1);
  return [wordsOf(head), name].filter((part) => part !== '').join(', ');
}

/** Rules between the columns: a hand keeps to its cell. */
function between({ strips, tag }: Row, columns: readonly Column[]): Row {
  return {
    tag,
    strips: strips.map((strip): Strip => {
      const rules = columns.slice(1).map(({ x }): Mark => {
        return {
          kind: 'line',
          x: x - GAP / 2,
          y: 0,
          x2: x - GAP / 2,
          y2: strip.height,
          thickness: 0.5,
          colour: 'rule',
        };
      });
      return { ...strip, marks: [...strip.marks, ...rules] };
    }),
  };
}

/** A rule parts questions well enough: with little more between them two rows of five fit a page of large print. */
function setForm({ caption, head, rows }: Sheet, frame: Frame, setting: Setting): Composed {
  const title = setText(caption, setting.theme.subheading, frame, setting);
  const out: Composed = {
    strips: title.strips.map((strip): Strip => ({ ...strip, keep: 'always' })),
    tags: paragraph(title.kids),
    headings: [],
  };
  rows.forEach((row, index) => {
    const parts = row.map((words, column) => {
      const label = labelOf(head[column]!, row, column, index);
      return formPart(head[column]!, words, label, row.length, frame, setting);
    });
    const { item, section } = setting.theme.space;
    const strips = together(parts.flatMap((part, at) => spaced(part.strips, at === 0 ? 0 : item / 2)));
    out.strips.push(...spaced(strips, index === 0 ? 0 : section));
    out.tags.push(...parts.flatMap(({ tags }) => tags));
  });
  return out;
}

/** A question with lines below it, or what it was answered with. */
function formPart(
  head: Words,
  words: Words,
  label: string,
  questions: number,
  frame: Frame,
  setting: Setting,
): { strips: Strip[]; tags: Tag[] } {
  const bold = head.map((inline) => ({ ...inline, bold: true }));
  if (!isEmpty(words)) {
    const { strips, kids } = setText([...bold, { text: ': ' }, ...words], setting.theme.body, frame, setting);
    return { strips, tags: paragraph(kids) };
  }
  const asks = setText(bold, setting.theme.body, frame, setting);
  const { strips, tags } = ruled(questions > MOST_LONG_ANSWERS ? 1 : 2, label, frame, setting);
  return { strips: [...asks.strips, ...strips], tags: paragraph([...asks.kids, ...tags]) };
}

/** The questions of one row are not parted. */
function together(strips: readonly Strip[]): Strip[] {
  return strips.map((strip, index) => ({ ...strip, keep: index < strips.length - 1 ? 'always' : 'no' }));
}

function spaced(strips: readonly Strip[], gap: number): Strip[] {
  return strips.map((strip, index) => (index === 0 ? { ...strip, gap: strip.gap + gap } : strip));
}

function isEmpty(words: Words): boolean {
  return words.length === 0;
}
