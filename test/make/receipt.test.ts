// The lines for the chart: what was given, by whom and when, provable and without the client.
import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { receiptOf } from '../../src/make/receipt.ts';
import { aChoice, aLibrary, anArticle, aPractice, aSection } from '../support/builders.ts';

const MADE = { pdf: Buffer.from('%PDF-1.7'), pages: 2, size: 12, title: 'Finding calm', sections: ['second', 'first'] };
const receipt = (choice: Record<string, unknown> = {}, practice = aPractice(), made = MADE) =>
  receiptOf(made, aChoice(choice), aLibrary(), practice, '0.4.0');

describe('a receipt', () => {
  it('says what was given, when, by whom, in which edition and looks, and how to prove it', () => {
    expect(receipt()).toEqual([
      'Given on 2026-11-23 by Dr Lee: “Finding calm”, version 1.0.0 (en), 2 pages, Letter.',
      'Sections: Title of second; Title of first.',
      `SHA-256 of the PDF: ${createHash('sha256').update(MADE.pdf).digest('hex')}`,
      'Made by Keepsake 0.4.0. The same version, request, article and letterhead give the same bytes; a copy protected by a password has others.',
    ]);
  });

  it('names every look', () => {
    const looks = {
      paper: 'a4',
      largePrint: true,
      inkSaving: true,
      binder: true,
      discreet: true,
      fillable: false,
      fit: 1,
    };
    const [line] = receipt(looks, aPractice({ clinician: '' }), { ...MADE, pages: 1, size: 11 });
    expect(line).toBe(
      'Given on 2026-11-23: “Finding calm”, version 1.0.0 (en), 1 page, A4, large print, ink-saving, binder margin, discreet, lines only, to fit one page at 11 pt.',
    );
  });

  it('says so where it did not fit', () => {
    const lines = (pages: number, fit: number) => receipt({ fit }, aPractice(), { ...MADE, pages, size: 11 })[0];
    expect(lines(7, 2)).toContain('7 pages, Letter, too long to fit two pages, at 11 pt.');
    expect(lines(2, 1)).toContain('2 pages, Letter, too long to fit one page, at 11 pt.');
    expect(lines(2, 2)).toContain('2 pages, Letter, to fit two pages at 11 pt.');
    expect(lines(1, 2)).toContain('1 page, Letter, to fit two pages at 11 pt.');
  });

  it('names what a discreet page has in place of a section, as it stands there', () => {
    const quiet = aSection('first', { title: 'Your safety matters' });
    const articles = [anArticle({ sections: [aSection('first', { discreet: quiet })] })];
    const lines = (discreet: boolean) =>
      receiptOf({ ...MADE, sections: ['first'] }, aChoice({ discreet }), aLibrary({ articles }), aPractice(), '0.4.0');
    expect(lines(true)[1]).toBe('Sections: Your safety matters.');
    expect(lines(false)[1]).toBe('Sections: Title of first.');
  });

  it('says that words were written, never which, and never to whom', () => {
    const lines = receipt({ client: 'Zaphodia', note: 'Qwertz', plan: 'Qwertz', clinician: 'Sam Poe' });
    expect(lines[0]).toContain('by Sam Poe');
    expect(lines[1]).toContain('With words to the client: a note, “What I will try, and when”.');
    expect(lines.join('\n')).not.toMatch(/Zaphodia|Qwertz/u);
    expect(lines).toHaveLength(4);
  });
});
