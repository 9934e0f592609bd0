// How it is drawn: laid-out pages in, the bytes of a tagged PDF out.
import { createHash } from 'node:crypto';
import type PDFDocument from 'pdfkit';
import type { LaidOut, Tag } from '../layout/page.ts';
import { imageResource } from './content.ts';
import { type Draft, documentId, draftPage, drawRest, writeStream } from './draft.ts';
import { addUsed, fontResources, type UsedGlyphs } from './embed.ts';
import { newForm, TYPED } from './form.ts';
import type { Typefaces } from './glyphs.ts';
import { type Ground, Level } from './level.ts';
import { lockedId } from './lock.ts';
import { newDocument } from './metadata.ts';
import { paletteOf } from './palette.ts';
import { embedPicture, type Picture } from './picture.ts';
import { signatureOf } from './signature.ts';
import { cutStencil, fillStencil, type Moving, type Stencils } from './stencil.ts';
import { ownPdf, type PdfFile } from './stretch.ts';
import { type DrawnPage, endPlaces, internals, type Ref, writeStructure } from './structure.ts';

type Doc = InstanceType<typeof PDFDocument>;
type PdfPage = {
  dictionary: Ref;
  fonts: Record<string, unknown>;
  xobjects: Record<string, unknown>;
  structParentTreeKey: number;
};

/**
 * Draws a handout. Claims PDF/UA-1 and PDF/A-2a; the same pages and date give the same bytes. With `stencils`, what does
 * not depend on the client is taken from an earlier handout of the same shape, byte for byte as it would be drawn. With a
 * `password` the file is encrypted, makes no claim to PDF/A, and has other bytes each time.
 */
export async function drawDocument(
  laidOut: LaidOut,
  date: string,
  typefaces: Typefaces,
  pictures: ReadonlyMap<string, Picture>,
  stencils: Stencils | null,
  password: string | null = null,
): Promise<PdfFile> {
  const palette = paletteOf(laidOut.accent);
  const drafts = laidOut.pages.map((page) => draftPage(page, laidOut.height, palette, typefaces));
  const personal = drafts.flatMap(({ segments }) =>
    segments.flatMap(({ operators }) => (operators === null ? [] : [operators])),
  );
  const signature = stencils === null ? null : signatureOf(laidOut, date, drafts, pictures);
  const stencil = signature === null ? undefined : stencils?.get(signature);
  const entries = outlineOf(laidOut);
  const grounds = [...drafts.flatMap(({ segments }) => segments), ...entries].map(({ ground }) => ground);
  if (stencil !== undefined) return fillStencil(stencil, personal, grounds);

  for (const draft of drafts) drawRest(draft, typefaces);
  const all = createHash('sha256').update(`${laidOut.title}\n${date}\n`);
  for (const { segments } of drafts)
    for (const { personal: own, operators } of segments) if (!own) all.update(operators ?? '');
  const fixed = all.digest('hex');
  const id = documentId(fixed, personal);
  const about = { date, password, id };
  const { bytes, holes, moving } = await writeDocument(laidOut, about, drafts, entries, typefaces, pictures);
  if (signature !== null) stencils?.set(signature, cutStencil(bytes, holes, moving, grounds, fixed));
  return ownPdf(bytes);
}

async function writeDocument(
  laidOut: LaidOut,
  { date, password, id }: { date: string; password: string | null; id: Buffer },
  drafts: readonly Draft[],
  entries: readonly Entry[],
  typefaces: Typefaces,
  pictures: ReadonlyMap<string, Picture>,
): Promise<{ bytes: Buffer; holes: number[]; moving: Moving[] }> {
  const { title, lang, dir, discreet } = laidOut;
  const doc = newDocument({ title, lang, dir, date, discreet, password });
  const bytes = collected(doc);
  const holes: number[] = [];
  const pages = drafts.map((draft) => writePage(doc, draft, laidOut, holes));
  const fonts = attachResources(doc, pages, typefaces, pictures);
  const form = newForm(doc, fonts.get(TYPED), paletteOf(laidOut.accent));
  writeStructure(doc, tagsOf(laidOut), pages, form);
  form.end();
  const places = endPlaces(pages);
  for (const page of pages) if (page.annotations.length > 0) page.dictionary.data.Annots = page.annotations;
  const outline = writeOutline(doc, entries, laidOut, pages);
  (doc as unknown as { _id: Buffer })._id = password === null ? id : lockedId();
  doc.end();
  const moving = [...places, ...outline].map(({ id, data }) => ({ id, levels: levelsIn(data) }));
  return { bytes: await bytes, holes, moving };
}

