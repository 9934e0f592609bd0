// Our own articles in every look, empty, filled and over many notes, on both papers: how their pages begin and end.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Article, Library } from '../../src/content/article.ts';
import type { Galley, LaidOut, Mark, Outline, Page, Placed, Strip } from '../../src/layout/page.ts';
import { composeHandout } from '../../src/make/compose-handout.ts';
import { TEXT_INKS } from '../../src/pdf/palette.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { aChoice, aPractice } from '../support/builders.ts';
import { ourLibrary } from '../support/house.ts';

let library: Library;
let press: Press;
beforeAll(async () => {
  library = await ourLibrary();
  press = openPress();
});

const LOOKS = {
  standard: {},
  'large print': { largePrint: true },
  'ink-saving': { inkSaving: true },
  binder: { binder: true },
  discreet: { discreet: true },
  'large print, discreet': { largePrint: true, discreet: true },
} as const;
/** In these looks pages break as they do in standard print, or nearly so. */
const ALIKE: readonly string[] = ['ink-saving', 'binder'];
/** These over notes of every length in every look, the others empty and filled. */
const CLOSELY = ['stress-response', 'why-relationships-matter'];
const NOTES = [140, 350, 560, 770, 980, 1190].map((length) => ({
  note: 'Word by word we go. '.repeat(60).slice(0, length),
}));
const FILLED = {
  note: 'It was good to see you today.\n- walk with Jo on Tuesday\n- call your sister',
  words: 'I want to feel less on my own.',
  agreed: 'One small step this week.',
  plan: 'I will text Sam on Friday after work.',
  obstacle: 'I may feel shy. Then I send a short hello.',
  appointment: 'Monday, December 1, 10:30',
};
/** A web address has a code at the end of the page, and a colour a look of its own. */
const PRACTICES = [
  aPractice({ contact: ['12 Quay Street', '555 0100', 'harbour.example'] }),
  aPractice({ contact: ['12 Quay Street', '555 0100', 'harbour.example'], colour: '#7a2e5d' }),
];

interface Handout {
  name: string;
  laidOut: LaidOut;
  /** Of the text. */
  leading: number;
  room: { top: number; bottom: number };
}

async function composed(
  article: Article,
  preset: string,
  look: object,
  typed: object,
  paper: string,
  practice = PRACTICES['note' in typed ? 0 : 1]!,
): Promise<Handout> {
  const { slug, lang } = article;
  const asked = { article: slug, language: lang, client: 'Ann', preset, paper, ...look, ...typed };
  const { laidOut, theme } = await composeHandout(aChoice(asked), library, practice, press);
  const { height, top, bottom } = theme.page;
  const name = [slug, lang, preset, JSON.stringify(typed).slice(0, 40)].join(' ');
  return { name, laidOut, leading: theme.body.leading, room: { top, bottom: height - bottom } };
}

const known = new Map<string, Promise<Handout[]>>();

/** All that is made on a paper in a look. */
function handouts(paper: string, look: keyof typeof LOOKS): Promise<Handout[]> {
  const key = `${paper} ${look}`;
  const articles = library.articles.filter(({ slug }) => CLOSELY.includes(slug) || !ALIKE.includes(look));
  const making = articles.flatMap((article) =>
    Object.keys(article.presets).flatMap((preset) =>
      [{}, FILLED, ...(CLOSELY.includes(article.slug) ? NOTES : [])].map((typed) => ({ article, preset, typed })),
    ),
  );
  const all =
    known.get(key) ??
    Promise.all(making.map(({ article, preset, typed }) => composed(article, preset, LOOKS[look], typed, paper)));
  known.set(key, all);
  return all;
}

const strips = ({ galley, from, to }: Placed): readonly Strip[] => galley.strips.slice(from, to);

function endOf(placed: readonly Placed[]): number {
  const last = placed.at(-1)!;
  return strips(last).reduce((y, { height, gap }, index) => y + height + (index === 0 ? 0 : gap), last.y);
}

/** Boxes that go over the page. */
const partedIn = ({ laidOut }: Handout) =>
  laidOut.pages.flatMap(({ placed }) => placed).filter((one) => strips(one).at(-1)!.keep === 'if-it-fits').length;

const linesOn = (placed: readonly Placed[]) =>
  placed.flatMap(strips).filter(({ marks }) => marks.some(({ kind }) => kind === 'text')).length;

/** Share of the page. */
const holesIn = ({ laidOut, room }: Handout) =>
  laidOut.pages.slice(0, -1).map(({ placed }) => (room.bottom - endOf(placed)) / (room.bottom - room.top));

const sayings = ({ headings }: Galley) => headings.map(({ text }) => text);

const isSources = ({ galley }: Placed) => sayings(galley).some((words) => /^(Sources|Fuentes)$/u.test(words));

const everyLook = (['letter', 'a4'] as const).flatMap((paper) =>
  (Object.keys(LOOKS) as (keyof typeof LOOKS)[]).map((look) => [paper, look] as const),
);

