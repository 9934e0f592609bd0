// A PDF in; what poppler makes of it out: text, structure, page count, pictures. Poppler is the reader that decides.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wordsOf } from '../torture/read-back.js';

/** The text in reading order; with `layout` as it stands on the page. */
export function popplerText(
  pdf: Buffer,
  { layout = false, password }: { layout?: boolean; password?: string } = {},
): string {
  const flags = [...(layout ? ['-layout'] : []), ...(password === undefined ? [] : ['-upw', password])];
  return run('pdftotext', [...flags, '-enc', 'UTF-8', '-', '-'], pdf);
}

/** The words as they are drawn. Without the structure tree poppler needs a tenth of the time, which tells in a print file. */
export async function popplerWords(pdf: Buffer): Promise<string> {
  const [words] = await wordsOf([{ pdf, pages: pageCount(pdf) }]);
  return words!;
}

/** The structure tree, one element a line, with its texts. */
export function popplerStructure(pdf: Buffer, { password }: { password?: string } = {}): string {
  const flags = password === undefined ? [] : ['-upw', password];
  return run('pdfinfo', [...flags, '-enc', 'UTF-8', '-struct-text', '-'], pdf);
}

export function pageCount(pdf: Buffer): number {
  return Number(/^Pages:\s+(\d+)$/m.exec(run('pdfinfo', ['-'], pdf))?.[1]);
}

/** All of them, or so many from the first on. */
export function pagesAsPng(pdf: Buffer, dpi: number, most?: number): Buffer[] {
  const folder = mkdtempSync(join(tmpdir(), 'pages-'));
  try {
    const last = most === undefined ? [] : ['-l', String(most)];
    run('pdftoppm', ['-png', '-r', String(dpi), ...last, '-', join(folder, 'page')], pdf);
    // pdftoppm pads page numbers to one width, so names sort as pages do.
    const names = readdirSync(folder).sort();
    return names.map((name) => readFileSync(join(folder, name)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(command: string, args: string[], input: Buffer): string {
  try {
    return execFileSync(command, args, { input, maxBuffer: 2 ** 28, stdio: ['pipe', 'pipe', 'pipe'] }).toString('utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    throw new Error(`${command} is not installed; these tests need it. Install poppler (Debian: poppler-utils).`);
  }
}