function levelsIn(data: Record<string, unknown>): Level[] {
  return Object.values(data)
    .filter(Array.isArray)
    .flatMap((values) => values.filter((value) => value instanceof Level));
}

/** One content stream a segment; the object numbers of the personal ones are noted in `holes`. */
function writePage(doc: Doc, { segments, notes }: Draft, { width, height }: LaidOut, holes: number[]): DrawnPage {
  doc.addPage({ size: [width, height], margin: 0 });
  const { dictionary, structParentTreeKey } = doc.page as unknown as PdfPage;
  dictionary.data.Contents = segments.map(({ personal, operators }) => {
    const content = writeStream(doc, operators ?? '', personal);
    if (personal) holes.push(content.id);
    return content;
  });
  const parents = internals(doc).getStructParentTree().get(structParentTreeKey);
  return { dictionary, parents, notes, annotations: [], boxes: [] };
}

function attachResources(
  doc: Doc,
  pages: readonly DrawnPage[],
  typefaces: Typefaces,
  pictures: ReadonlyMap<string, Picture>,
): Map<string, PDFKit.PDFKitReference> {
  const used: UsedGlyphs = new Map();
  if (pages.some(({ notes }) => notes.fields.length > 0)) used.set(TYPED, new Map());
  for (const { notes } of pages) addUsed(used, notes.glyphs);
  const fonts = fontResources(doc, typefaces, used);
  const images = new Map<string, Ref>();
  pages.forEach(({ notes }, index) => {
    doc.switchToPage(index);
    const page = doc.page as unknown as PdfPage;
    for (const font of [...notes.glyphs.keys()].sort()) page.fonts[font] = fonts.get(font);
    for (const name of [...notes.images].sort()) {
      const image = images.get(name) ?? embedPicture(doc, pictures.get(name)!);
      images.set(name, image);
      page.xobjects[imageResource(name)] = image;
    }
  });
  return fonts;
}

/** Tags of all galleys in order, each once, also where a galley runs over a page break. */
export function tagsOf({ pages }: LaidOut): Tag[] {
  return [...new Set(pages.flatMap(({ placed }) => placed.map(({ galley }) => galley)))].flatMap(({ tags }) => tags);
}

/** A heading with its page and where it stands there. */
interface Entry {
  level: 1 | 2 | 3;
  text: string;
  page: number;
  ground: Ground;
}

/** One entry for each section under the title, or the title alone. */
function outlineOf({ pages, discreet }: LaidOut): Entry[] {
  return pages.flatMap(({ placed }, page) =>
    placed.flatMap(({ galley: { headings, strips }, from, to, y }) =>
      headings
        .filter(({ level, strip }) => level <= (discreet ? 1 : 2) && strip >= from && strip < to)
        .map(({ level, text, strip }) => {
          const above = strips.slice(from, strip).reduce((sum, { height, gap }) => sum + height + gap, 0);
          return { level, text, page, ground: { down: y + above } };
        }),
    ),
  );
}

/** The destination is the top of a heading's first line. */
function writeOutline(doc: Doc, entries: readonly Entry[], { height }: LaidOut, drawn: readonly DrawnPage[]): Ref[] {
  type Item = { addItem(title: string, options: object): Item; outlineData: Record<string, unknown>; dictionary: Ref };
  const outline = (doc as unknown as { outline: Item }).outline;
  let parent: Item | null = null;
  return entries.map(({ level, text, page, ground }) => {
    const item: Item = (level === 1 || parent === null ? outline : parent).addItem(text, { expanded: true });
    item.outlineData.Dest = [drawn[page]!.dictionary, 'XYZ', 0, new Level(height + 4, ground), 0];
    if (level === 1) parent = item;
    return item.dictionary;
  });
}

function collected(doc: Doc): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}
