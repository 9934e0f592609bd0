import { describe, expect, it } from '@jest/globals';
import { BAD_PDFS } from '../support/bad-pdfs.ts';
import { checkConformance } from '../support/conformance/check.ts';
import { pdfjsStructure, pdfjsText } from '../support/pdfjs.ts';
import { pageCount, pagesAsPng, popplerStructure, popplerText } from '../support/poppler.ts';
import { hasQpdf, qpdfComplaints } from '../support/qpdf.ts';
import { fieldBody, makeSheet, mapGlyphs, sharedStreamBody } from '../support/sheet.ts';
import { hasVerapdf, verapdfFailures } from '../support/verapdf.ts';

describe('the conformance checker', () => {
  it('finds nothing in a sound PDF', async () => {
    expect(checkConformance(await makeSheet())).toEqual([]);
  });

  it('finds nothing in a sound PDF with fields to fill in', async () => {
    expect(checkConformance(await makeSheet({ body: fieldBody }))).toEqual([]);
  });

  it('finds nothing in a sound PDF whose pages share a content stream', async () => {
    expect(checkConformance(await makeSheet({ body: sharedStreamBody }))).toEqual([]);
  });

  it('finds nothing in a sound PDF whose fonts map codes to glyphs by a stream', async () => {
    const same = (code: number) => code;
    expect(checkConformance(await makeSheet({ finish: (doc) => mapGlyphs(doc, same) }))).toEqual([]);
  });

  it.each(BAD_PDFS)('fails a PDF for: $defect', async ({ clauses, make }) => {
    const found = checkConformance(await make());
    expect([...new Set(found.map(({ clause }) => clause))].sort()).toEqual([...clauses].sort());
  });

  it('says what is wrong and where', async () => {
    const untagged = BAD_PDFS.find(({ defect }) => defect.startsWith('drawing that is neither'));
    expect(checkConformance((await untagged?.make()) ?? Buffer.alloc(0))).toEqual([
      { clause: 'UA-1 7.1', where: 'page 1', message: '1 things are drawn that are neither tagged nor artifacts.' },
    ]);
  });

  it('refuses a file it can not read instead of passing it', async () => {
    const sheet = await makeSheet();
    expect(() => checkConformance(Buffer.from('%PDF-1.7\n'))).toThrow('does not end in startxref');
    expect(() =>
      checkConformance(Buffer.from(sheet.toString('latin1').replace('xref\n0', 'xxxx\n0'), 'latin1')),
    ).toThrow('classic cross-reference tables only');
    expect(() =>
      checkConformance(Buffer.concat([sheet.subarray(0, 20), Buffer.from(' '), sheet.subarray(20)])),
    ).toThrow();
  });
});

describe('other judges of the sound PDF', () => {
  it('poppler reads its text, structure and pages back', async () => {
    const pdf = await makeSheet();
    expect(popplerText(pdf)).toContain('For Zoë Łukasiewicz, with éclairs in the office.');
    expect(popplerText(pdf, { layout: true })).toContain('Eight hours');
    expect(popplerStructure(pdf)).toMatch(/^Document\n {2}H1 \(block\)\n {4}"Sleep & rest"/);
    expect(pageCount(pdf)).toBe(2);
    expect(pagesAsPng(pdf, 20).map((png) => png.toString('latin1', 1, 4))).toEqual(['PNG', 'PNG']);
  });

  it('pdf.js reads its text and structure back', async () => {
    const pdf = await makeSheet();
    expect((await pdfjsText(pdf))[0]).toContain('For Zoë Łukasiewicz, with éclairs in the office.');
    const [first] = await pdfjsStructure(pdf);
    expect(first?.children[0]?.role).toBe('Document');
    expect(first?.children[0]?.children.map(({ role }) => role)).toEqual([
      'H1',
      'P',
      'H2',
      'L',
      'Table',
      'Figure',
      'P',
    ]);
    expect(first?.children[0]?.children[5]?.alt).toBe('A bed under a window');
  });

  // Second opinions, where the machine has them; the checker above is the one that must be there.
  if (hasQpdf)
    it('qpdf finds no syntax errors', async () => {
      expect(qpdfComplaints(await makeSheet())).toBe('');
    });

  if (hasVerapdf)
    it.each(['ua1', '2a'] as const)('veraPDF passes it as %s', async (flavour) => {
      expect(verapdfFailures(await makeSheet(), flavour)).toEqual([]);
      expect(verapdfFailures(await makeSheet({ body: fieldBody }), flavour)).toEqual([]);
    });
});
