// A small document drawn by hand with PDFKit in, its bytes out: sound as it stands, with seams where one defect can be put.
// It shares no code with the product, so that the checker and the product can't be wrong together.
import { fileURLToPath } from 'node:url';
import * as fontkit from 'fontkit';
import PDFDocument from 'pdfkit';

/** The parts of PDFKit 0.20 its published types do not have, or have wrong. */
export interface StructureElement {
  add(child: StructureElement | object | (() => void)): StructureElement;
  end(): void;
  dictionary: { data: Record<string, unknown> };
}
interface Writer {
  struct(type: string, options?: object, children?: unknown): StructureElement;
  link(x: number, y: number, width: number, height: number, url: string, options?: object): void;
  ref(data?: object): { end(data?: Buffer): void; data: Record<string, unknown> };
  appendXML(xml: string): void;
  endMetadata(): void;
  info: Record<string, unknown>;
  openImage(source: Buffer): object;
  markStructureContent(tag: string): object;
  addStructure(element: StructureElement): void;
  outline: OutlineItem;
  _font: { unicode: number[][]; widths: number[]; subset: { glyphs: number[] } };
  _root: { data: Record<string, unknown> };
}
interface OutlineItem {
  addItem(title: string, options?: object): OutlineItem;
}
export type Sheet = Omit<PDFKit.PDFDocument, keyof Writer> & Writer;
export type Body = (doc: Sheet, root: StructureElement) => void;

export const fontFile = (name: string): string => fileURLToPath(new URL(`../../fonts/${name}.ttf`, import.meta.url));
export const REGULAR = fontFile('AtkinsonHyperlegibleNext-Regular');

const UA_SCHEMA = `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of ISO 14289 this document follows</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>`;
const UA_CLAIM = `<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
  <pdfuaid:part>1</pdfuaid:part>
</rdf:Description>`;

export interface Recipe {
  /** PDFKit's options that differ from the sound ones; undefined takes one away. */
  options?: Record<string, unknown>;
  body?: Body;
  /** Anything to spoil after the document is drawn and before it is ended. */
  finish?: (doc: Sheet) => void;
  schema?: boolean;
  claim?: boolean;
  escaped?: boolean;
  title?: string;
}

export async function makeSheet(recipe: Recipe = {}): Promise<Buffer> {
  const { options, body = soundBody, schema = true, claim = true, escaped = true, title = 'Sleep & <rest>' } = recipe;
  const sound = {
    size: 'A4',
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en-GB',
    displayTitle: true,
    subset: 'PDF/A-2a',
    font: REGULAR,
    info: { Title: title, Author: 'Harbour & Hope', CreationDate: new Date(0) },
  };
  const doc = new PDFDocument({ ...sound, ...options } as PDFKit.PDFDocumentOptions) as unknown as Sheet;
  const bytes = collect(doc);
  if (escaped) escapeMetadata(doc);
  const root = doc.struct('Document');
  doc.addStructure(root);
  body(doc, root);
  root.end();
  recipe.finish?.(doc);
  if (schema) doc.appendXML(UA_SCHEMA);
  if (claim) doc.appendXML(UA_CLAIM);
  doc.end();
  return bytes;
}

async function collect(doc: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of doc) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** PDFKit writes the document information into its XMP as it is. */
function escapeMetadata(doc: Sheet): void {
  const write = doc.endMetadata.bind(doc);
  doc.endMetadata = () => {
    const plain = doc.info;
    doc.info = Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, escapeXml(value)]));
    write();
    doc.info = plain;
  };
}

function escapeXml(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/&/g, '&amp;').replace(/</g, '&lt;') : value;
}

/** One of everything: headings, text over a page break, list, table, figure, link, footer, outline. */
export function soundBody(doc: Sheet, root: StructureElement): void {
  footer(doc);
  const chapter = doc.outline.addItem('Sleep', { expanded: true, fit: true });
  text(doc, root, 'H1', 'Sleep & rest');
  text(doc, root, 'P', 'For Zoë Łukasiewicz, with éclairs in the office.');
  chapter.addItem('What helps');
  text(doc, root, 'H2', 'What helps');
  list(doc, root);
  table(doc, root, ['Column', 'Column']);
  figure(doc, root, { alt: 'A bed under a window', bbox: [100, 600, 200, 650] });
  doc.x = 72;
  doc.y = 660;
  text(doc, root, 'P', 'A long paragraph that goes on over the page. '.repeat(20));
  link(doc, root, 'Web page: sleep.example');
}

/** Page 1 lies open from the start, so its footer is drawn by hand. */
function footer(doc: Sheet): void {
  doc.markContent('Artifact', { type: 'Pagination' });
  doc.moveTo(72, 790).lineTo(300, 790).stroke();
  doc.endMarkedContent();
}

export function text(doc: Sheet, parent: StructureElement, type: string, words: string): void {
  parent.add(doc.struct(type, {}, () => doc.text(words)));
}

