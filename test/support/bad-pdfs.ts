// PDFs that are sound but for one defect each, with the clauses a checker must hold against them.
// The defects are those PDFKit and fontkit lead one into, and the ones people make.
import {
  type Body,
  type FieldFlaw,
  fieldBody,
  figure,
  link,
  makeSheet,
  mapGlyphs,
  openFont,
  pdfString,
  REGULAR,
  type Recipe,
  type Sheet,
  type StructureElement,
  spoiledField,
  table,
  text,
} from './sheet.ts';

export interface BadPdf {
  defect: string;
  /** Every clause that is broken, and no other. */
  clauses: readonly string[];
  make: () => Promise<Buffer>;
}

const bad = (defect: string, clauses: readonly string[], recipe: Recipe): BadPdf => ({
  defect,
  clauses,
  make: () => makeSheet(recipe),
});

/** A heading, and then the defect. */
const after = (spoil: Body): Body => {
  return (doc, root) => {
    text(doc, root, 'H1', 'Sleep');
    spoil(doc, root);
  };
};

const spoiled = (defect: string, clauses: readonly string[], spoil: Body): BadPdf =>
  bad(defect, clauses, { body: after(spoil) });

/** Changes what goes into the XMP, after the information itself is written. */
function onMetadata(doc: Sheet, change: Record<string, unknown>): void {
  const write = doc.endMetadata;
  doc.endMetadata = () => {
    doc.info = { ...doc.info, ...change };
    write();
  };
}

const secret = { pdfVersion: '1.7ext3', userPassword: 'sesame', ownerPassword: 'open sesame' };

const metadata: BadPdf[] = [
  bad('PDF 1.3, for which PDFKit writes no XMP', ['A-2 6.1.2', 'A-2 6.6.2.1'], { options: { pdfVersion: undefined } }),
  bad('title with & in unescaped XMP', ['A-2 6.6.2.1'], { escaped: false }),
  bad('no title', ['UA-1 7.1'], { title: '' }),
  bad('title in XMP unlike the one in the information', ['A-2 6.6.3'], {
    finish: (doc) => onMetadata(doc, { Title: 'Worry' }),
  }),
  bad('date in XMP unlike the one in the information', ['A-2 6.6.3'], {
    finish: (doc) => onMetadata(doc, { CreationDate: new Date(86_400_000) }),
  }),
  bad('PDF/UA claimed without an extension schema', ['A-2 6.6.2.3'], { schema: false }),
  bad('PDF/UA not claimed', ['UA-1 5'], { claim: false }),
  bad('subset PDF/A-2u, which PDFKit silently ignores', ['A-2 6.2.3', 'A-2 6.6.4'], {
    options: { subset: 'PDF/A-2u' },
  }),
  bad('PDF/A-2b claimed only', ['A-2 6.6.4'], { options: { subset: 'PDF/A-2b' } }),
];

const wholeDocument: BadPdf[] = [
  bad('no language', ['UA-1 7.2'], { options: { lang: undefined } }),
  bad('language tag with an underscore', ['A-2 6.7.4'], { options: { lang: 'en_GB' } }),
  bad('title not displayed', ['UA-1 7.1'], { options: { displayTitle: false } }),
  bad('structure without the mark that says so', ['A-2 6.7.2.2'], { options: { tagged: false } }),
  bad('encrypted', ['A-2 6.1.3'], { options: { ...secret, permissions: { contentAccessibility: true } } }),
  bad('encrypted and closed to screen readers', ['A-2 6.1.3', 'UA-1 7.16'], { options: secret }),
  bad('script for the whole document', ['A-2 6.5.1'], {
    finish: (doc) => doc.addNamedJavaScript('hello', 'app.alert("hello")'),
  }),
  bad('attached file', ['A-2 6.8'], { finish: (doc) => doc.file(Buffer.from('x'), { name: 'x.txt' }) }),
  bad('names sorted by language, not by bytes', ['PDF 7.9.6'], {
    finish: (doc) => ['a', 'B'].map((name) => doc.addNamedDestination(name, 'Fit')),
  }),
  bad('outline item leading to the far side of the page', ['PDF 12.3.2'], {
    finish: (doc) => doc.outline.addItem('More', { top: 100 }),
  }),
  bad('closed outline item without a count', ['PDF 12.3.3'], {
    finish: (doc) => doc.outline.addItem('More').addItem('Below'),
  }),
];

