// Clients' handouts one after another in, one tagged PDF for the printer out, with never more of it in memory than needed.
import type { LaidOut } from '../layout/page.ts';
import { draftPage, drawRest } from './draft.ts';
import { openFlow, type Sink } from './flow.ts';
import type { Typefaces } from './glyphs.ts';
import { newDocument } from './metadata.ts';
import { cast, givenAt, type Mould, openMould } from './mould.ts';
import { Numbered } from './numbered.ts';
import { paletteOf } from './palette.ts';
import type { Picture } from './picture.ts';
import { type Drawn, type Piece, type Pointer, writePiece } from './piece.ts';
import { shapeOf } from './signature.ts';
import { type OwnStreams, openStock } from './stock.ts';
import { newRef, type Ref, structTreeRoot } from './structure.ts';

/** Something laid out for one client: a handout, or a sheet that goes with it. */
export interface PileSheet {
  /** Whose it is. */
  id: string;
  laidOut: LaidOut;
  pictures: ReadonlyMap<string, Picture>;
}

/** All of one client. */
export interface PilePacket {
  id: string;
  /** What the outline says: a row, never a name. */
  label: string;
  /** Each in the order it is printed. A sheet that stands in several copies is drawn once. */
  copies: readonly (readonly PileSheet[])[];
}

export interface PileSettings {
  lang: string;
  date: string;
  simplex: boolean;
  discreet: boolean;
  /** Every object drawn and written by itself: the same bytes, more slowly. */
  whole: boolean;
  /** Encrypts all of it, which is then written whole. */
  password?: string | null;
}

export interface Pile {
  add(packet: PilePacket): Promise<void>;
  /** Nothing of the file is good before this has ended. Gives its SHA-256. */
  end(title: string): Promise<string>;
}

const MOST_SHAPES = 200;

/** Writes what was drawn below a structure element and a node of pages: once for each copy. */
type Place = (element: Ref, node: Ref) => Piece<Pointer>;
type Shape = Mould & { piece: Piece<number> };

