// The form's fields in, breaches of the rules about fields people fill in on screen out.
import { type Finding, finding, type Subject } from './finding.ts';
import { type Dict, nameOf, type Pdf, refOf, type Value } from './objects.ts';

export function* formRules({ pdf, catalog, pages }: Subject): Generator<Finding> {
  const form = pdf.dict(catalog.get('AcroForm'));
  if (pdf.get(form, 'NeedAppearances') === true)
    yield finding('A-2 6.4.1', 'form', 'Viewers are asked to draw the fields themselves (NeedAppearances).');
  if (form.has('XFA')) yield finding('A-2 6.4.2', 'form', 'There is an XFA form.');

  const known = new Set<number>();
  for (const field of pdf.array(form.get('Fields'))) collect(pdf, field, known);
  yield* nameRules(pdf, pdf.array(form.get('Fields')));
  for (const page of pages)
    for (const value of pdf.array(page.dict.get('Annots'))) {
      const dict = pdf.dict(value);
      if (nameOf(dict.get('Subtype')) !== 'Widget') continue;
      const where = `page ${page.number}, field (object ${refOf(value)})`;
      yield* widgetRules(pdf, dict, known.has(refOf(value) ?? 0), where);
      yield* typedRules(pdf, dict, form, where);
    }
}

/** Two fields of one name are one field to a viewer: what is typed into one appears in the other. */
function* nameRules(pdf: Pdf, fields: readonly Value[]): Generator<Finding> {
  const names = fields.map((field) => pdf.text(pdf.dict(field), 'T') ?? '');
  if (names.some((name) => name === '')) yield finding('PDF 12.7.3.2', 'form', 'A field has no name (T).');
  if (new Set(names).size < names.length) yield finding('PDF 12.7.3.2', 'form', 'Two fields have one name (T).');
}

/** A viewer sets what is typed in the font that DA names; without it the text would be set in one that is not there. */
function* typedRules(pdf: Pdf, dict: Dict, form: Dict, where: string): Generator<Finding> {
  const type = inheritedValue(pdf, dict, 'FT');
  if (type === undefined) yield finding('PDF 12.7.3.1', where, 'The field has no type (FT).');
  if (nameOf(type) !== 'Tx') return;
  const look = inherited(pdf, dict, 'DA') ?? pdf.text(form, 'DA') ?? '';
  const [, font = ''] = /\/(\S+) [\d.]+ Tf/u.exec(look) ?? [];
  const fonts = pdf.dict(pdf.dict(form.get('DR')).get('Font'));
  if (!fonts.has(font)) return yield finding('PDF 12.7.3.3', where, 'The font of typed text (DA) is not in DR.');
  if (!isEmbedded(pdf, pdf.dict(fonts.get(font))))
    yield finding('A-2 6.2.11.4.1', where, 'The font of typed text is not embedded.');
}

function isEmbedded(pdf: Pdf, font: Dict): boolean {
  const [descendant] = pdf.array(font.get('DescendantFonts'));
  const descriptor = pdf.dict((descendant === undefined ? font : pdf.dict(descendant)).get('FontDescriptor'));
  return ['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor.has(key));
}

function collect(pdf: Pdf, field: Value, known: Set<number>): void {
  known.add(refOf(field) ?? 0);
  for (const kid of pdf.array(pdf.dict(field).get('Kids'))) collect(pdf, kid, known);
}

function* widgetRules(pdf: Pdf, dict: Dict, known: boolean, where: string): Generator<Finding> {
  if (!known) yield finding('PDF 12.7.2', where, 'The field is not in the form.');
  if (!inherited(pdf, dict, 'TU')?.trim()) yield finding('UA-1 7.18.1', where, 'The field has no label (TU).');
  if (dict.has('A') || dict.has('AA')) yield finding('A-2 6.4.1', where, 'The field has an action.');
}

function inherited(pdf: Pdf, dict: Dict, key: string): string | undefined {
  return pdf.text(dict, key) ?? (dict.has('Parent') ? inherited(pdf, pdf.dict(dict.get('Parent')), key) : undefined);
}

function inheritedValue(pdf: Pdf, dict: Dict, key: string): Value | undefined {
  if (dict.has(key)) return dict.get(key);
  return dict.has('Parent') ? inheritedValue(pdf, pdf.dict(dict.get('Parent')), key) : undefined;
}
