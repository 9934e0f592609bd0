// What a run is counted by in, the sheet for staff that lies on top of a print file out: numbers and no names.
import type { LaidOut, Measure } from '../layout/page.ts';
import { layOutSlip, type SlipLine } from '../layout/slip.ts';
import { themeOf } from '../layout/theme.ts';
import type { Paper } from '../merge/choice.ts';
import { sayDate } from '../merge/words.ts';
import { STAFF_LANGUAGE } from './separator.ts';

/** Rows are those of the spreadsheet; in one file, `packets` and those refused are all of them. */
export interface Lead {
  rows: number;
  packets: number;
  /** How many rows are not made, and the first of them. */
  refused: number;
  named: readonly number[];
  /** Null where all is in one file. */
  part: { number: number; of: number } | null;
}

/** More are in the report. */
export const MOST_NAMED = 40;

const bold = { face: 'bold', colour: 'ink' } as const;
const plain = { face: 'regular', colour: 'ink', size: 18, leading: 24 } as const;
const count = (number: number, noun: string) => `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;

export function layOutLead(
  lead: Lead,
  { from, places, date }: { from: number; places: number; date: string },
  paper: Paper,
  measure: Measure,
): LaidOut {
  const theme = themeOf(paper, false);
  const { width, top } = theme.page;
  const x = theme.margin.x;
  const line = (text: string, above: number, style: SlipLine['style'] = plain, ruled = false): SlipLine[] =>
    text === '' ? [] : [{ inlines: [{ text }], style, above, ruled }];
  const lines = [
    ...line(count(lead.packets, 'packet'), 0, { ...bold, size: 56, leading: 64 }),
    ...line(placeOf(lead, from, places), 6),
    ...line(talliedIn(lead), 44, plain, true),
    ...line(refusedIn(lead), 4),
    ...line(sayDate(date, STAFF_LANGUAGE, 'US'), 4),
    ...line('This sheet is for you. Take it off before the rest is handed out.', 20),
  ];
  const place = { x, y: top + 24, width: width - 2 * x };
  return layOutSlip(lines, place, theme, measure, { lang: STAFF_LANGUAGE, title: 'What is in this file' });
}

function placeOf({ packets, part }: Lead, from: number, places: number): string {
  if (part === null) return '';
  return `File ${part.number} of ${part.of}: clients ${from} to ${from + packets - 1} of ${places}`;
}

/** Done and refused are all the rows, here as on screen and in the report. */
function talliedIn({ rows, refused }: Lead): string {
  return `${count(rows, 'row')}: ${(rows - refused).toLocaleString('en')} done, ${refused.toLocaleString('en')} refused`;
}

function refusedIn({ refused, named }: Lead): string {
  if (refused === 0) return '';
  const more = refused - named.length;
  const rows = `${refused === 1 ? 'row' : 'rows'} ${named.join(', ')}`;
  return `Not made: ${rows}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''}. The report says why.`;
}