const structure: BadPdf[] = [
  bad('two elements at the root of the structure', ['PDF 14.8.4.2'], {
    finish: (doc) =>
      doc.addStructure(doc.struct('Document', {}, [doc.struct('P', {}, () => doc.text('Another client'))])),
  }),
  bad('first heading H2', ['UA-1 7.4.2'], { body: (doc, root) => text(doc, root, 'H2', 'Sleep') }),
  spoiled('heading level skipped', ['UA-1 7.4.2'], (doc, root) => text(doc, root, 'H3', 'Beds')),
  spoiled('heading without a level', ['UA-1 7.4.4'], (doc, root) => text(doc, root, 'H', 'Beds')),
  spoiled('type of element nobody knows', ['A-2 6.7.3.4'], (doc, root) => text(doc, root, 'Callout', 'Beds')),
  spoiled('paragraph directly in a list', ['UA-1 7.2'], (doc, root) => {
    root.add(doc.struct('L', {}, [doc.struct('P', {}, () => doc.text('Beds'))]));
  }),
  spoiled('paragraph in a paragraph', ['PDF 14.8.4.3'], (doc, root) => {
    root.add(doc.struct('P', {}, [doc.struct('P', {}, () => doc.text('Beds'))]));
  }),
  spoiled('content directly in the document', ['PDF 14.8.4.2'], (doc, root) => root.add(() => doc.text('Beds'))),
  spoiled('empty paragraph', ['UA-1 7.1'], (doc, root) => root.add(doc.struct('P', {}, []))),
  spoiled('figure without alternative text', ['UA-1 7.3'], (doc, root) =>
    figure(doc, root, { bbox: [99, 599, 201, 651] }),
  ),
  spoiled('figure without a bounding box', ['PDF 14.8.5.4.3'], (doc, root) => figure(doc, root, { alt: 'A bed' })),
  spoiled('header cell without scope', ['UA-1 7.5'], (doc, root) => table(doc, root, ['Column', ''])),
  spoiled('table row with a cell too many', ['UA-1 7.2'], (doc, root) => table(doc, root, ['Column', 'Column'], 3)),
  spoiled('note without an ID', ['UA-1 7.9'], (doc, root) => text(doc, root, 'Note', 'Beds')),
  spoiled("table in a table, by PDFKit's own table", ['PDF 14.7.2', 'UA-1 7.2', 'UA-1 7.5'], (doc, root) => {
    const structParent = doc.struct('Table');
    root.add(structParent);
    doc.table({
      structParent,
      data: [[{ text: 'Day', type: 'TH' }], ['Monday']],
    } as unknown as PDFKit.Mixins.TableOptions);
    structParent.end();
  }),
];

const marking: BadPdf[] = [
  spoiled('drawing that is neither tagged nor an artifact', ['UA-1 7.1'], (doc) => doc.rect(72, 400, 50, 50).fill()),
  spoiled('artifact inside tagged content', ['UA-1 7.1'], (doc, root) => {
    root.add(doc.struct('P', {}, () => doc.addContent('/Artifact BMC').text('Beds').addContent('EMC')));
  }),
  spoiled('tagged content nobody claims', ['PDF 14.7.4.4', 'UA-1 7.1'], (doc) => {
    doc.markStructureContent('P');
    doc.text('Beds');
    doc.endMarkedContent();
  }),
  spoiled('the same MCID drawn twice', ['PDF 14.7.4.2'], (doc, root) => {
    text(doc, root, 'P', 'Beds');
    doc.addContent('/P <</MCID 1>> BDC').rect(72, 400, 50, 50).fill().addContent('EMC');
  }),
  spoiled('marked content that is not closed', ['PDF 14.6.1'], (doc) => doc.addContent('/Artifact BMC')),
  spoiled('graphics state that is not restored', ['PDF 8.4.2'], (doc) => doc.save()),
  spoiled('text({structParent}) over a page break', ['PDF 14.7.4.4', 'UA-1 7.1'], (doc, root) => {
    doc.y = 740;
    doc.text('Beds and more beds. '.repeat(20), { structParent: root } as unknown as PDFKit.Mixins.TextOptions);
  }),
  spoiled('marked content added before a page break', ['PDF 14.7.4.4', 'UA-1 7.1'], (doc, root) => {
    doc.y = 740;
    root.add(doc.struct('P', {}, [doc.markStructureContent('P')]));
    doc.text('Beds and more beds. '.repeat(20));
    doc.endMarkedContent();
  }),
  spoiled('lines of a paragraph that no space parts', ['PDF 14.8.2.5'], (doc, root) => {
    root.add(doc.struct('P', {}, () => doc.text('you can').text('help it settle')));
  }),
  spoiled('a line that says itself, and no space parts it from the next', ['PDF 14.8.2.5'], (doc, root) => {
    const said = doc.struct('Span', { actual: 'you can' }, () => doc.text('you can'));
    root.add(doc.struct('P', {}, [said, () => doc.text('help it settle')]));
  }),
];