/** Claims PDF/UA-1 and PDF/A-2a. Fonts, pictures and what is drawn for every client alike are in the file once. */
export function openPile(
  { lang, date, simplex, discreet, whole, password = null }: PileSettings,
  typefaces: Typefaces,
  sink: Sink,
): Pile {
  const doc = newDocument({ title: '', lang, dir: 'ltr', date, simplex, discreet, password });
  const flow = openFlow(doc, sink);
  const { data: catalog } = (doc as unknown as { _root: Ref })._root;
  const allPages = catalog.Pages as Ref;
  const structRoot = structTreeRoot(doc);
  const document = newRef(doc, { Type: 'StructElem', S: 'Document', P: structRoot });

  const nodes: Ref[] = [];
  const parts: Ref[] = [];
  const leaves: Pointer[] = [];
  const outline: { label: string; page: Pointer; height: number }[] = [];
  let pageCount = 0;
  let keyCount = 0;

  // A mould is text that pdfkit has not encrypted.
  const isWhole = whole || password !== null;
  const stock = openStock(doc, typefaces);
  const shapes = new Map<string, Shape>();

  /** Draws what is the client's own, and the rest too where its shape is new. Gives what places it, once a copy. */
  function draw(sheet: PileSheet, own: OwnStreams): Place {
    const { laidOut, pictures } = sheet;
    const palette = paletteOf(laidOut.accent);
    const drafts = laidOut.pages.map((page) => draftPage(page, laidOut.height, palette, typefaces));
    const signature = isWhole ? null : shapeOf(laidOut, date, drafts, pictures);
    const known = signature === null ? undefined : shapes.get(signature);
    if (known === undefined) for (const draft of drafts) drawRest(draft, typefaces);
    const streams = stock.streamsOf(drafts, own);
    const personal = drafts.flatMap(({ segments }, page) =>
      streams[page]!.filter((stream, index) => stream !== null && segments[index]!.personal),
    ) as Ref[];
    if (known !== undefined) return (element, node) => placeCast(known, [element, node, ...personal]);
    const drawn = { laidOut, drafts, streams: streams as Ref[][], resources: stock.resourcesOf(drafts, pictures) };
    if (signature === null) return (element, node) => placeWhole(drawn, element, node);
    const learnt = learn(drawn);
    shapes.set(signature, learnt);
    if (shapes.size > MOST_SHAPES) shapes.delete(shapes.keys().next().value!);
    return (element, node) => placeCast(learnt, [element, node, ...personal]);
  }

  function placeCast(shape: Shape, given: readonly Ref[]): Piece<Pointer> {
    const first = flow.take(shape.objects);
    const { text, starts } = cast(shape, first, keyCount, given);
    flow.write(text, first, starts);
    keyCount += shape.keys;
    const at = (index: number) => new Numbered(first + index);
    const { pages, element, leaf } = shape.piece;
    return { pages: pages.map(at), element: at(element), leaf: at(leaf) };
  }

  function placeWhole(drawn: Drawn, element: Ref, node: Ref): Piece<Pointer> {
    const entries: unknown[] = [];
    const key = (value: unknown) => {
      entries.push([keyCount, value]);
      return keyCount++;
    };
    const objects = { ref: (data: Record<string, unknown>) => newRef(doc, data), key };
    return writePiece(objects, entries, drawn, { element, node, lang: langOf(drawn) });
  }

  function learn(drawn: Drawn): Shape {
    const entries: unknown[] = [];
    const mould = openMould(entries);
    let next = 2;
    const streams = drawn.streams.map((all, page) =>
      all.map((stream, index) => (drawn.drafts[page]!.segments[index]!.personal ? givenAt(next++) : stream)),
    );
    const around = { element: givenAt(0), node: givenAt(1), lang: langOf(drawn) };
    const { pages, element, leaf } = writePiece(mould, entries, { ...drawn, streams }, around);
    const at = mould.indexOf;
    return { ...mould.finish(), piece: { pages: pages.map(at), element: at(element), leaf: at(leaf) } };
  }

  function langOf({ laidOut }: Drawn): string | null {
    return laidOut.lang === lang ? null : laidOut.lang;
  }

  function addCopy(places: readonly Place[]): readonly Pointer[] {
    const node = newRef(doc, { Type: 'Pages', Parent: allPages });
    const part = newRef(doc, { Type: 'StructElem', S: 'Part', P: document });
    const pieces = places.map((place) => place(part, node));
    const pages = pieces.flatMap((piece) => piece.pages);
    Object.assign(node.data, { Count: pages.length, Kids: pages });
    part.data.K = pieces.map(({ element }) => element);
    leaves.push(...pieces.map(({ leaf }) => leaf));
    pageCount += pages.length;
    for (const [all, one] of [
      [nodes, node],
      [parts, part],
    ] as const) {
      one.end();
      Object.assign(one, { data: {} });
      all.push(one);
    }
    return pages;
  }

  function writeOutline(): void {
    const top = newRef(doc, { Type: 'Outlines', Count: outline.length });
    const items = outline.map(({ label, page, height }) =>
      newRef(doc, { Title: new String(label), Parent: top, Dest: [page, 'XYZ', 0, height, 0] }),
    );
    items.forEach((item, index) => {
      if (index > 0) item.data.Prev = items[index - 1];
      if (index < items.length - 1) item.data.Next = items[index + 1];
      item.end();
    });
    Object.assign(top.data, { First: items[0], Last: items.at(-1) });
    top.end();
    Object.assign(catalog, { Outlines: top, PageMode: 'UseOutlines' });
  }

  return {
    async add({ id, label, copies }) {
      const sheets = new Set(copies.flat());
      for (const sheet of sheets)
        if (sheet.id !== id) throw new Error('A sheet of one client came with those of another.');
      const own: OwnStreams = new Map();
      const places = new Map([...sheets].map((sheet) => [sheet, draw(sheet, own)]));
      const [first] = copies.map((copy) => addCopy(copy.map((sheet) => places.get(sheet)!)));
      outline.push({ label, page: first![0]!, height: copies[0]![0]!.laidOut.height });
      await flow.flush();
    },
    async end(title) {
      if (nodes.length === 0) throw new Error('A print file has at least one client.');
      stock.end();
      document.data.K = parts;
      document.end();
      Object.assign(structRoot.data, {
        K: [document],
        ParentTree: { Kids: leaves },
        ParentTreeNextKey: keyCount,
      });
      Object.assign(allPages.data, { Count: pageCount, Kids: nodes });
      writeOutline();
      (doc as unknown as { info: Record<string, unknown> }).info.Title = title;
      return flow.end();
    },
  };
}
