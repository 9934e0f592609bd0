// Text of an XML document in, its root element out; throws on anything that is not well-formed.
// Strict where parsers for the web are lenient: XMP with one bare & is no XMP (ISO 16684-1 asks for XML 1.0). No DTDs.

export interface XmlNode {
  /** Namespace and local name in one string, as RDF does. */
  name: string;
  attributes: Map<string, string>;
  children: XmlNode[];
  text: string;
}

const NAME = /[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?/y;
const ATTRIBUTE = /\s+([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const SKIPPED = /<\?[\s\S]*?\?>|<!--(?:(?!--)[\s\S])*-->/y;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const XML = 'http://www.w3.org/XML/1998/namespace#';

type Prefixes = ReadonlyMap<string, string>;

export function parseXml(source: string): XmlNode {
  const reader = new XmlReader(source.replace(/^\ufeff/, ''));
  reader.skip();
  const root = reader.element(new Map([['xml', XML]]));
  reader.skip();
  if (reader.at < reader.source.length) throw new Error('something follows the root element');
  return root;
}

class XmlReader {
  readonly source: string;
  at = 0;

  constructor(source: string) {
    this.source = source;
  }

  /** White space, comments and processing instructions. */
  skip(): void {
    while (this.take(/\s+/y) !== undefined || this.take(SKIPPED) !== undefined);
  }

  element(outer: Prefixes): XmlNode {
    if (this.take(/</y) === undefined) throw new Error(`no element at character ${this.at}`);
    const tag = this.take(NAME)?.[0] ?? '';
    const { raw, prefixes } = this.attributes(outer);
    const attributes = new Map(
      [...raw].map(([key, value]) => [key.includes(':') ? expand(key, prefixes) : key, value]),
    );
    const node: XmlNode = { name: expand(tag, prefixes), attributes, children: [], text: '' };
    if (this.take(/\s*\/>/y) !== undefined) return node;
    if (this.take(/\s*>/y) === undefined) throw new Error(`<${tag}> is not closed by >`);
    this.inside(node, prefixes);
    if (this.take(/<\/([^\s>]*)\s*>/y)?.[1] !== tag) throw new Error(`<${tag}> has no end tag`);
    return node;
  }

  private inside(node: XmlNode, prefixes: Prefixes): void {
    while (this.at < this.source.length && !this.source.startsWith('</', this.at)) {
      const text = this.take(/[^<]+/y)?.[0];
      if (text !== undefined) node.text += decode(text);
      else if (this.take(SKIPPED) === undefined) node.children.push(this.element(prefixes));
    }
  }

  private attributes(outer: Prefixes): { raw: Map<string, string>; prefixes: Prefixes } {
    const raw = new Map<string, string>();
    const prefixes = new Map(outer);
    for (let found = this.take(ATTRIBUTE); found !== undefined; found = this.take(ATTRIBUTE)) {
      const [, name = '', double, single] = found;
      const value = decode(double ?? single ?? '');
      if (raw.has(name)) throw new Error(`the attribute ${name} stands twice`);
      if (name.startsWith('xmlns:')) prefixes.set(name.slice(6), value);
      else if (name === 'xmlns') prefixes.set('', value);
      else raw.set(name, value);
    }
    return { raw, prefixes };
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (found !== null) this.at = pattern.lastIndex;
    return found ?? undefined;
  }
}

function expand(name: string, prefixes: Prefixes): string {
  const [prefix = '', local] = name.includes(':') ? name.split(':') : ['', name];
  const namespace = prefix === '' ? (prefixes.get('') ?? '') : prefixes.get(prefix);
  if (namespace === undefined) throw new Error(`the prefix ${prefix} is not declared`);
  return `${namespace}${local}`;
}

function decode(text: string): string {
  return text.replace(/&([^;&\s]*;?)/g, (whole, entity: string) => {
    const [, hex, decimal] = /^#(?:x([\da-f]+)|(\d+));$/i.exec(entity) ?? [];
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    const known = entity.endsWith(';') ? ENTITIES[entity.slice(0, -1)] : undefined;
    if (known === undefined) throw new Error(`${whole} is no entity; a bare & is not allowed`);
    return known;
  });
}
