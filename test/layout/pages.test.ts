// Strips onto pages: what belongs together stays together, and nothing is lost.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Galley, Placed, Strip } from '../../src/layout/page.ts';
import { paginate, type Stacked } from '../../src/layout/pages.ts';

const strip = (height: number, keep: Strip['keep'] = 'no', gap = 0): Strip => ({
  height,
  keep,
  gap,
  marks: [],
  panel: null,
});
const galley = (...strips: Strip[]): Galley => ({ strips, tags: [], headings: [], personal: false });
const plain = (count: number, height = 10) => galley(...Array.from({ length: count }, () => strip(height)));
const on = (galleyOnIt: Galley, above = 0, stays = false): Stacked => ({ galley: galleyOnIt, above, stays });
const held = (count: number, keep: Strip['keep'], gap = 0) =>
  galley(...Array.from({ length: count }, (_, index) => strip(10, index < count - 1 ? keep : 'no', gap)));

/** Pages as lists of `galley:strip`. */
function pagesOf(stacked: readonly Stacked[], height: number): string[][] {
  const names = new Map(
    stacked.map(({ galley: one }, index) => [one, 'abcdefghij'[index % 10]! + Math.floor(index / 10)]),
  );
  return paginate(stacked, 0, height).map((page) =>
    page.flatMap(({ galley: one, from, to }) =>
      Array.from({ length: to - from }, (_, index) => `${names.get(one)!.replace('0', '')}${from + index}`),
    ),
  );
}

describe('pages', () => {
  it('are filled from the top with the gaps asked for', () => {
    const [one, two] = [galley(strip(10), strip(10, 'no', 3)), plain(1)];
    const [page] = paginate([on(one, 99), on(two, 7)], 40, 500);
    expect(page).toEqual([
      { galley: one, from: 0, to: 2, y: 40 },
      { galley: two, from: 0, to: 1, y: 70 },
    ]);
  });

  it('drop the gap above their first strip', () => {
    const pages = paginate([on(plain(9)), on(plain(9), 30)], 40, 90);
    expect(pages.map((page) => page.map(({ y }) => y))).toEqual([[40], [40]]);
  });

  it('take exactly what fits', () => {
    expect(pagesOf([on(plain(20))], 100).map((page) => page.length)).toEqual([10, 10]);
    expect(pagesOf([on(plain(10)), on(plain(1), 1)], 100).length).toBe(2);
  });

  it('are none for nothing', () => {
    expect(paginate([], 0, 100)).toEqual([]);
    expect(paginate([on(galley())], 0, 100)).toEqual([]);
  });
});

