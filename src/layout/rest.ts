// Writing boxes that take the rest of their page: galleys and the pages they came to in, the same galleys grown out.
import type { Galley, Placed } from './page.ts';

/** How many lines more each galley with such a box can have, none left out. */
export function roomToFill(pages: readonly (readonly Placed[])[], bottom: number, line: number): Map<Galley, number> {
  const room = new Map<Galley, number>();
  for (const page of pages) {
    const filling = page.flatMap(({ galley, from, to }) =>
      galley.strips.slice(from, to).flatMap(({ fills }) => (fills ? [galley] : [])),
    );
    const lines = Math.floor((bottom - endOf(page)) / line / filling.length);
    for (const galley of filling) room.set(galley, Math.min(lines, room.get(galley) ?? lines));
  }
  return room;
}

/** Where the last strip of a page ends. */
function endOf(page: readonly Placed[]): number {
  const last = page.at(-1);
  if (last === undefined) return 0;
  const strips = last.galley.strips.slice(last.from, last.to);
  return strips.reduce((y, { height, gap }, index) => y + height + (index === 0 ? 0 : gap), last.y);
}
