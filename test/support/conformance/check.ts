// Bytes of a PDF in, every breach of PDF/UA-1 and PDF/A-2a found in it out; an empty list is a pass.
import { annotationRules } from './annotations.ts';
import { readDrawings, readPages } from './content.ts';
import { documentRules } from './document.ts';
import { readPdf } from './file.ts';
import { bytesRules, encryptionRules, objectRules } from './file-rules.ts';
import type { Finding, Rule, Subject } from './finding.ts';
import { fontRules } from './fonts.ts';
import { formRules } from './forms.ts';
import { graphicsRules } from './graphics.ts';
import { markingRules } from './marking.ts';
import { metadataRules } from './metadata.ts';
import { nestingRules } from './nesting.ts';
import { outlineRules } from './outline.ts';
import { structureRules } from './structure.ts';
import { readTree } from './tree.ts';
import { wordRules } from './words.ts';

export type { Finding } from './finding.ts';

const RULES: readonly Rule[] = [
  documentRules,
  metadataRules,
  objectRules,
  graphicsRules,
  markingRules,
  structureRules,
  nestingRules,
  annotationRules,
  formRules,
  outlineRules,
  fontRules,
  wordRules,
];

export function checkConformance(bytes: Buffer): Finding[] {
  const pdf = readPdf(bytes);
  const found = [...bytesRules(pdf), ...encryptionRules(pdf)];
  // Strings and streams of an encrypted file can't be read, so nothing more can be said about it.
  if (pdf.trailer.has('Encrypt')) return found;

  const catalog = pdf.dict(pdf.trailer.get('Root'));
  const info = pdf.dict(pdf.trailer.get('Info'));
  const pages = readPages(pdf, catalog);
  const drawings = readDrawings(pdf, pages);
  const tree = readTree(pdf, catalog);
  const subject: Subject = { pdf, catalog, info, pages, drawings, tree };
  for (const rule of RULES) found.push(...rule(subject));
  return found;
}
