// A text with its place in, the operators that show its glyphs out; what is read differently says so.
import type { TextMark } from '../layout/page.ts';
import type { PageNotes } from './content.ts';
import { countIn } from './embed.ts';
import type { GlyphRun, Typefaces } from './glyphs.ts';
import { ink, num } from './ink.ts';

interface DrawnText {
  operators: string;
  /** What is read instead of the glyphs, or null. */
  actual: string | null;
}

/** Runs that are read as they stand are drawn together; each of the others by itself. */
export function drawText(mark: TextMark, page: PageNotes, typefaces: Typefaces, keep: boolean): DrawnText[] {
  const { text, face, size, colour, y, rtl } = mark;
  const out: DrawnText[] = [];
  let x = mark.x;
  for (const run of typefaces.shape(text, face, rtl, keep).runs) {
    countIn(page.glyphs, run);
    const last = out.at(-1);
    const glyphs = drawGlyphs(run, size);
    if (last !== undefined && last.actual === null && run.actualText === undefined) last.operators += `\n${glyphs}`;
    else
      out.push({
        operators: `${ink(page.palette, colour, 'rg')} 1 0 0 1 ${num(x)} ${num(page.height - y)} Tm\n${glyphs}`,
        actual: run.actualText ?? null,
      });
    x += (run.width * size) / 1000;
  }
  return out;
}

function drawGlyphs({ font, parts }: GlyphRun, size: number): string {
  const out = [`/${font} ${num(size)} Tf`];
  let rise = 0;
  for (const part of parts) {
    if (part.rise !== rise) out.push(`${num((part.rise * size) / 1000)} Ts`);
    rise = part.rise;
    out.push(`[${part.tj}] TJ`);
  }
  if (rise !== 0) out.push('0 Ts');
  return out.join('\n');
}

/** UTF-16BE with its byte order mark, in hexadecimal (ISO 32000-1, 7.9.2.2). */
export function utf16(text: string): string {
  return `FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}`;
}