const annotations: BadPdf[] = [
  spoiled('link by text({link}), which has empty contents', ['UA-1 7.18.5'], (doc, root) => {
    root.add(doc.struct('P', {}, [doc.struct('Link', {}, () => doc.text('Beds', { link: 'https://sleep.example/' }))]));
  }),
  spoiled('link with blank contents', ['UA-1 7.18.5'], (doc, root) => link(doc, root, ' ')),
  spoiled('link in no structure element', ['UA-1 7.18.5'], (doc) =>
    doc.link(72, 72, 50, 14, 'https://sleep.example/', { Contents: pdfString('Beds') }),
  ),
  spoiled('link flagged not to print', ['A-2 6.3.2'], (doc, root) => link(doc, root, 'Beds', { F: 0 })),
  spoiled('link ended on the page after its own', ['PDF 14.7.4.3'], (doc, root) => {
    link(doc, root, 'Beds', {}, () => doc.addPage());
  }),
  spoiled('link element without a link', ['PDF 14.8.4.4'], (doc, root) => {
    root.add(doc.struct('P', {}, [doc.struct('Link', {}, () => doc.text('Beds'))]));
  }),
  spoiled('comment', ['A-2 6.3.2', 'A-2 6.3.3', 'UA-1 7.18.1'], (doc) => doc.note(72, 72, 20, 20, 'Beds')),
  spoiled('form field as PDFKit writes it', ['A-2 6.3.3', 'A-2 6.4.1', 'UA-1 7.18.1', 'UA-1 7.18.4'], (doc) => {
    doc.initForm();
    doc.formText('beds', 72, 300, 200, 20);
  }),
];

/** The one kind of action that is allowed elsewhere. */
const OPENS = { S: 'URI', URI: pdfString('https://sleep.example/') };

const spoiltField = (defect: string, clauses: readonly string[], flaw: FieldFlaw): BadPdf =>
  bad(defect, clauses, { body: spoiledField(flaw) });

const fields: BadPdf[] = [
  spoiltField('fields that viewers are asked to draw', ['A-2 6.4.1'], { form: { NeedAppearances: true } }),
  spoiltField('XFA form', ['A-2 6.4.2'], { form: { XFA: pdfString('<xdp/>') } }),
  spoiltField('field without a label', ['UA-1 7.18.1'], { widget: { TU: undefined } }),
  spoiltField('field with a blank label', ['UA-1 7.18.1'], { widget: { TU: pdfString(' ') } }),
  spoiltField('field without an appearance', ['A-2 6.3.3'], { widget: { AP: undefined } }),
  spoiltField('field in a paragraph, not in a Form element', ['UA-1 7.18.4'], { element: 'P' }),
  spoiltField('field that does not print', ['A-2 6.3.2'], { widget: { F: 0 } }),
  spoiltField('field with an action', ['A-2 6.4.1'], { widget: { A: OPENS } }),
  spoiltField('field with an action for when it is left', ['A-2 6.4.1', 'A-2 6.5.1', 'A-2 6.5.2'], {
    widget: { AA: { Bl: { S: 'ResetForm' } } },
  }),
  spoiltField('field that is not in the form', ['PDF 12.7.2'], { orphan: true }),
  spoiltField('two fields of one name', ['PDF 12.7.3.2'], { twice: true }),
  spoiltField('field without a type', ['PDF 12.7.3.1'], { widget: { FT: undefined } }),
  spoiltField('typed text in a font that is not there', ['PDF 12.7.3.3'], {
    widget: { DA: pdfString('/Nowhere 12 Tf 0 g') },
  }),
  bad('typed text in a standard font', ['A-2 6.2.11.4.1'], {
    body: (doc, root) => {
      text(doc, root, 'H1', 'Sleep');
      doc.font('Helvetica');
      fieldBody(doc, root);
    },
  }),
];

