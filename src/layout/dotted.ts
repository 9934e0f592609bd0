// Items with dots between them in, lines of them out that neither begin nor end with a dot.
import type { Inline } from '../merge/block.ts';
import type { SetText } from './page.ts';
import { type Frame, type Setting, setText } from './text.ts';
import type { TextStyle } from './theme.ts';

export const DOT: Inline = { text: ' · ' };
const isDot = ({ text }: Inline) => text === DOT.text;

/** As many to a line as there is room for. */
export function setDotted(inlines: readonly Inline[], style: TextStyle, frame: Frame, setting: Setting): SetText {
  const set = (some: readonly Inline[]) => setText(some, style, frame, setting);
  const whole = set(inlines);
  if (whole.strips.length === 1 || !inlines.some(isDot)) return whole;
  const out: Inline[] = [];
  let [line, height]: [Inline[], number] = [[], 0];
  for (const item of itemsAmong(inlines)) {
    const longer = line.length === 0 ? item : [...line, DOT, ...item];
    const lines = set(longer).strips.length;
    if (line.length > 0 && lines > height) {
      out.push(...line.slice(0, -1), { ...line.at(-1)!, breakAfter: true });
      [line, height] = [item, set(item).strips.length];
    } else [line, height] = [longer, lines];
  }
  return set([...out, ...line]);
}

function itemsAmong(inlines: readonly Inline[]): Inline[][] {
  const items: Inline[][] = [[]];
  for (const inline of inlines) {
    if (isDot(inline)) items.push([]);
    else items.at(-1)!.push(inline);
  }
  return items.filter((item) => item.length > 0);
}
