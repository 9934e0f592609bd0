// Lines of text in, a small tagged PDF with one line under the other out: the typefaces and nothing else of ours.
import PDFDocument from 'pdfkit';
import type { FaceName } from '../../src/layout/page.ts';
import { countIn, fontResources, type UsedGlyphs } from '../../src/pdf/embed.ts';
import type { GlyphRun, Typefaces } from '../../src/pdf/glyphs.ts';

const SIZE = 20;
const LINE = 36;

/** Runs of one direction, in the order in which they stand on the page. */
export interface SheetLine {
  face: FaceName;
  pieces: readonly { text: string; rtl: boolean }[];
}

export async function lineSheet(typefaces: Typefaces, lines: readonly SheetLine[]): Promise<Buffer> {
  // Standard fonts never come in: `font: null` keeps pdfkit from opening one, but its types do not know that.
  const options = { pdfVersion: '1.7', tagged: true, lang: 'en', autoFirstPage: false, font: null };
  const info = { CreationDate: new Date('2026-11-23T12:00:00Z') };
  const doc = new PDFDocument({
    ...options,
    info,
    size: [900, LINE * (lines.length + 2)],
  } as unknown as PDFKit.PDFDocumentOptions);
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => doc.on('end', resolve));

  doc.addPage();
  const used: UsedGlyphs = new Map();
  const root = doc.struct('Document');
  doc.addStructure(root);
  lines.forEach((line, i) => {
    const content = doc.markStructureContent('P');
    doc.addContent(drawLine(typefaces, line, LINE * (i + 1), used));
    doc.endMarkedContent();
    root.add(doc.struct('P', {}, [content]));
  });
  root.end();
  Object.assign(doc.page.fonts, Object.fromEntries(fontResources(doc, typefaces, used)));
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}

function drawLine(typefaces: Typefaces, line: SheetLine, y: number, used: UsedGlyphs): string {
  let x = 40;
  return line.pieces
    .flatMap(({ text, rtl }) => typefaces.shape(text, line.face, rtl).runs)
    .map((run) => {
      countIn(used, run);
      const drawn = drawRun(run, x, y);
      x += (run.width * SIZE) / 1000;
      return drawn;
    })
    .join('');
}

function drawRun(run: GlyphRun, x: number, y: number): string {
  const shown = run.parts.map(({ rise, tj }) => `${(rise * SIZE) / 1000} Ts [${tj}] TJ`).join(' ');
  const text = `BT /${run.font} ${SIZE} Tf 1 0 0 -1 ${x} ${y} Tm ${shown} ET\n`;
  if (run.actualText === undefined) return text;
  const said = Buffer.from(`\ufeff${run.actualText}`, 'utf16le').swap16().toString('hex');
  return `/Span <</ActualText <${said}>>> BDC\n${text}EMC\n`;
}
