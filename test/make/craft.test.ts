// Our own articles over many notes, on both papers and in both sizes: how their pages begin and end.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Library } from '../../src/content/article.ts';
import { emptyShelf, layOut } from '../../src/layout/lay-out.ts';
import type { LaidOut, Mark, Outline, Placed, Strip } from '../../src/layout/page.ts';
import { type Theme, themeOf } from '../../src/layout/theme.ts';
import { chooseSections } from '../../src/merge/choose.ts';
import { mergeSheet } from '../../src/merge/sheet.ts';
import { TEXT_INKS } from '../../src/pdf/palette.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { aChoice, aCrisisLine, aPractice } from '../support/builders.ts';
import { ourLibrary } from '../support/house.ts';

let library: Library;
let press: Press;
beforeAll(async () => {
  library = await ourLibrary();
  press = openPress();
});

const ARTICLES = ['stress-response', 'why-relationships-matter'];
const PRESETS = ['one-page', 'full', undefined] as const;
const LENGTHS = [0, 140, 350, 560, 770, 980, 1190];
const strips = ({ galley, from, to }: Placed): readonly Strip[] => galley.strips.slice(from, to);

async function pagesOf(paper: 'letter' | 'a4', largePrint: boolean): Promise<{ theme: Theme; handouts: LaidOut[] }> {
  const theme = themeOf(paper, largePrint);
  const pictures = await press.pictures([]);
  const measures = { fixed: press.measure(pictures, true), personal: press.measure(pictures, false) };
  const handouts = ARTICLES.flatMap((slug) =>
    PRESETS.flatMap((preset) =>
      LENGTHS.map((length) => {
        const note = 'Word by word we go. '.repeat(60).slice(0, length);
        const choice = aChoice({ article: slug, client: 'Ann', note, ...(preset === undefined ? {} : { preset }) });
        const article = library.articles.find((one) => one.slug === slug && one.lang === 'en')!;
        const { sections } = chooseSections(article, choice);
        const saying = {
          choice,
          article,
          sections,
          practice: aPractice(),
          crisis: aCrisisLine(),
          next: null,
          link: null,
        };
        return layOut(mergeSheet(saying), theme, measures, { fixed: press.shelf(theme.key), personal: emptyShelf() });
      }),
    ),
  );
  return { theme, handouts };
}

function endOf(placed: readonly Placed[]): number {
  const last = placed.at(-1)!;
  return strips(last).reduce((y, { height, gap }, index) => y + height + (index === 0 ? 0 : gap), last.y);
}

describe.each([
  ['letter', false],
  ['a4', false],
  ['letter', true],
  ['a4', true],
] as const)('on %s, large print %s,', (paper, largePrint) => {
  it('no last page has three lines or fewer', async () => {
    const { theme, handouts } = await pagesOf(paper, largePrint);
    const several = handouts.filter(({ pages }) => pages.length > 1);
    expect(several.length).toBeGreaterThan(handouts.length / 2);
    for (const { pages } of several) {
      const { placed } = pages.at(-1)!;
      expect((endOf(placed) - placed[0]!.y) / theme.body.leading).toBeGreaterThan(3);
    }
  });

  it('no page but the last is more than a third empty; in large print, where a box may ask for it, three fifths', async () => {
    const { theme, handouts } = await pagesOf(paper, largePrint);
    const { height, top, bottom } = theme.page;
    const most = (height - top - bottom) * (largePrint ? 3 / 5 : 1 / 3);
    for (const { pages } of handouts)
      for (const { placed } of pages.slice(0, -1)) expect(height - bottom - endOf(placed)).toBeLessThan(most);
  });

  it('all words, those of pictures too, are in inks that are known to be read in grey', async () => {
    const { handouts } = await pagesOf(paper, largePrint);
    const marks: Mark[] = handouts.flatMap(({ pages }) =>
      pages.flatMap(({ placed, foot }) => [
        ...foot,
        ...placed.flatMap((one) => strips(one).flatMap((strip) => strip.marks)),
      ]),
    );
    const parts = marks.flatMap((mark): readonly (Mark | Outline)[] => (mark.kind === 'drawing' ? mark.parts : [mark]));
    const inks = new Set(parts.flatMap((part) => (part.kind === 'text' ? [part.colour] : [])));
    expect(inks.size).toBeGreaterThan(1);
    for (const ink of inks) expect(TEXT_INKS).toContain(ink);
  });

  it('no page ends with a heading or with what leads to the next line', async () => {
    const { handouts } = await pagesOf(paper, largePrint);
    for (const { pages } of handouts) {
      for (const { placed } of pages) expect(strips(placed.at(-1)!).at(-1)!.keep).not.toBe('always');
    }
  });
});