describe('what belongs together', () => {
  it('stays on one page: a heading with what follows', () => {
    const heading = galley(strip(10, 'always'), strip(10, 'always'), strip(10), strip(10), strip(60));
    expect(pagesOf([on(plain(8)), on(heading)], 100)[1]).toEqual(['b0', 'b1', 'b2', 'b3', 'b4']);
  });

  it('stays on one page while it fits one', () => {
    const panel = galley(...Array.from({ length: 9 }, () => strip(10, 'if-it-fits')), strip(10));
    expect(pagesOf([on(plain(8)), on(panel)], 100)[1]).toEqual(panel.strips.map((_, index) => `b${index}`));
  });

  it('is cut where it would rather hold when no page is tall enough, and keeps its harder bonds', () => {
    const strips = Array.from({ length: 11 }, (_, index) => strip(10, index === 9 ? 'always' : 'if-it-fits'));
    const pages = pagesOf([on(galley(...strips))], 100);
    expect(pages.flat()).toHaveLength(11);
    expect(pages.at(-1)).toEqual(expect.arrayContaining(['a9', 'a10']));
    expect(pages[0]).toContain('a0');
  });

  it('is cut anywhere before it is lost', () => {
    const strips = Array.from({ length: 25 }, () => strip(10, 'always'));
    expect(pagesOf([on(galley(...strips))], 100).flat()).toHaveLength(25);
  });

  it('is parted where it would rather not be only if more than a sixth of the page would stay empty', () => {
    const table = galley(
      strip(10, 'always'),
      strip(10, 'if-it-fits'),
      ...[1, 2, 3].map(() => strip(10, 'rather')),
      strip(10),
    );
    expect(pagesOf([on(plain(8)), on(table)], 100).map((page) => page.length)).toEqual([8, 6]);
    expect(pagesOf([on(plain(7)), on(table)], 100)[1]).toEqual(['b3', 'b4', 'b5']);
    expect(pagesOf([on(plain(6)), on(table), on(plain(3))], 100)[1]!.slice(0, 2)).toEqual(['b4', 'b5']);
    expect(pagesOf([on(plain(4)), on(table)], 100)).toHaveLength(1);
  });

  it('has a page of its own when one strip is taller than a page', () => {
    expect(pagesOf([on(plain(2)), on(galley(strip(300))), on(plain(2))], 100)).toEqual([
      ['a0', 'a1'],
      ['b0'],
      ['c0', 'c1'],
    ]);
  });

  it('is parted before the help block rather than within it when both fit no page', () => {
    const pages = pagesOf([on(held(7, 'if-it-fits')), on(held(6, 'if-it-fits'), 0, true)], 100);
    expect(pages.map((page) => page.length)).toEqual([7, 6]);
  });

  it('includes the help block with the end of the section before it', () => {
    const help = galley(strip(10, 'always'), strip(10));
    expect(
      pagesOf([on(plain(9)), on(help, 0, true)], 100)
        .at(-1)!
        .slice(-3),
    ).toEqual(['a8', 'b0', 'b1']);
    const caution = galley(strip(10, 'if-it-fits'), strip(10));
    expect(
      pagesOf([on(plain(8)), on(caution), on(help, 0, true)], 100)
        .at(-1)!
        .slice(-4),
    ).toEqual(['b0', 'b1', 'c0', 'c1']);
  });
});

describe('sections', () => {
  const box = galley(...Array.from({ length: 9 }, () => strip(10, 'if-it-fits')), strip(10));
  const gaps = (stacked: Stacked[]) => {
    const [first] = paginate(stacked, 0, 404);
    return first!.slice(1).map(({ y }, index) => y - first![index]!.y - 10 * first![index]!.to);
  };

  it('close up where what just does not fit would leave a sixth of a page empty', () => {
    const sections = (lines: number) => [
      on(plain(lines)),
      on(plain(10), 20),
      on(plain(3), 20),
      on(box, 20),
      on(plain(20), 20),
    ];
    expect(gaps(sections(11))).toEqual([20, 20, 20]);
    expect(gaps(sections(12))).toEqual([17, 17, 17]);
    expect(gaps(sections(13))).toEqual([14, 14, 14]);
    expect(gaps(sections(14))).toEqual([20, 20]);
  });

  it('stay as they are where a box takes the rest of its page', () => {
    const filling = galley(strip(10), { ...strip(10), fills: true });
    expect(gaps([on(plain(12)), on(plain(10), 20), on(plain(3), 20), on(box, 20), on(filling, 20)])).toEqual([20, 20]);
  });
});

describe('a box', () => {
  const halves = (keep: Strip['keep'], gap: number) =>
    pagesOf([on(plain(18)), on(held(20, keep, gap)), on(plain(14))], 300).map((page) => page.length);

  it('to write on is parted between its questions where more than a third of a page would else stay empty', () => {
    expect(halves('if-it-fits', 2)[0]).toBeGreaterThan(18);
    const little = [on(plain(22)), on(held(20, 'if-it-fits', 2)), on(plain(6))];
    expect(pagesOf(little, 300).map((page) => page.length)).toEqual([22, 26]);
  });

  it('of words is not parted, nor is what is said to hold together', () => {
    expect(halves('if-it-fits', 0)[0]).toBe(18);
    expect(halves('always', 2)[0]).toBe(18);
  });
});

