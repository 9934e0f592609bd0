// Title, language and dates in, the claims a document makes about itself out: XMP for PDF/UA-1 and PDF/A-2a together.
import PDFDocument from 'pdfkit';
import { lockedWith, strengthen } from './lock.ts';

export interface About {
  title: string;
  lang: string;
  dir: 'ltr' | 'rtl';
  /** The day printed on the handout, ISO: the document's date too, so that the same request gives the same bytes. */
  date: string;
  /** Name no maker: that it comes from a tool for therapists is not everybody's business. */
  discreet: boolean;
  /** The hint to the printer: one side only. */
  simplex?: boolean;
  /** Without it the file does not open. It makes no claim to PDF/A, which forbids that (ISO 19005-2, 6.1.3). */
  password?: string | null;
}

type Doc = InstanceType<typeof PDFDocument>;

/**
 * PDF/A wants every schema described that is not its own (ISO 19005-2, 6.6.2.3.3); without this the identifier of
 * PDF/UA (ISO 14289-1, clause 5) would make the document fail PDF/A.
 */
const UA_SCHEMA = `
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>`;

const UA_CLAIM = `
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>`;

const NAMED = { Creator: 'Keepsake', Producer: 'Keepsake, PDFKit' };
const UNNAMED = { Creator: 'PDFKit', Producer: 'PDFKit' };

const ARCHIVED = { pdfVersion: '1.7', subset: 'PDF/A-2a' };

/** An empty document with its claims, its language, and the hints to a printer: no scaling, which sides. */
export function newDocument({ title, lang, dir, date, discreet, simplex = false, password = null }: About): Doc {
  const day = new Date(`${date}T12:00:00Z`);
  const doc = new PDFDocument({
    ...(password === null ? ARCHIVED : lockedWith(password)),
    tagged: true,
    lang,
    displayTitle: true,
    autoFirstPage: false,
    bufferPages: true,
    font: null as unknown as string,
    info: { Title: title, ...(discreet ? UNNAMED : NAMED), CreationDate: day },
  });
  if (password !== null) strengthen(doc, password);
  escapeMetadata(doc);
  const catalog = (doc as unknown as { _root: { data: Record<string, unknown> } })._root.data;
  const preferences = (catalog.ViewerPreferences as { data: Record<string, unknown> }).data;
  Object.assign(preferences, {
    PrintScaling: 'None',
    Duplex: simplex ? 'Simplex' : 'DuplexFlipLongEdge',
    Direction: dir === 'rtl' ? 'R2L' : 'L2R',
  });
  catalog.PageMode = 'UseNone';
  (doc as unknown as { appendXML(xml: string): void }).appendXML(
    password === null ? `${UA_SCHEMA}${UA_CLAIM}` : UA_CLAIM,
  );
  return doc;
}

/** pdfkit writes a title with `&` or `<` into the XMP as it is, which makes it unreadable and all claims void. */
function escapeMetadata(doc: Doc): void {
  const inner = doc as unknown as { info: Record<string, unknown>; endMetadata(): void };
  inner.endMetadata = () => {
    const info = inner.info;
    inner.info = Object.fromEntries(Object.entries(info).map(([key, value]) => [key, escapeXml(value)]));
    Object.getPrototypeOf(doc).endMetadata.call(doc);
    inner.info = info;
  };
}

function escapeXml(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;');
}
