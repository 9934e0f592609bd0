// A PDF with fields in, what somebody typed and ticked saved into it by pdf.js out; and its fields as a viewer sees them.
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface SeenField {
  id: string;
  page: number;
  name: string;
  /** What is shown and read aloud. */
  label: string;
  kind: 'text' | 'lines' | 'tick' | 'choice';
  /** A choice's own value. */
  value: string;
  rect: readonly number[];
}

export function fieldsOf(pdf: Buffer): Promise<SeenField[]> {
  return opened(pdf, fieldsIn);
}

/** `typed` by label; ticks and choices are made where their label is given. */
export function filled(pdf: Buffer, typed: Readonly<Record<string, string | true>>): Promise<Buffer> {
  return opened(pdf, async (document) => {
    for (const { id, label } of await fieldsIn(document)) {
      const value = typed[label];
      if (value !== undefined) document.annotationStorage.setValue(id, { value });
    }
    return Buffer.from(await document.saveDocument());
  });
}

async function fieldsIn(document: PDFDocumentProxy): Promise<SeenField[]> {
  const fields: SeenField[] = [];
  for (let page = 1; page <= document.numPages; page++) {
    for (const one of await (await document.getPage(page)).getAnnotations()) {
      if (one.subtype !== 'Widget') continue;
      const kind = one.fieldType === 'Tx' ? (one.multiLine ? 'lines' : 'text') : one.radioButton ? 'choice' : 'tick';
      const { id, fieldName: name, alternativeText: label, buttonValue, rect } = one;
      fields.push({ id, page, name, label, kind, value: buttonValue ?? '', rect });
    }
  }
  return fields;
}

async function opened<T>(pdf: Buffer, use: (document: PDFDocumentProxy) => Promise<T>): Promise<T> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  try {
    return await use(await task.promise);
  } finally {
    await task.destroy();
  }
}