describe.each(everyLook)('on %s, %s,', (paper, look) => {
  /** The names of those that are not as they should be. */
  const but = async (isRight: (handout: Handout) => boolean) =>
    (await handouts(paper, look)).filter((handout) => !isRight(handout)).map(({ name }) => name);

  it('no last page has three lines or fewer, nor is it four fifths empty', async () => {
    expect(await but(({ laidOut }) => laidOut.pages.length === 1)).not.toHaveLength(0);
    const isFull = ({ laidOut, leading, room }: Handout) => {
      const { placed } = laidOut.pages.at(-1)!;
      const high = endOf(placed) - room.top;
      return linesOn(placed) > 3 && high > 3 * leading && high > (room.bottom - room.top) / 5;
    };
    expect(await but((handout) => handout.laidOut.pages.length === 1 || isFull(handout))).toEqual([]);
  });

  it('no last page has only sources, and hardly one in large print where not all sections are asked for', async () => {
    const isLarge = look.startsWith('large');
    const asked = (await handouts(paper, look)).filter(({ name }) => !isLarge || !name.includes(' full '));
    const left = asked.filter(({ laidOut: { pages } }) => pages.length > 1 && isSources(pages.at(-1)!.placed[0]!));
    expect(left.length / asked.length).toBeLessThanOrEqual(isLarge ? 1 / 16 : 0);
  });

  it('no source goes over the page', async () => {
    const isParted = (one: Placed) => one.from > 0 && strips(one)[0]!.gap === 0;
    const isRight = ({ placed }: Page) => !placed.filter(isSources).some(isParted);
    expect(await but(({ laidOut }) => laidOut.pages.every(isRight))).toEqual([]);
  });

  it('no page but the last is more than a third empty, two fifths where a tall picture heads the next', async () => {
    const heads = ({ placed: [first] }: Page) => strips(first!)[0]!.floats === true;
    const isFull =
      ({ pages }: LaidOut) =>
      (hole: number, index: number) =>
        hole < (heads(pages[index + 1]!) ? 2 / 5 : 1 / 3);
    expect(await but((handout) => holesIn(handout).every(isFull(handout.laidOut)))).toEqual([]);
  });

  it('no page ends with a heading or with what leads to the next line', async () => {
    const leads = ({ placed }: Page) => strips(placed.at(-1)!).at(-1)!.keep === 'always';
    expect(await but(({ laidOut }) => !laidOut.pages.some(leads))).toEqual([]);
  });

  it('no page begins with the number to call: the words that send there are before it', async () => {
    const isFirst = ({ placed: [first] }: Page) =>
      /^(Help right now|Ayuda ahora mismo)$/u.test(sayings(first!.galley)[0] ?? '');
    expect(await but(({ laidOut }) => !laidOut.pages.some(isFirst))).toEqual([]);
  });

  it('the number to call is on one page with what to do there', async () => {
    const isPart = ({ galley, from, to }: Placed) =>
      to - from < galley.strips.length &&
      sayings(galley).some((words) => /^(Help right now|Ayuda ahora mismo)$/u.test(words));
    expect(await but(({ laidOut }) => !laidOut.pages.some(({ placed }) => placed.some(isPart)))).toEqual([]);
  });

  it('all words, those of pictures too, are in inks that are known to be read in grey', async () => {
    const marks: Mark[] = (await handouts(paper, look)).flatMap(({ laidOut }) =>
      laidOut.pages.flatMap(({ placed, foot }) => [
        ...foot,
        ...placed.flatMap((one) => strips(one).flatMap((strip) => strip.marks)),
      ]),
    );
    const parts = marks.flatMap((mark): readonly (Mark | Outline)[] => (mark.kind === 'drawing' ? mark.parts : [mark]));
    const inks = new Set(parts.flatMap((part) => (part.kind === 'text' ? [part.colour] : [])));
    expect(inks.size).toBeGreaterThan(1);
    for (const ink of inks) expect(TEXT_INKS).toContain(ink);
  });
});

describe.each(everyLook.filter(([, look]) => ['standard', 'large print'].includes(look)))(
  'on %s, %s,',
  (paper, look) => {
    it('no box is parted for the sake of the code', async () => {
      const pairs = await Promise.all(
        library.articles.flatMap((article) =>
          [{}, FILLED, ...NOTES].flatMap((typed) =>
            Object.keys(article.presets).map(async (preset) => {
              const [coded, plain] = await Promise.all(
                [PRACTICES[0]!, aPractice()].map((practice) =>
                  composed(article, preset, LOOKS[look], typed, paper, practice),
                ),
              );
              return [coded!, plain!] as const;
            }),
          ),
        ),
      );
      const worse = pairs.filter(([coded, plain]) => partedIn(coded) > partedIn(plain));
      expect(worse.map(([{ name }]) => name)).toEqual([]);
    });
  },
);
