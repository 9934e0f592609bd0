// The catalog and the pages' dictionaries in, breaches of the rules about the document as a whole out.
import { type Finding, finding, type Subject } from './finding.ts';
import { isStream, nameOf, type Pdf, refOf } from './objects.ts';

export function* documentRules(subject: Subject): Generator<Finding> {
  yield* catalogRules(subject);
  yield* languageRules(subject);
  yield* pageRules(subject);
}

function* catalogRules({ pdf, catalog }: Subject): Generator<Finding> {
  const marks = pdf.dict(catalog.get('MarkInfo'));
  if (pdf.get(marks, 'Marked') !== true)
    yield finding('A-2 6.7.2.2', 'catalog', 'The document is not marked as tagged.');
  if (pdf.get(marks, 'Suspects') === true) yield finding('UA-1 7.1', 'catalog', 'The tags are marked as suspect.');
  if (pdf.get(pdf.dict(catalog.get('ViewerPreferences')), 'DisplayDocTitle') !== true)
    yield finding('UA-1 7.1', 'catalog', 'Viewers are not asked to show the title (DisplayDocTitle).');
  if (!catalog.has('StructTreeRoot')) yield finding('A-2 6.7.3.3', 'catalog', 'There is no structure tree.');
  if (!isStream(pdf.get(catalog, 'Metadata'))) yield finding('A-2 6.6.2.1', 'catalog', 'There is no XMP metadata.');
  if (catalog.has('OCProperties')) yield finding('A-2 6.9', 'catalog', 'There is optional content.');
  if (catalog.has('Requirements')) yield finding('A-2 6.11', 'catalog', 'The document makes requirements.');
  if (pdf.dict(catalog.get('Names')).has('AlternatePresentations'))
    yield finding('A-2 6.10', 'catalog', 'There are alternate presentations.');
}

/** UA-1 7.2 wants the language of all text known; A-2 6.7.4 wants every tag to be a real one. */
function* languageRules({ pdf, catalog, tree, pages }: Subject): Generator<Finding> {
  const lang = pdf.text(catalog, 'Lang');
  if (lang === undefined || lang === '') yield finding('UA-1 7.2', 'catalog', 'The document has no language.');
  const places: [string, string | undefined][] = [['catalog', lang]];
  for (const element of tree.elements) places.push([`object ${element.ref}`, pdf.text(element.dict, 'Lang')]);
  for (const page of pages)
    for (const { operator, operands } of page.operations) {
      const properties = operands[1];
      if (operator === 'BDC' && properties instanceof Map)
        places.push([`page ${page.number}`, pdf.text(properties, 'Lang')]);
    }
  for (const [where, tag] of places)
    if (tag !== undefined && !isLanguageTag(tag))
      yield finding('A-2 6.7.4', where, `"${tag}" is not a language tag of BCP 47.`);
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** Every node of the page tree knows its parent, and how many pages hang from it. */
function* nodeRules(pdf: Pdf, ref: number, parent: number | undefined): Generator<Finding, number> {
  const dict = pdf.dict({ kind: 'ref', id: ref });
  const where = `page tree (object ${ref})`;
  if (refOf(dict.get('Parent')) !== parent) yield finding('PDF 7.7.3.2', where, 'Parent does not lead to the parent.');
  if (nameOf(dict.get('Type')) !== 'Pages') return 1;
  let count = 0;
  for (const kid of pdf.array(dict.get('Kids'))) count += yield* nodeRules(pdf, refOf(kid) ?? 0, ref);
  if (dict.get('Count') !== count) yield finding('PDF 7.7.3.2', where, `Count is not the ${count} pages below it.`);
  return count;
}

function* pageRules({ pdf, pages, catalog }: Subject): Generator<Finding> {
  yield* nodeRules(pdf, refOf(catalog.get('Pages')) ?? 0, undefined);
  if (pages.length === 0) yield finding('PDF 7.7.3', 'catalog', 'There are no pages.');
  for (const { number, dict } of pages) {
    const where = `page ${number}`;
    // UA-1 7.18.3 asks this of pages with annotations; we write it on every page.
    if (nameOf(dict.get('Tabs')) !== 'S')
      yield finding('UA-1 7.18.3', where, 'Tab order does not follow the structure.');
    if (!dict.has('Resources')) yield finding('A-2 6.2.2', where, 'The page has no resources of its own.');
    if (dict.has('PresSteps')) yield finding('A-2 6.10', where, 'The page has presentation steps.');
    const [left = 0, bottom = 0, right = 0, top = 0] = pdf.numbers(dict.get('MediaBox'));
    if ([right - left, top - bottom].some((side) => !(side >= 3 && side <= 14400)))
      yield finding('A-2 6.1.13', where, 'The page is not between 3 and 14,400 points in width and height.');
  }
}