describe('a picture', () => {
  const picture: Strip[] = [
    { ...strip(160, 'always'), floats: true },
    { ...strip(20), floats: true },
  ];
  const paragraph = (lines: number) => Array.from({ length: lines }, (_, line) => strip(40, 'no', line === 0 ? 4 : 0));
  const section = (before: number, ...after: number[]) =>
    pagesOf([on(galley(...paragraph(before), ...picture, ...after.flatMap(paragraph))), on(plain(8))], 400);
  const names = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `a${from + index}`);

  it('heads the next page where much of this one would stay empty, and what follows it comes before it', () => {
    const [first, second] = section(6, 3, 3);
    expect(first).toEqual([...names(0, 6), ...names(8, 11)]);
    expect(second?.slice(0, 5)).toEqual([...names(6, 8), ...names(11, 14)]);
  });

  it('stays where it is when it fits, or when little room is lost', () => {
    expect(section(5, 3)[0]).toEqual(names(0, 7));
    expect(
      section(9, 3)
        .slice(0, 2)
        .map((page) => page.slice(0, 9)),
    ).toEqual([names(0, 9), [...names(9, 14), 'b0', 'b1', 'b2', 'b3']]);
  });

  it('comes between no two lines of a paragraph', () => {
    expect(section(6, 5)[1]?.[0]).toBe('a6');
    expect(section(6, 5).flat().slice(0, 13)).toEqual(names(0, 13));
  });

  it('is not passed by another section, nor by another picture', () => {
    expect(section(6)[1]?.slice(0, 3)).toEqual([...names(6, 8), 'b0']);
    const two = galley(...paragraph(6), ...picture, ...picture);
    expect(pagesOf([on(two)], 400)).toEqual([names(0, 6), names(6, 10)]);
  });
});

describe('the last page', () => {
  it('does not hold a line or two: some come over from the page before', () => {
    const pages = pagesOf([on(plain(31))], 300);
    expect(pages[1]!.length).toBeGreaterThan(2);
    expect(pages.flat()).toHaveLength(31);
    expect(pages[0]!.length).toBeGreaterThan(pages[1]!.length);
  });

  it('is saved where closer sections make room for what little is on it', () => {
    const sections = (above: number) => Array.from({ length: 6 }, () => on(plain(4), above));
    expect(pagesOf(sections(14), 306)).toHaveLength(1);
    expect(pagesOf([...sections(14), on(plain(1), 14)], 306)).toHaveLength(1);
    expect(pagesOf([...sections(14), on(plain(1), 14)], 303)).toHaveLength(2);
  });

  it('keeps the bonds of what comes over', () => {
    const pages = pagesOf(
      [on(plain(26)), on(galley(strip(10, 'always'), strip(10, 'always'), strip(10))), on(plain(3))],
      300,
    );
    for (const page of pages) expect(page.filter((name) => name.startsWith('b')).length % 3).toBe(0);
  });

  it('has the number to call come with the words that send there, when there is room for neither one more', () => {
    const words = on(held(5, 'rather', 0), 6);
    const pages = pagesOf([on(plain(23)), words, on(held(4, 'always'), 6, true)], 300);
    expect(pages[1]).toEqual(['b0', 'b1', 'b2', 'b3', 'b4', 'c0', 'c1', 'c2', 'c3']);
  });

  it('has them come too where something stands between them', () => {
    const slot = (between: boolean) => ({ ...on(plain(4), 6), between });
    const pages = (between: boolean) =>
      pagesOf([on(plain(48)), on(held(3, 'rather'), 6), slot(between), on(held(11, 'always'), 6, true)], 600);
    expect(pages(false)[1]![0]).toBe('c0');
    expect(pages(true)[1]![0]).toBe('b0');
  });

  it('has all the sources rather than the last of them', () => {
    const pages = (trails: boolean) => pagesOf([on(plain(20)), { ...on(plain(18), 10), trails }], 300);
    expect(pages(false)[1]).toHaveLength(9);
    expect(pages(true)[1]!.length).toBeGreaterThanOrEqual(12);
  });

  it('has the number to call come before the sources, rather than them alone, where that leaves no great hole', () => {
    const pages = (words: number, trails: boolean) =>
      pagesOf([on(plain(words)), on(held(6, 'always'), 10), { ...on(held(13, 'always'), 10), trails }], 300);
    expect(pages(21, false)[1]![0]).toBe('c0');
    expect(pages(21, true)[1]![0]).toBe('b0');
    expect(pages(14, true)[1]![0]).toBe('c0');
  });

  it('stays short where only words in a box would come over', () => {
    const big = galley(...Array.from({ length: 20 }, () => strip(10, 'if-it-fits')), strip(10));
    expect(pagesOf([on(plain(9)), on(big), on(plain(1))], 300)).toHaveLength(2);
    expect(pagesOf([on(plain(9)), on(big), on(plain(1))], 300)[1]).toEqual(['c0']);
  });
});