function list(doc: Sheet, root: StructureElement): void {
  const items = ['Get up at the same time', 'Keep the bed for sleep'].map((words) =>
    doc.struct('LI', {}, [
      doc.struct('Lbl', {}, () => doc.text('•', { continued: true })),
      doc.struct('LBody', {}, () => doc.text(` ${words}`)),
    ]),
  );
  root.add(doc.struct('L', {}, items));
}

/** One header row with a scope for each cell ('' for none), then one row of data. */
export function table(doc: Sheet, root: StructureElement, scopes: readonly string[], cells = 2): void {
  const heads = scopes.map((scope) => doc.struct('TH', { scope }, () => doc.text('Day')));
  const data = Array.from({ length: cells }, () => doc.struct('TD', {}, () => doc.text('Eight hours')));
  root.add(
    doc.struct('Table', {}, [
      doc.struct('THead', {}, [doc.struct('TR', {}, heads)]),
      doc.struct('TBody', {}, [doc.struct('TR', {}, data)]),
    ]),
  );
}

export function figure(doc: Sheet, root: StructureElement, options: object): void {
  root.add(doc.struct('Figure', options, () => doc.rect(100, 600, 100, 50).fill('#336699')));
}

/** A link with its area; `before` happens before the element is ended, which should be on its own page. */
export function link(doc: Sheet, root: StructureElement, contents: string, options = {}, before = () => {}): void {
  const element = doc.struct('Link');
  const paragraph = doc.struct('P');
  paragraph.add(element);
  root.add(paragraph);
  element.add(() => doc.text('Read more about sleep'));
  doc.link(72, doc.y - 14, 120, 14, 'https://sleep.example/', {
    structParent: element,
    Contents: pdfString(contents),
    ...options,
  });
  before();
  element.end();
  paragraph.end();
}

/** PDFKit writes string objects as PDF strings and plain strings as names. */
export const pdfString = (words: string): object => Object(words);

export const openFont = (file: string): fontkit.Font => fontkit.openSync(file) as fontkit.Font;

/** What can be spoiled about a field: its form, its annotation, its place in the structure. */
export interface FieldFlaw {
  form?: Record<string, unknown>;
  widget?: Record<string, unknown>;
  element?: string;
  twice?: boolean;
  orphan?: boolean;
}

/**
 * A field people can fill in. PDFKit 0.20 passes neither label nor structure on, and writes no appearance, so for this
 * one call `annotate` is given them.
 */
export const fieldBody = (doc: Sheet, root: StructureElement): void => spoiledField({})(doc, root);

export const spoiledField =
  ({ form = {}, widget = {}, element = 'Form', twice = false, orphan = false }: FieldFlaw): Body =>
  (doc, root) => {
    text(doc, root, 'H1', 'Sleep diary');
    doc.initForm();
    const annotate = doc.annotate;
    for (const name of twice ? ['hours', 'hours'] : ['hours']) {
      const owner = doc.struct(element, { alt: 'Hours slept' });
      root.add(owner);
      const look = doc.ref({ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 200, 20], Resources: {} });
      look.end(Buffer.from('/Tx BMC EMC'));
      const sound = { structParent: owner, TU: pdfString('Hours slept'), AP: { N: look } };
      doc.annotate = (x, y, width, height, options) =>
        annotate.call(doc, x, y, width, height, { ...options, ...sound, ...widget });
      doc.formText(name, 72, 300, 200, 20);
      owner.end();
    }
    doc.annotate = annotate;
    const { data } = doc._root.data.AcroForm as { data: Record<string, unknown> };
    Object.assign(data, { NeedAppearances: false, ...form });
    if (orphan) (data.Fields as unknown[]).length = 0;
  };

/** Text in several streams on each page, of which one is the same object on both. */
export function sharedStreamBody(doc: Sheet, root: StructureElement): void {
  const rule = doc.ref({});
  rule.end(Buffer.from('/Artifact BMC 0 0 m 10 10 l S EMC'));
  const page = (type: string) => {
    const { data } = doc.page.dictionary as unknown as { data: { Contents: unknown } };
    data.Contents = [data.Contents, rule];
    text(doc, root, type, 'Sleep');
  };
  page('H1');
  doc.addPage();
  page('P');
}

/** Has fonts written with a stream from character codes to glyphs, where PDFKit writes that they are the same. */
export function mapGlyphs(doc: Sheet, glyphOf: (code: number) => number): void {
  const ref = doc.ref.bind(doc);
  doc.ref = (data) => {
    if (data === undefined || !('CIDToGIDMap' in data)) return ref(data);
    const map = ref({});
    map.end(Buffer.concat(Array.from({ length: 256 }, (_, code) => Buffer.from([0, glyphOf(code)]))));
    return ref({ ...data, CIDToGIDMap: map });
  };
}
