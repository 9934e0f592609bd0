// One handout of a print file in, its pages, its structure and its leaf of the parent tree out as objects.
import type { LaidOut } from '../layout/page.ts';
import { tagsOf } from './document.ts';
import type { Draft } from './draft.ts';
import { type DrawnPage, endPlaces, type Objects, type Ref, writeTags } from './structure.ts';

/** A reference as it stands in a dictionary: to an object of pdfkit, by number, or to be filled in. */
export type Pointer = object;

/** A sheet whose streams, fonts and pictures have their numbers. */
export interface Drawn {
  laidOut: LaidOut;
  drafts: readonly Draft[];
  /** By page. */
  streams: readonly (readonly Pointer[])[];
  resources: readonly object[];
}

/** What it hangs from. */
interface Above {
  element: Pointer;
  node: Pointer;
  /** Null where it is the language of the whole file. */
  lang: string | null;
}

export interface Piece<P> {
  pages: readonly P[];
  element: P;
  leaf: P;
}

/** `entries` is what `objects` gathers for the parent tree: pairs of key and value. */
export function writePiece(objects: Objects, entries: readonly unknown[], drawn: Drawn, above: Above): Piece<Ref> {
  const element = objects.ref({ Type: 'StructElem', S: 'Art', P: above.element });
  if (above.lang !== null) element.data.Lang = new String(above.lang);
  const pages = drawn.drafts.map((_, index) => writePage(objects, drawn, index, above.node));
  element.data.K = writeTags(objects, tagsOf(drawn.laidOut), element, pages, null);
  element.end();
  endPlaces(pages);
  for (const { dictionary, annotations } of pages) {
    if (annotations.length > 0) dictionary.data.Annots = annotations;
    dictionary.end();
  }
  const nums = entries.flat();
  const leaf = objects.ref({ Limits: [nums[0], nums.at(-2)], Nums: nums });
  leaf.end();
  return { pages: pages.map(({ dictionary }) => dictionary), element, leaf };
}

function writePage(
  objects: Objects,
  { laidOut: { width, height }, drafts, streams, resources }: Drawn,
  index: number,
  node: Pointer,
): DrawnPage {
  const { notes } = drafts[index]!;
  const parents: unknown[] = [];
  const dictionary = objects.ref({
    Type: 'Page',
    Parent: node,
    MediaBox: [0, 0, width, height],
    Contents: streams[index],
    Resources: resources[index],
    Tabs: 'S',
  });
  // A blank back has nothing that the structure could lead to.
  if (notes.leaves.length > 0) dictionary.data.StructParents = objects.key(parents);
  return { dictionary, parents, notes, annotations: [], boxes: [] };
}
