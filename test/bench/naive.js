// The yardstick: the same handout by PDFKit's own means, one new document per client. A sheet, a name and a note in, a PDF out.
// Written as its documentation shows it and as fast as that goes: fonts read once, no doc.table, content merged beforehand.
import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';

const FAMILY = 'AtkinsonHyperlegibleNext';
const FONTS = new Map(
  ['Regular', 'Bold', 'Italic', 'BoldItalic'].map((style) => [
    style,
    readFileSync(new URL(`../../fonts/${FAMILY}-${style}.ttf`, import.meta.url)),
  ]),
);
/** Marks that the product's sheet carries for its own layout. */
const ISOLATES = /[\u2066-\u2069]/gu;

/** `sheet` and `theme` are the product's: the same words, sizes and columns. `{client}` and `{note}` in the sheet are replaced. */
export async function naiveHandout(sheet, theme, { client, note, date }) {
  const doc = newDocument(sheet, theme, date);
  const bytes = collected(doc);
  const root = doc.struct('Document');
  doc.addStructure(root);
  const page = { doc, theme, fill: (text) => text.replace('{client}', client).replace('{note}', note) };
  const frame = { x: theme.text.x, width: theme.text.width };
  sheet.blocks.forEach((block, index) => {
    if (index > 0) doc.y += block.kind === 'section' ? theme.space.section : theme.space.paragraph;
    draw(block, root, frame, page);
  });
  drawFeet(sheet, page);
  root.end();
  const pages = doc.bufferedPageRange().count;
  doc.end();
  return { pdf: await bytes, pages };
}

function newDocument({ title, lang }, { page, text }, date) {
  const { width, height, top, bottom } = page;
  const doc = new PDFDocument({
    size: [width, height],
    margins: { top, bottom, left: text.x, right: width - text.x - text.width },
    pdfVersion: '1.7',
    subset: 'PDF/A-2a',
    tagged: true,
    lang,
    displayTitle: true,
    bufferPages: true,
    font: null,
    info: { Title: title, CreationDate: new Date(`${date}T12:00:00Z`) },
  });
  for (const [style, bytes] of FONTS) doc.registerFont(style, bytes);
  doc.appendXML(
    '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>',
  );
  return doc;
}

function draw(block, parent, frame, page) {
  const { doc, theme } = page;
  switch (block.kind) {
    case 'masthead':
      write([...block.name, { text: ' ' }, ...block.contact], 'P', theme.small, parent, frame, page);
      break;
    case 'heading':
      if (block.level === 1) doc.outline.addItem(plain(block.inlines), { expanded: true });
      write(block.inlines, `H${block.level}`, block.level === 1 ? theme.title : theme.subheading, parent, frame, page);
      break;
    case 'paragraph':
      write(block.inlines, 'P', theme[block.style === 'for' ? 'lead' : block.style] ?? theme.body, parent, frame, page);
      break;
    case 'section':
      drawSection(block, parent, frame, page);
      break;
    case 'box':
      drawBox(block, parent, frame, page);
      break;
    case 'list':
      drawList(block, parent, frame, page);
      break;
    case 'table':
      drawTable(block, parent, frame, page);
      break;
    case 'lines':
      drawLines(block, parent, frame, page);
      break;
    default:
      throw new Error(`The naive handout has no ${block.kind}; choose sections without one.`);
  }
}

function drawAll(blocks, parent, frame, page) {
  blocks.forEach((block, index) => {
    if (index > 0) page.doc.y += page.theme.space.paragraph;
    draw(block, parent, frame, page);
  });
}

/** The heading hangs beside the text. */
function drawSection({ heading, blocks }, parent, frame, page) {
  const { doc, theme } = page;
  if (doc.y + 5 * theme.body.leading > doc.page.maxY()) doc.addPage();
  const section = doc.struct('Sect');
  parent.add(section);
  doc.outline.addItem(plain(heading));
  const top = doc.y;
  write(heading, 'H2', theme.heading, section, theme.margin, page);
  doc.y = top;
  drawAll(blocks, section, frame, page);
  section.end();
}

/** A frame round what was written, where it stayed on one page. */
function drawBox({ blocks }, parent, frame, page) {
  const { doc, theme } = page;
  const { page: before, y: top } = doc;
  const box = doc.struct('Div');
  parent.add(box);
  drawAll(blocks, box, frame, page);
  box.end();
  if (doc.page !== before) return;
  const around = { x: frame.x - theme.padding, width: frame.width + 2 * theme.padding, height: doc.y - top + 8 };
  decorate(doc, () =>
    doc
      .rect(around.x, top - 4, around.width, around.height)
      .lineWidth(0.9)
      .stroke(),
  );
}

