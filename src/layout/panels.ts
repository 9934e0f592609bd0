// The boxes behind text: a style and a frame in, a panel with fill, stroke or edge out.
import type { BoxStyle } from '../merge/block.ts';
import type { Colour, Panel } from './page.ts';
import type { Frame, Setting } from './text.ts';

interface Look {
  fill: Colour | null;
  stroke: { colour: Colour; thickness: number } | null;
  edge: { colour: Colour; thickness: number } | null;
}

/** No two differ by colour alone: by edge, frame or tint, and by how thick these are. */
const LOOKS: Readonly<Record<BoxStyle, Look>> = {
  message: { fill: null, stroke: null, edge: { colour: 'accent', thickness: 3 } },
  note: { fill: null, stroke: null, edge: { colour: 'rule', thickness: 1.5 } },
  callout: { fill: 'tint', stroke: null, edge: null },
  caution: { fill: null, stroke: { colour: 'ink', thickness: 0.9 }, edge: { colour: 'ink', thickness: 4 } },
  try: { fill: null, stroke: { colour: 'accent', thickness: 0.9 }, edge: null },
  plan: { fill: null, stroke: { colour: 'accent', thickness: 0.9 }, edge: null },
  help: { fill: 'tint', stroke: { colour: 'accent', thickness: 0.9 }, edge: null },
};

/** The same with as little ink as still tells them apart. */
const THIN: Readonly<Record<BoxStyle, Look>> = {
  message: { fill: null, stroke: null, edge: { colour: 'accent', thickness: 1.2 } },
  note: { fill: null, stroke: null, edge: { colour: 'rule', thickness: 0.6 } },
  callout: { fill: null, stroke: { colour: 'rule', thickness: 0.4 }, edge: null },
  caution: { fill: null, stroke: { colour: 'ink', thickness: 0.5 }, edge: { colour: 'ink', thickness: 2 } },
  try: { fill: null, stroke: { colour: 'accent', thickness: 0.5 }, edge: null },
  plan: { fill: null, stroke: { colour: 'accent', thickness: 0.5 }, edge: null },
  help: { fill: null, stroke: { colour: 'accent', thickness: 1.2 }, edge: null },
};

/** A panel reaches `padding` beyond its frame on both sides. */
export function panelOf(style: BoxStyle, frame: Frame, { theme, dir }: Setting): Panel {
  const { fill, stroke, edge } = (theme.inkSaving ? THIN : LOOKS)[style];
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
