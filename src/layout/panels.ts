// The boxes behind text: a style and a frame in, a panel with fill, stroke or edge out.
import type { BoxStyle } from '../merge/block.ts';
import type { Colour, Panel } from './page.ts';
import type { Frame, Setting } from './text.ts';

interface Look {
  fill: Colour | null;
  stroke: Colour | null;
  edge: { colour: Colour; thickness: number } | null;
}

/** No two differ by colour alone: a thick edge, a thin edge, a tint, a frame, both. */
const LOOKS: Readonly<Record<BoxStyle, Look>> = {
  message: { fill: null, stroke: null, edge: { colour: 'accent', thickness: 3 } },
  note: { fill: null, stroke: null, edge: { colour: 'rule', thickness: 1.5 } },
  callout: { fill: 'tint', stroke: null, edge: null },
  caution: { fill: null, stroke: 'ink', edge: null },
  try: { fill: null, stroke: 'accent', edge: null },
  help: { fill: 'tint', stroke: 'accent', edge: null },
};

/** A panel reaches `padding` beyond its frame on both sides. */
export function panelOf(style: BoxStyle, frame: Frame, { theme, dir }: Setting): Panel {
  const { fill, stroke, edge } = LOOKS[style];
  const width = frame.width + 2 * theme.padding;
  const start = frame.x - theme.padding;
  const x = dir === 'rtl' ? theme.page.width - start - width : start;
  const boxed = fill !== null || stroke !== null;
  return {
    x,
    width,
    fill,
    stroke,
    edge: edge === null ? null : { ...edge, x: dir === 'rtl' ? x + width - edge.thickness : x },
    air: boxed ? theme.padding * 0.7 : 1,
  };
}