const fonts: BadPdf[] = [
  bad('subset PDF/UA, whose CIDSet is not complete', ['A-2 6.2.3', 'A-2 6.6.4', 'UA-1 7.21.4.2'], {
    options: { subset: 'PDF/UA' },
    claim: false,
  }),
  spoiled('standard font', ['A-2 6.2.11.4.1'], (doc, root) => inFont(doc, root, 'Helvetica', 'Beds')),
  spoiled('letter a standard font has not', ['A-2 6.1.6', 'A-2 6.2.11.4.1'], (doc, root) => {
    inFont(doc, root, 'Helvetica', 'Łukasiewicz');
  }),
  spoiled('letter the font has not', ['A-2 6.2.11.7.2', 'A-2 6.2.11.8'], (doc, root) => text(doc, root, 'P', 'Ольга')),
  spoiled('soft hyphen inside a line', ['A-2 6.2.11.7.2', 'A-2 6.2.11.8'], (doc, root) => {
    text(doc, root, 'P', 'hand\u00adout');
  }),
  { defect: 'font shared by two documents, whose second loses its letters', clauses: ['UA-1 7.21.7'], make: second },
  bad('letter without a meaning', ['UA-1 7.21.7'], { finish: (doc) => (doc._font.unicode[1] = []) }),
  bad('letter that means U+FFFD', ['UA-1 7.21.7'], { finish: (doc) => (doc._font.unicode[1] = [0xfffd]) }),
  bad('letter that means U+FEFF', ['A-2 6.2.11.7.2'], { finish: (doc) => (doc._font.unicode[1] = [0xfeff]) }),
  bad('letter of the private use area', ['A-2 6.2.11.7.3'], { finish: (doc) => (doc._font.unicode[1] = [0xe000]) }),
  bad("width that is not the glyph's", ['A-2 6.2.11.5'], { finish: (doc) => (doc._font.widths[1] = 77) }),
  bad('glyphs left out of the embedded font', ['A-2 6.2.11.4.1'], {
    finish: (doc) => (doc._font.subset.glyphs.length = 3),
  }),
  bad('glyph that is blank in the embedded font', ['A-2 6.2.11.4.1', 'A-2 6.2.11.5'], {
    finish: (doc) => (doc._font.subset.glyphs[1] = openFont(REGULAR).glyphForCodePoint(0x20).id),
  }),
  bad('map of glyphs that leads to the one for missing characters', ['A-2 6.2.11.5', 'A-2 6.2.11.8'], {
    finish: (doc) => mapGlyphs(doc, () => 0),
  }),
];

const graphics: BadPdf[] = [
  spoiled('colour in CMYK', ['A-2 6.2.4.3'], (doc, root) => {
    root.add(doc.struct('P', {}, () => doc.fillColor([0, 0, 0, 100]).text('Beds')));
  }),
  { defect: 'image opened for another document', clauses: ['PDF 8.8'], make: borrowedImage },
];

/** What can go wrong where one file is for many. */
const piles: BadPdf[] = [
  bad('page tree that counts a page too many', ['PDF 7.7.3.2'], {
    finish: (doc) => {
      const { data } = doc._root.data.Pages as { data: { Count: number } };
      data.Count++;
    },
  }),
  bad('leaf of the parent tree with other limits than its keys', ['PDF 7.9.7'], {
    finish: (doc) => {
      const { data } = doc._root.data.StructTreeRoot as { data: { ParentTree: unknown } };
      const { _items } = data.ParentTree as { _items: Record<string, unknown> };
      const leaf = doc.ref({ Limits: [0, 99], Nums: Object.entries(_items).flatMap(([key, value]) => [+key, value]) });
      leaf.end();
      data.ParentTree = { Kids: [leaf] };
    },
  }),
  bad('two clients on one page', ['PDF 14.8.4.2'], {
    body: (doc, root) => {
      for (const words of ['Ann', 'Bo'])
        root.add(doc.struct('Part', {}, [doc.struct('H1', {}, () => doc.text(words))]));
    },
  }),
];

export const BAD_PDFS: readonly BadPdf[] = [
  ...piles,
  ...metadata,
  ...wholeDocument,
  ...structure,
  ...marking,
  ...annotations,
  ...fields,
  ...fonts,
  ...graphics,
];

function inFont(doc: Sheet, root: StructureElement, font: string, words: string): void {
  doc.font(font);
  text(doc, root, 'P', words);
}

/** fontkit #154: É makes E known as a part of it, without a character of its own. */
async function second(): Promise<Buffer> {
  const font = openFont(REGULAR);
  const recipe = (words: string): Recipe => ({
    options: { font: undefined },
    body: (doc, root) => {
      doc.font(font as unknown as PDFKit.Mixins.PDFFontSource);
      text(doc, root, 'H1', words);
    },
  });
  await makeSheet(recipe('ÉŠ'));
  return makeSheet(recipe('Sam Evans'));
}

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC';

/** An opened image remembers its object in the first document; in the second that number is something else. */
async function borrowedImage(): Promise<Buffer> {
  let image: unknown;
  const body = after((doc, root) => {
    image ??= doc.openImage(Buffer.from(PIXEL, 'base64'));
    const draw = () => doc.image(image as PDFKit.Mixins.ImageSrc, 100, 600, { width: 100, height: 50 });
    root.add(doc.struct('Figure', { alt: 'A bed', bbox: [100, 600, 200, 650] }, draw));
  });
  await makeSheet({ body });
  return makeSheet({ body });
}
