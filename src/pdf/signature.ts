// A laid-out and drafted document in, all that shapes it apart from its personal streams out, as a text to find it by.
import type { Galley, LaidOut, Leaf, Placed, Tag } from '../layout/page.ts';
import { type Draft, heightOn, type Segment } from './draft.ts';
import { PAGE } from './level.ts';
import type { Picture } from './picture.ts';

const FIXED_FONTS = new Set(['R', 'B', 'I', 'BI']);
const numbers = new WeakMap<object, number>();
let last = 0;

function numberOf(thing: object): number {
  let number = numbers.get(thing);
  if (number === undefined) {
    number = ++last;
    numbers.set(thing, number);
  }
  return number;
}

type Pictures = ReadonlyMap<string, Picture>;

/**
 * The shape of a document of its own, wherever its parts stand on their pages. Null when a personal text needs a font that
 * is cut down per document.
 */
export function signatureOf(
  laidOut: LaidOut,
  date: string,
  drafts: readonly Draft[],
  pictures: Pictures,
): string | null {
  const isFixed = drafts.every(({ notes }) => [...notes.glyphs.keys()].every((font) => FIXED_FONTS.has(font)));
  return isFixed ? partsOf(laidOut, date, drafts, pictures) : null;
}

/** The shape of one in a print file, with where its parts stand. */
export function shapeOf(laidOut: LaidOut, date: string, drafts: readonly Draft[], pictures: Pictures): string | null {
  const parts = partsOf(laidOut, date, drafts, pictures);
  const places = drafts.map(({ segments }) => segments.map(({ ground }) => ground.down));
  return parts === null ? null : `${JSON.stringify(places)}${parts}`;
}

/**
 * Which galleys stand on which page, how the personal ones are tagged, which fonts they use. Null when a personal text
 * stands in the structure tree too, or has fields: their labels may name the client.
 */
function partsOf(laidOut: LaidOut, date: string, drafts: readonly Draft[], pictures: Pictures): string | null {
  const fonts = drafts.map(({ notes }) => [...notes.glyphs.keys()].sort());
  if (drafts.some(({ notes }) => notes.fields.length > 0)) return null;
  const { width, height, lang, dir, title, foot, accent, discreet } = laidOut;
  const images = [...pictures].map(([name, picture]) => [name, numberOf(picture)]);
  const personal = [...new Set(laidOut.pages.flatMap(({ placed }) => placed.map(({ galley }) => galley)))].filter(
    (galley) => galley.personal,
  );
  if (personal.some(({ tags }) => tags.some(saysItself))) return null;
  return JSON.stringify([
    date,
    width,
    height,
    lang,
    dir,
    title,
    foot,
    accent,
    discreet,
    laidOut.pages.map(({ shift }) => shift),
    images,
    fonts,
    drafts.map(({ segments }) => segments.map(segmentShape)),
    personalShape(personal, drafts),
  ]);
}

function segmentShape({ personal, placed, ground, foot }: Segment): unknown {
  if (personal) return [foot !== null, placed.map(outlined)];
  return [ground === PAGE, placed.map((one) => [numberOf(one.galley), one.from, one.to, heightOn(ground, one)])];
}

/** The headings that the outline has; a smaller one may hold the client's name, and must not stay in a signature. */
function outlined({ galley, from, to }: Placed): unknown {
  return galley.headings
    .filter(({ level, strip }) => level < 3 && strip >= from && strip < to)
    .map(({ level, text }) => [level, text]);
}

/** The client's own words, as the text of an element. */
function saysItself({ actual, kids }: Tag): boolean {
  return actual !== undefined || kids.some((kid) => kid.kind === 'tag' && saysItself(kid));
}

function personalShape(galleys: readonly Galley[], drafts: readonly Draft[]): unknown {
  const known = new Map<Leaf, number>();
  const leaf = (one: Leaf) => known.get(one) ?? known.set(one, known.size).size - 1;
  const shape = ({ type, kids, lang, title, alt, numbering, scope, href }: Tag): unknown => [
    [type, lang, title, alt, numbering, scope, href],
    kids.map((kid) => (kid.kind === 'tag' ? shape(kid) : leaf(kid))),
  ];
  const tags = galleys.map((galley) => galley.tags.map(shape));
  const placesOn = ({ notes: { leaves, links, boxes, images } }: Draft) => [
    leaves.map(leaf),
    links.map(({ rect }) => rect),
    [...boxes].map(([one, box]) => [leaf(one), box]),
    [...images],
  ];
  return [tags, drafts.map(placesOn)];
}