describe('any galleys', () => {
  const anyStrip = fc.record({
    height: fc.integer({ min: 1, max: 140 }),
    gap: fc.integer({ min: 0, max: 30 }),
    keep: fc.constantFrom<Strip['keep']>('no', 'no', 'rather', 'if-it-fits', 'always'),
    marks: fc.constant([]),
    panel: fc.constant(null),
  });
  const anyStacked = fc.record({
    galley: fc.array(anyStrip, { maxLength: 25 }).map((strips) => galley(...strips)),
    above: fc.integer({ min: 0, max: 40 }),
    stays: fc.boolean(),
  });
  const heightOf = (page: readonly Placed[]) => {
    const last = page.at(-1)!;
    return last.y + heightIn(last) - page[0]!.y;
  };
  const heightIn = ({ galley: { strips }, from, to }: Placed) =>
    strips.slice(from, to).reduce((sum, { height, gap }, index) => sum + height + (index === 0 ? 0 : gap), 0);

  it('appear whole, once and in order, and no page overflows but for one strip that is taller', () => {
    fc.assert(
      fc.property(fc.array(anyStacked, { maxLength: 12 }), fc.integer({ min: 20, max: 700 }), (stacked, height) => {
        const pages = paginate(stacked, 50, height);
        const read = pages.flat().flatMap(({ galley: one, from, to }) => one.strips.slice(from, to));
        expect(read).toEqual(stacked.flatMap(({ galley: one }) => one.strips));
        for (const page of pages) {
          expect(page[0]!.y).toBe(50);
          const strips = page.reduce((sum, { from, to }) => sum + to - from, 0);
          if (strips > 1) expect(heightOf(page)).toBeLessThanOrEqual(height);
        }
        for (const page of pages)
          for (const [index, one] of page.entries()) {
            if (index > 0) expect(one.y).toBeGreaterThanOrEqual(page[index - 1]!.y + heightIn(page[index - 1]!));
          }
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });

  it('appear whole and once where pictures float, each kind in order, and no page overflows', () => {
    const floating = fc.record({ one: anyStrip, floats: fc.boolean() }).map(({ one, floats }): Strip => {
      return floats ? { ...one, floats } : one;
    });
    const stacks = fc.array(
      fc.record({
        galley: fc.array(floating, { maxLength: 25 }).map((strips) => galley(...strips)),
        above: fc.integer({ min: 0, max: 40 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(stacks, fc.integer({ min: 20, max: 700 }), (stacked, height) => {
        const pages = paginate(stacked, 50, height);
        const read = pages.flat().flatMap(({ galley: one, from, to }) => one.strips.slice(from, to));
        const all = stacked.flatMap(({ galley: one }) => one.strips);
        for (const floats of [true, undefined])
          expect(read.filter((one) => one.floats === floats)).toEqual(all.filter((one) => one.floats === floats));
        for (const page of pages) {
          const strips = page.reduce((sum, { from, to }) => sum + to - from, 0);
          if (strips > 1) expect(heightOf(page)).toBeLessThanOrEqual(height);
        }
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });

  it('keep every bond that a page can hold, but that of a box where that would leave a hole', () => {
    const small = fc.record({
      galley: fc
        .array(
          anyStrip.map((one) => ({ ...one, height: Math.min(one.height, 20) })),
          { minLength: 1, maxLength: 4 },
        )
        .map((strips) => galley(...strips.slice(0, -1), { ...strips.at(-1)!, keep: 'no' as const })),
      above: fc.integer({ min: 0, max: 20 }),
      stays: fc.constant(false),
    });
    fc.assert(
      fc.property(fc.array(small, { maxLength: 30 }), (stacked) => {
        for (const page of paginate(stacked, 0, 300)) {
          const { galley: one, to } = page.at(-1)!;
          const { keep } = one.strips[to - 1]!;
          expect(keep).not.toBe('always');
          if (keep === 'if-it-fits') expect(one.strips[to]!.gap).toBeGreaterThan(0);
        }
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });
});
