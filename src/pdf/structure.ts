// Tags and where their leaves were drawn in, the structure tree of the document out (ISO 32000-1, 14.7 and 14.8).
import type PDFDocument from 'pdfkit';
import type { Leaf, Tag } from '../layout/page.ts';
import type { PageNotes } from './content.ts';
import type { Form } from './form.ts';
import { levelled } from './level.ts';

/** pdfkit's objects, as far as we write them. */
export type Ref = PDFKit.PDFKitReference & {
  id: number;
  end(bytes?: Uint8Array): void;
  data: Record<string, unknown>;
};
type Doc = InstanceType<typeof PDFDocument>;

/** A drawn page: its dictionary and what drawing noted. */
export interface DrawnPage {
  dictionary: Ref;
  /** This page's array of the parent tree. */
  parents: unknown[];
  notes: PageNotes;
  annotations: Ref[];
  /** Where its figures stand. */
  boxes: Ref[];
}

/** What structure is written into: pdfkit's document, or a mould. */
export interface Objects {
  ref(data: Record<string, unknown>): Ref;
  /** The next key of the parent tree, which leads to `value`. */
  key(value: unknown): unknown;
}

/** Below the one `Document` element, every tag becomes a structure element. */
export function writeStructure(doc: Doc, tags: readonly Tag[], pages: readonly DrawnPage[], form: Form): void {
  const root = structTreeRoot(doc);
  const objects: Objects = { ref: (data) => newRef(doc, data), key: (value) => newParentKey(doc, value) };
  const document = newRef(doc, { Type: 'StructElem', S: 'Document', P: root });
  document.data.K = writeTags(objects, tags, document, pages, form);
  document.end();
  root.data.K = [document];
}

/** A structure element for each tag; contents keep their reading order. Without a form there may be no fields. */
export function writeTags(
  objects: Objects,
  tags: readonly Tag[],
  parent: Ref,
  pages: readonly DrawnPage[],
  form: Form | null,
): Ref[] {
  const writing: Writing = { objects, places: placesOf(pages), pages, form };
  return tags.map((tag) => writeTag(tag, parent, writing));
}

/** What every element is written with. */
interface Writing {
  objects: Objects;
  places: Places;
  pages: readonly DrawnPage[];
  form: Form | null;
}

type Places = Map<Leaf, { page: DrawnPage; mcid: number }[]>;

/** Writes what says where on its page something stands, all in one place: a stencil has to write over it. */
export function endPlaces(pages: readonly DrawnPage[]): Ref[] {
  const refs = pages.flatMap(({ annotations, boxes }) => [...annotations, ...boxes]);
  for (const ref of refs) ref.end();
  return refs;
}

/** A leaf that runs over a page break was drawn as one sequence on each page. */
function placesOf(pages: readonly DrawnPage[]): Places {
  const places: Places = new Map();
  for (const page of pages) {
    page.notes.leaves.forEach((leaf, mcid) => {
      const known = places.get(leaf) ?? [];
      places.set(leaf, [...known, { page, mcid }]);
    });
  }
  return places;
}

function writeTag(tag: Tag, parent: Ref, writing: Writing): Ref {
  const { objects, places } = writing;
  const element = objects.ref({ Type: 'StructElem', S: tag.type, P: parent });
  if (tag.lang !== undefined) element.data.Lang = new String(tag.lang);
  if (tag.title !== undefined) element.data.T = new String(tag.title);
  if (tag.alt !== undefined) element.data.Alt = new String(tag.alt);
  if (tag.actual !== undefined) element.data.ActualText = new String(tag.actual);
  const attributes = attributesOf(tag, writing);
  if (attributes !== null) element.data.A = attributes;
  const kids = tag.kids.flatMap((kid) =>
    kid.kind === 'tag' ? [writeTag(kid, element, writing)] : claim(kid, element, places),
  );
  element.data.K = [...kids, ...writeLinks(tag, element, writing), ...writeFields(tag, element, writing)];
  element.end();
  return element;
}

/** Marked content of a leaf: a number on the element's own page, a reference with its page on any other. */
function claim(leaf: Leaf, element: Ref, places: Places): unknown[] {
  return (places.get(leaf) ?? []).map(({ page, mcid }) => {
    element.data.Pg ??= page.dictionary;
    page.parents[mcid] = element;
    return element.data.Pg === page.dictionary ? mcid : { Type: 'MCR', Pg: page.dictionary, MCID: mcid };
  });
}

function attributesOf(tag: Tag, { objects, places }: Writing): object | null {
  if (tag.numbering !== undefined) return { O: 'List', ListNumbering: tag.numbering };
  if (tag.scope !== undefined) return { O: 'Table', Scope: tag.scope };
  if (tag.type !== 'Figure') return null;
  const [leaf] = tag.kids;
  const place = leaf?.kind === 'leaf' ? places.get(leaf)?.[0] : undefined;
  const box = place === undefined || leaf?.kind !== 'leaf' ? undefined : place.page.notes.boxes.get(leaf);
  if (place === undefined || box === undefined) return null;
  const attributes = objects.ref({ O: 'Layout', Placement: 'Block', BBox: levelled(box) });
  place.page.boxes.push(attributes);
  return attributes;
}

/** One annotation for each line a link stands on. PDF/UA-1, 7.18.5: each has Contents. */
function writeLinks(tag: Tag, element: Ref, { objects, pages }: Writing): unknown[] {
  if (tag.type !== 'Link') return [];
  return pages.flatMap((page) =>
    page.notes.links
      .filter((link) => link.tag === tag)
      .map((area) => {
        const href = tag.href ?? '';
        const annotation = objects.ref({
          Type: 'Annot',
          Subtype: 'Link',
          Rect: levelled(area),
          Border: [0, 0, 0],
          F: 4,
          Contents: new String(href),
          StructParent: objects.key(element),
          A: { S: 'URI', URI: new String(href) },
        });
        return attach(annotation, element, page);
      }),
  );
}

/** PDF/UA-1, 7.18.4: every widget stands in a Form element; read in this order, they are also gone through in it. */
function writeFields(tag: Tag, element: Ref, { objects, pages, form }: Writing): unknown[] {
  if (tag.type !== 'Form') return [];
  if (form === null) throw new Error('There are fields where no form can be.');
  return pages.flatMap((page) =>
    page.notes.fields
      .filter((area) => area.tag === tag)
      .map((area) => attach(form.widget(area.field, area, page.dictionary, objects.key(element)), element, page)),
  );
}

/** The OBJR of an annotation names its own page. */
function attach(annotation: Ref, element: Ref, page: DrawnPage): unknown {
  page.annotations.push(annotation);
  element.data.Pg ??= page.dictionary;
  return { Type: 'OBJR', Obj: annotation, Pg: page.dictionary };
}

/** The semi-private surface of pdfkit that the structure stands on; its version is pinned exactly. */
interface Internals {
  ref(data?: Record<string, unknown>): Ref;
  getStructTreeRoot(): Ref;
  getStructParentTree(): { add(key: number, value: unknown): void; get(key: number): unknown[] };
  createStructParentTreeNextKey(): number;
}

export function internals(doc: Doc): Internals {
  return doc as unknown as Internals;
}

export function newRef(doc: Doc, data: Record<string, unknown>): Ref {
  return internals(doc).ref(data);
}

export function structTreeRoot(doc: Doc): Ref {
  return internals(doc).getStructTreeRoot();
}

function newParentKey(doc: Doc, value: unknown): number {
  const key = internals(doc).createStructParentTreeNextKey();
  internals(doc).getStructParentTree().add(key, value);
  return key;
}
