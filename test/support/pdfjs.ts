// A PDF in; what pdf.js (the viewer of Firefox) makes of it out: text and structure, page by page.
import { getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface PdfjsNode {
  role: string;
  alt?: string;
  lang?: string;
  children: PdfjsNode[];
}
type StructTree = Awaited<ReturnType<PDFPageProxy['getStructTree']>>;

/** One text per page; lines end where pdf.js sees a line end. */
export function pdfjsText(pdf: Buffer, password?: string): Promise<string[]> {
  const text = async (page: PDFPageProxy) => {
    const { items } = await page.getTextContent();
    return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
  };
  return eachPage(pdf, text, password);
}

/** The part of the structure tree that each page shows, without its texts. */
export function pdfjsStructure(pdf: Buffer): Promise<PdfjsNode[]> {
  return eachPage(pdf, async (page) => {
    const tree = await page.getStructTree();
    return tree === null ? { role: 'none', children: [] } : simple(tree);
  });
}

function simple(node: NonNullable<StructTree>): PdfjsNode {
  const { role, alt, lang, children } = node as NonNullable<StructTree> & { alt?: string; lang?: string };
  const nodes = children.flatMap((child) => ('role' in child ? [simple(child)] : []));
  return { role, ...(alt === undefined ? {} : { alt }), ...(lang === undefined ? {} : { lang }), children: nodes };
}

async function eachPage<T>(pdf: Buffer, read: (page: PDFPageProxy) => Promise<T>, password?: string): Promise<T[]> {
  // pdf.js takes the bytes for itself, so it is given a copy. Only errors are printed.
  const task = getDocument({
    data: new Uint8Array(pdf),
    verbosity: 0,
    ...(password === undefined ? {} : { password }),
  });
  try {
    const document: PDFDocumentProxy = await task.promise;
    const results: T[] = [];
    for (let number = 1; number <= document.numPages; number++)
      results.push(await read(await document.getPage(number)));
    return results;
  } finally {
    await task.destroy();
  }
}
