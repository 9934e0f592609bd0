// Checked rows in, the sentence that sums them up and the rows worth a look out.
import type { Recipient } from './recipient.ts';

export interface Preview {
  row: number;
  /** `first`, `last`, `longest name`, `longest note`; a row can be several. */
  why: readonly string[];
}

export interface Counts {
  rows: number;
  ready: number;
  same: readonly { row: number; as: number }[];
  hidden: number;
}

/** `300 rows: 296 ready, 3 need a fix, 1 same as row 41` */
export function sentenceOf({ rows, ready, same, hidden }: Counts): string {
  const number = (count: number) => count.toLocaleString('en');
  const bad = rows - ready - same.length - hidden;
  const originals = new Set(same.map(({ as }) => as));
  const as = originals.size === 1 ? `row ${same[0]!.as}` : 'earlier rows';
  const parts = [
    `${number(ready)} ready`,
    ...(bad === 0 ? [] : [`${number(bad)} ${bad === 1 ? 'needs' : 'need'} a fix`]),
    ...(same.length === 0 ? [] : [`${number(same.length)} same as ${as}`]),
    ...(hidden === 0 ? [] : [`${number(hidden)} hidden in the spreadsheet`]),
  ];
  return `${number(rows)} ${rows === 1 ? 'row' : 'rows'}: ${parts.join(', ')}`;
}

/** First, last, longest name and longest note: where a page breaks if it breaks anywhere. */
export function previewsOf(recipients: readonly Recipient[]): Preview[] {
  const [first] = recipients;
  if (first === undefined) return [];
  const named = longest(recipients, ({ handouts }) => handouts[0]!.client);
  const noted = longest(recipients, ({ handouts }) => handouts[0]!.note);
  const asked: [string, Recipient | null][] = [
    ['first', first],
    ['last', recipients.at(-1)!],
    ['longest name', named],
    ['longest note', noted],
  ];
  const why = new Map<number, string[]>();
  for (const [reason, recipient] of asked) {
    if (recipient !== null) why.set(recipient.row, [...(why.get(recipient.row) ?? []), reason]);
  }
  return [...why].map(([row, reasons]) => ({ row, why: reasons }));
}

/** The first of the longest; null when all are empty. */
function longest(recipients: readonly Recipient[], textOf: (recipient: Recipient) => string): Recipient | null {
  let best: Recipient | null = null;
  let most = 0;
  for (const recipient of recipients) {
    const length = [...textOf(recipient)].length;
    if (length > most) {
      best = recipient;
      most = length;
    }
  }
  return best;
}
