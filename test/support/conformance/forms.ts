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
  for (const page of pages)
    for (const value of pdf.array(page.dict.get('Annots'))) {
      const dict = pdf.dict(value);
      if (nameOf(dict.get('Subtype')) !== 'Widget') continue;
      yield* widgetRules(
        pdf,
        dict,
        known.has(refOf(value) ?? 0),
        `page ${page.number}, field (object ${refOf(value)})`,
      );
    }
}

function collect(pdf: Pdf, field: Value, known: Set<number>): void {
  known.add(refOf(field) ?? 0);
  for (const kid of pdf.array(pdf.dict(field).get('Kids'))) collect(pdf, kid, known);
}

function* widgetRules(pdf: Pdf, dict: Dict, known: boolean, where: string): Generator<Finding> {
  if (!known) yield finding('PDF 12.7.2', where, 'The field is not in the form.');
  if (!inherited(pdf, dict, 'TU')?.trim()) yield finding('UA-1 7.18.1', where, 'The field has no label (TU).');
  if (dict.has('A')) yield finding('A-2 6.4.1', where, 'The field has an action.');
}

function inherited(pdf: Pdf, dict: Dict, key: string): string | undefined {
  return pdf.text(dict, key) ?? (dict.has('Parent') ? inherited(pdf, pdf.dict(dict.get('Parent')), key) : undefined);
}
