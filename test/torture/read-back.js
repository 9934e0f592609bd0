// Rows in, a word of its own for each out; PDFs in, what a reader finds in them out, many at a time.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Letters that no reader parts: poppler sees a gap where a `j` reaches back under a `q`. */
const LETTERS = 'abcdeghkmnoprsuv';

/** A word that stands in no article, another one for each number: `zqaaaab`. */
export const tokenOf = (number) =>
  `zq${number
    .toString(16)
    .padStart(5, '0')
    .replace(/./g, (digit) => LETTERS[Number.parseInt(digit, 16)])}`;

export const tokensIn = (text) => [...new Set(text.match(/zq[a-z]{5}/g))];

/**
 * The words of each PDF, as poppler reads them, a form feed between the pages. Joined by qpdf, which leaves the structure trees
 * behind: without them poppler reads ten times as fast.
 */
export async function wordsOf(files) {
  const folder = mkdtempSync(join(tmpdir(), 'keepsake-read-'));
  try {
    const names = files.map(({ pdf }, at) => {
      const name = join(folder, `${at}.pdf`);
      writeFileSync(name, pdf);
      return name;
    });
    const whole = join(folder, 'whole.pdf');
    await run('qpdf', ['--empty', '--pages', ...names, '--', whole]);
    const { stdout } = await run('pdftotext', ['-enc', 'UTF-8', whole, '-'], { maxBuffer: 2 ** 28 });
    const pages = stdout.split('\f');
    const texts = files.map((file) => pages.splice(0, file.pages).join('\f'));
    if (pages.join('') !== '') throw new Error('There are more pages than were told.');
    return texts;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
