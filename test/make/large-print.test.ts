// Large print takes many pages: what closes to spare one of them, and what is left out before anything closes.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { endsAlone, layOut, parted } from '../../src/layout/lay-out.ts';
import type { LaidOut } from '../../src/layout/page.ts';
import { themeOf } from '../../src/layout/theme.ts';
import { type ComposedHandout, composeHandout } from '../../src/make/compose-handout.ts';
import type { Sheet } from '../../src/merge/block.ts';
import { withoutCode } from '../../src/merge/sheet.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { aChoice, aPractice } from '../support/builders.ts';
import { ourLibrary } from '../support/house.ts';

const ROOMY = themeOf('letter', true);
const SITE = aPractice({ contact: ['12 Quay Street', '555 0100', 'harbour.example'] });

let press: Press;
let handouts: ComposedHandout[];
beforeAll(async () => {
  const library = await ourLibrary();
  press = openPress();
  handouts = await Promise.all(
    library.articles.flatMap(({ slug, lang, presets }) =>
      Object.keys(presets).map((preset) =>
        composeHandout(aChoice({ article: slug, language: lang, preset, largePrint: true }), library, SITE, press),
      ),
    ),
  );
});

const laidOutIn = (sheet: Sheet, { theme, pictures }: Pick<ComposedHandout, 'theme' | 'pictures'>): LaidOut => {
  const measure = press.measure(pictures, true);
  return layOut(sheet, theme, { fixed: measure, personal: measure });
};
const isClosed = ({ theme }: ComposedHandout) => theme.space.section < ROOMY.space.section;
const hasCode = ({ sheet }: ComposedHandout) => JSON.stringify(withoutCode(sheet)) !== JSON.stringify(sheet);

describe('large print', () => {
  it('closes its spaces where that spares a page, and only there', () => {
    const spared = handouts.map((handout) => {
      const roomy = laidOutIn(handout.sheet, { ...handout, theme: ROOMY });
      return roomy.pages.length - handout.laidOut.pages.length;
    });
    expect(spared.map((pages) => pages > 0)).toEqual(handouts.map(isClosed));
    expect(new Set(handouts.map(isClosed)).size).toBe(2);
  });

  it('parts no box to spare a page', () => {
    const more = handouts.filter((handout) => {
      const roomy = laidOutIn(handout.sheet, { ...handout, theme: ROOMY });
      return isClosed(handout) && parted(handout.laidOut) > parted(roomy);
    });
    expect(more.map(({ sheet }) => sheet.title)).toEqual([]);
  });

  it('never closes its lines unasked', () => {
    for (const { theme } of handouts) expect(theme.body.leading).toBe(ROOMY.body.leading);
  });

  it('has no code that costs closer spaces or a last page of sources alone', () => {
    const coded = handouts.filter(hasCode);
    expect(coded.length).toBeGreaterThan(0);
    const costly = coded.filter((handout) => {
      const { sheet, laidOut } = handout;
      const roomy = laidOutIn(withoutCode(sheet), { ...handout, theme: ROOMY });
      const plain = isClosed(handout) ? laidOutIn(withoutCode(sheet), handout) : roomy;
      const closes = isClosed(handout) && roomy.pages.length <= laidOut.pages.length;
      return closes || endsAlone(plain) < endsAlone(laidOut);
    });
    expect(costly.map(({ sheet }) => sheet.title)).toEqual([]);
  });
});
