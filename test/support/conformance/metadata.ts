// XMP metadata and document information in, breaches of the rules about what the document says of itself out.
import { type Finding, finding, type Subject } from './finding.ts';
import { isStream } from './objects.ts';
import { parseXml, type XmlNode } from './xml.ts';

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const DC = 'http://purl.org/dc/elements/1.1/';
const XMP = 'http://ns.adobe.com/xap/1.0/';
const PDF = 'http://ns.adobe.com/pdf/1.3/';
const PDFA_ID = 'http://www.aiim.org/pdfa/ns/id/';
const PDFUA_ID = 'http://www.aiim.org/pdfua/ns/id/';
const EXTENSION = 'http://www.aiim.org/pdfa/ns/extension/';
const SCHEMA = 'http://www.aiim.org/pdfa/ns/schema#';
const PROPERTY = 'http://www.aiim.org/pdfa/ns/property#';
/** Schemas a PDF/A-2 may use without describing them (XMP 2005); those that could come up here. */
const PREDEFINED = [DC, XMP, PDF, PDFA_ID, EXTENSION, `${XMP}mm/`, `${XMP}rights/`];

export function* metadataRules(subject: Subject): Generator<Finding> {
  const { pdf, catalog } = subject;
  const stream = pdf.get(catalog, 'Metadata');
  if (!isStream(stream)) return;
  const where = 'XMP metadata';
  if (stream.dict.has('Filter')) return yield finding('A-2 6.6.2.1', where, 'The metadata stream is compressed.');
  if (pdf.name(stream.dict, 'Type') !== 'Metadata' || pdf.name(stream.dict, 'Subtype') !== 'XML')
    yield finding('PDF 14.3.2', where, 'The metadata stream is not of type Metadata and XML.');
  const source = pdf.data(stream).toString('utf8');
  if (/<\?xpacket begin=[^?]*\b(bytes|encoding)=/.test(source))
    yield finding('A-2 6.6.2.1', where, 'The packet header has a bytes or encoding attribute.');
  let properties: Map<string, XmlNode>;
  try {
    properties = readProperties(parseXml(source));
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    return yield finding('A-2 6.6.2.1', where, `The metadata is not well-formed XML: ${reason}.`);
  }
  yield* identificationRules(properties);
  yield* agreementRules(subject, properties);
  yield* schemaRules(properties);
}

/** Every property of every rdf:Description by its full name, whether written as an element or as an attribute. */
function readProperties(root: XmlNode): Map<string, XmlNode> {
  const rdf = root.name === `${RDF}RDF` ? root : root.children.find((child) => child.name === `${RDF}RDF`);
  if (rdf === undefined) throw new Error('there is no rdf:RDF');
  const properties = new Map<string, XmlNode>();
  for (const description of rdf.children) {
    for (const [name, text] of description.attributes)
      if (!name.startsWith(RDF)) properties.set(name, { name, text, attributes: new Map(), children: [] });
    for (const child of description.children) {
      if (properties.has(child.name)) throw new Error(`the property ${child.name} stands twice`);
      properties.set(child.name, child);
    }
  }
  return properties;
}

function* identificationRules(properties: ReadonlyMap<string, XmlNode>): Generator<Finding> {
  const says = (name: string) => properties.get(name)?.text.trim();
  if (says(`${PDFUA_ID}part`) !== '1')
    yield finding('UA-1 5', 'XMP metadata', 'The document does not say it is PDF/UA-1.');
  if (says(`${PDFA_ID}part`) !== '2' || says(`${PDFA_ID}conformance`) !== 'A')
    yield finding('A-2 6.6.4', 'XMP metadata', 'The document does not say it is PDF/A-2a.');
}

/** The title is a must (UA-1 7.1); the rest of the information must not contradict the metadata (PDF 14.3.3). */
function* agreementRules({ pdf, info }: Subject, properties: ReadonlyMap<string, XmlNode>): Generator<Finding> {
  const title = textOf(properties.get(`${DC}title`));
  if (title === undefined || title.trim() === '') yield finding('UA-1 7.1', 'XMP metadata', 'There is no dc:title.');
  const pairs: [string, string][] = [
    ['Title', `${DC}title`],
    ['Author', `${DC}creator`],
    ['Subject', `${DC}description`],
    ['Keywords', `${PDF}Keywords`],
    ['Producer', `${PDF}Producer`],
    ['Creator', `${XMP}CreatorTool`],
  ];
  for (const [key, name] of pairs)
    if ((pdf.text(info, key) ?? '') !== (textOf(properties.get(name)) ?? ''))
      yield finding('A-2 6.6.3', 'XMP metadata', `${key} is not what the document information says.`);
  for (const [key, name] of [
    ['CreationDate', `${XMP}CreateDate`],
    ['ModDate', `${XMP}ModifyDate`],
  ] as const) {
    const date = pdf.text(info, key);
    const other = textOf(properties.get(name));
    if (date === undefined && other === undefined) continue;
    if (pdfTime(date) !== Date.parse(other ?? ''))
      yield finding('A-2 6.6.3', 'XMP metadata', `${key} is not the date the document information says.`);
  }
}

/** Plain text, or the first item of an rdf:Alt, Seq or Bag. */
function textOf(node: XmlNode | undefined): string | undefined {
  return node === undefined ? undefined : (node.children[0]?.children[0]?.text ?? node.text);
}

/** PDF 7.9.4: D:YYYYMMDDHHmmSSOHH'mm. */
function pdfTime(date = ''): number {
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', zone = 'Z'] =
    /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(Z|[+-]\d\d'\d\d)?/.exec(date) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone.replace("'", ':')}`);
}

function* schemaRules(properties: ReadonlyMap<string, XmlNode>): Generator<Finding> {
  const described = new Set<string>();
  for (const schema of properties.get(`${EXTENSION}schemas`)?.children[0]?.children ?? []) {
    const fields = fieldsOf(schema);
    const namespace = fields.get(`${SCHEMA}namespaceURI`)?.text ?? '';
    for (const property of fields.get(`${SCHEMA}property`)?.children[0]?.children ?? []) {
      const parts = fieldsOf(property);
      described.add(namespace + (parts.get(`${PROPERTY}name`)?.text ?? ''));
      yield* fullRules(parts, PROPERTY, ['name', 'valueType', 'category', 'description']);
    }
    yield* fullRules(fields, SCHEMA, ['schema', 'namespaceURI', 'prefix', 'property']);
  }
  for (const name of properties.keys())
    if (!described.has(name) && !PREDEFINED.some((namespace) => isIn(name, namespace)))
      yield finding('A-2 6.6.2.3', 'XMP metadata', `The property ${name} is in no described schema.`);
}

const isIn = (name: string, namespace: string) =>
  name.startsWith(namespace) && /^\w+$/.test(name.slice(namespace.length));

/** A structure is written with rdf:parseType="Resource" or with an rdf:Description inside. */
function fieldsOf(node: XmlNode): Map<string, XmlNode> {
  const inner = node.children[0]?.name === `${RDF}Description` ? node.children[0].children : node.children;
  return new Map(inner.map((child) => [child.name, child]));
}

function* fullRules(fields: ReadonlyMap<string, XmlNode>, namespace: string, names: string[]): Generator<Finding> {
  const missing = names.filter((name) => !fields.has(namespace + name));
  if (missing.length > 0)
    yield finding('A-2 6.6.2.3', 'XMP metadata', `An extension schema lacks ${missing.join(', ')}.`);
}