function drawList({ marker, items }, parent, frame, page) {
  const { doc, theme } = page;
  const list = doc.struct('L');
  parent.add(list);
  const inner = { x: frame.x + theme.indent, width: frame.width - theme.indent };
  items.forEach((blocks, index) => {
    const item = doc.struct('LI');
    list.add(item);
    if (doc.y + theme.body.leading > doc.page.maxY()) doc.addPage();
    const top = doc.y;
    const label = marker === 'number' ? `${index + 1}.` : '•';
    const style = blocks[0].style === 'small' ? theme.small : theme.body;
    if (marker === 'check') decorate(doc, () => doc.rect(frame.x, top + 3, 10, 10).stroke());
    else write([{ text: label }], 'Lbl', style, item, { x: frame.x, width: 40 }, page);
    doc.y = top;
    const body = doc.struct('LBody');
    item.add(body);
    drawAll(blocks, body, inner, page);
    body.end();
    item.end();
  });
  list.end();
}

function drawTable({ head, rows }, parent, frame, page) {
  const { doc, theme } = page;
  const table = doc.struct('Table');
  parent.add(table);
  const width = frame.width / head.length;
  [head, ...rows].forEach((cells, index) => {
    const row = doc.struct('TR');
    table.add(row);
    const top = doc.y;
    let bottom = top;
    cells.forEach((inlines, column) => {
      doc.y = top;
      const style = index === 0 ? { ...theme.body, face: 'bold' } : theme.body;
      const cell = { x: frame.x + column * width, width: width - 12 };
      write(inlines, index === 0 ? 'TH' : 'TD', style, row, cell, page);
      bottom = Math.max(bottom, doc.y);
    });
    doc.y = bottom + theme.space.item;
    row.end();
  });
  table.end();
}

function drawLines({ count, label }, parent, frame, page) {
  const { doc, theme } = page;
  write(label, 'P', theme.body, parent, frame, page);
  for (let line = 0; line < count; line++) {
    doc.y += theme.writing;
    const { y } = doc;
    decorate(doc, () =>
      doc
        .moveTo(frame.x, y)
        .lineTo(frame.x + frame.width, y)
        .lineWidth(0.6)
        .stroke(),
    );
  }
}

function decorate(doc, drawing) {
  doc.markContent('Artifact');
  drawing();
  doc.endMarkedContent();
}

/** One structure element with its runs, each in its own face, one continuing the other. */
function write(inlines, type, style, parent, { x, width }, { doc, fill }) {
  if (inlines.length === 0) return;
  parent.add(
    doc.struct(type, {}, () => {
      inlines.forEach(({ text, bold, italic, link, breakAfter }, index) => {
        const heavy = bold || style.face === 'bold';
        doc.font(heavy ? (italic ? 'BoldItalic' : 'Bold') : italic ? 'Italic' : 'Regular').fontSize(style.size);
        const options = {
          width,
          lineGap: style.leading - doc.currentLineHeight(),
          continued: index < inlines.length - 1 && !breakAfter,
          link: link ?? null,
          underline: link !== undefined,
        };
        const words = fill(text.replace(ISOLATES, ''));
        if (index === 0) doc.text(words, x, doc.y, options);
        else doc.text(words, options);
      });
    }),
  );
}

function drawFeet({ foot, pageWords }, { doc, theme }) {
  const { count } = doc.bufferedPageRange();
  for (let index = 0; index < count; index++) {
    doc.switchToPage(index);
    // Else pdfkit would start a new page for text in the bottom margin.
    doc.page.margins.bottom = 0;
    const x = theme.margin.x;
    const width = theme.text.x + theme.text.width - x;
    const words = pageWords.replace('{page}', index + 1).replace('{pages}', count);
    doc.markContent('Artifact', { type: 'Pagination' });
    doc.font('Regular').fontSize(theme.foot.size);
    doc.text(foot.join(' · '), x, theme.footBaseline - theme.foot.size, { width, lineBreak: false });
    doc.text(words, x, theme.footBaseline - theme.foot.size, { width, align: 'right', lineBreak: false });
    doc.endMarkedContent();
  }
}

function plain(inlines) {
  return inlines.map(({ text }) => text.replace(ISOLATES, '')).join('');
}

function collected(doc) {
  const chunks = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}
