// A packet's place in the pile in, the sheet that staff put before it out: no name, no handout's title.
import type { LaidOut, Measure } from '../layout/page.ts';
import { layOutSlip, type SlipLine } from '../layout/slip.ts';
import { themeOf } from '../layout/theme.ts';
import type { Paper } from '../merge/choice.ts';

export interface SeparatorWords {
  row: number;
  initials: string;
  reference: string;
  /** Sheets of paper that follow, of each copy. */
  sheets: number;
  copies: number;
  place: number;
  places: number;
}

/** The words are the staff's, as those of the form are. */
export const STAFF_LANGUAGE = 'en';

export function layOutSeparator(words: SeparatorWords, paper: Paper, measure: Measure): LaidOut {
  const theme = themeOf(paper, false);
  const { width, top } = theme.page;
  const x = theme.margin.x;
  const place = { x, y: top + 24, width: width - 2 * x };
  return layOutSlip(linesOf(words), place, theme, measure, { lang: STAFF_LANGUAGE, title: 'Separator' });
}

const bold = { face: 'bold', colour: 'ink' } as const;
const plain = { face: 'regular', colour: 'ink' } as const;

function linesOf({ row, initials, reference, sheets, copies, place, places }: SeparatorWords): SlipLine[] {
  const line = (text: string, style: SlipLine['style'], above: number, ruled = false): SlipLine[] =>
    text === '' ? [] : [{ inlines: [{ text }], style, above, ruled }];
  const follow = `${sheets} ${sheets === 1 ? 'sheet follows' : 'sheets follow'}`;
  return [
    ...line(`Row ${row}`, { ...bold, size: 72, leading: 80 }, 0),
    ...line(initials, { ...plain, size: 36, leading: 42 }, 6),
    ...line(copies === 1 ? follow : `${follow}, ${copies} times`, { ...plain, size: 18, leading: 24 }, 44, true),
    ...line(reference === '' ? '' : `Reference ${reference}`, { ...plain, size: 18, leading: 24 }, 4),
    ...line(`Client ${place} of ${places}`, { ...plain, size: 18, leading: 24 }, 4),
  ];
}
