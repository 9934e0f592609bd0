// What is drawn, and in which colours, in; breaches of the rules about graphics out.
import type { Operation } from './content.ts';
import { type Finding, finding, type Subject } from './finding.ts';
import { type Dict, isStream, isText, nameOf, type Pdf, refOf, type Value } from './objects.ts';

/** ISO 32000-1, annex A. */
const OPERATORS = new Set(
  (
    "b B b* B* BDC BMC BT BX c cm CS cs d d0 d1 Do DP EMC ET EX f F f* G g gs h i j J K k l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' " +
    '"'
  ).split(' '),
);
const BLEND_MODES = new Set(
  'Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference Exclusion Hue Saturation Color Luminosity'.split(
    ' ',
  ),
);

export function* graphicsRules(subject: Subject): Generator<Finding> {
  yield* intentRules(subject);
  for (const { where, resources, operations } of subject.drawings) {
    yield* operatorRules(operations, where);
    yield* resourceRules(subject.pdf, resources, where);
  }
}

function* intentRules({ pdf, catalog, drawings }: Subject): Generator<Finding> {
  const intents = pdf.array(catalog.get('OutputIntents')).map((each) => pdf.dict(each));
  const intent = intents.find((each) => nameOf(each.get('S')) === 'GTS_PDFA1');
  const profile = pdf.get(intent ?? new Map(), 'DestOutputProfile');
  if (intent === undefined || !isStream(profile)) {
    const drawn = drawings.some(({ operations }) => operations.some(usesRgb)) ? ', although colours are drawn' : '';
    yield finding('A-2 6.2.3', 'catalog', `There is no PDF/A output intent with a colour profile${drawn}.`);
    return;
  }
  if (new Set(intents.map((each) => refOf(each.get('DestOutputProfile')))).size > 1)
    yield finding('A-2 6.2.3', 'catalog', 'Output intents differ in their colour profile.');
  if (!intents.every((each) => isText(pdf.get(each, 'OutputConditionIdentifier'))))
    yield finding('PDF 14.11.5', 'catalog', 'An output intent has no OutputConditionIdentifier.');
  const icc = pdf.data(profile);
  const says = (from: number, to: number) => icc.toString('latin1', from, to);
  const ok = says(36, 40) === 'acsp' && ['mntr', 'prtr'].includes(says(12, 16)) && (icc[8] ?? 9) < 5;
  if (!ok || icc.readUInt32BE(0) !== icc.length)
    yield finding('A-2 6.2.3', 'output intent', 'The colour profile is not an ICC profile for output.');
  // Our pages are drawn in RGB and grey, which only an RGB profile explains (A-2 6.2.4.3).
  if (says(16, 20) !== 'RGB ' || pdf.get(profile.dict, 'N') !== 3)
    yield finding('A-2 6.2.4.3', 'output intent', 'The colour profile is not one for RGB.');
}

const usesRgb = ({ operator, operands }: Operation): boolean =>
  operator === 'rg' || operator === 'RG' || (/^cs$/i.test(operator) && nameOf(operands[0]) === 'DeviceRGB');

function* operatorRules(operations: readonly Operation[], where: string): Generator<Finding> {
  let depth = 0;
  let deepest = 0;
  for (const { operator, operands } of operations) {
    if (operator === '') yield finding('PDF 7.8.2', where, 'The content ends in operands without an operator.');
    else if (!OPERATORS.has(operator)) yield finding('A-2 6.2.2', where, `There is no operator called ${operator}.`);
    if (/^k$/i.test(operator) || operands.some((each) => nameOf(each) === 'DeviceCMYK'))
      yield finding('A-2 6.2.4.3', where, 'Something is drawn in CMYK.');
    if (operands.flat().some((each) => isText(each) && each.oddHex))
      yield finding('A-2 6.1.6', where, 'Shown text is a hexadecimal string with an odd number of digits.');
    if (operator === 'q') deepest = Math.max(deepest, ++depth);
    if (operator === 'Q' && --depth < 0) {
      yield finding('PDF 8.4.2', where, 'A graphics state is restored (Q) that was not saved (q).');
      depth = 0;
    }
  }
  if (depth > 0) yield finding('PDF 8.4.2', where, `${depth} saved graphics states (q) are not restored (Q).`);
  if (deepest > 28) yield finding('A-2 6.1.13', where, 'Graphics states are nested more than 28 deep.');
}

function* resourceRules(pdf: Pdf, resources: Dict, where: string): Generator<Finding> {
  for (const [kind, value] of resources)
    if (['ColorSpace', 'Pattern', 'Shading'].includes(kind) && mentions(pdf, value, 'DeviceCMYK'))
      yield finding('A-2 6.2.4.3', where, `A ${kind} is in CMYK.`);
  for (const state of [...pdf.dict(resources.get('ExtGState')).values()].map((each) => pdf.dict(each))) {
    if (state.has('TR') || state.has('HTP')) yield finding('A-2 6.2.5', where, 'A graphics state has TR or HTP.');
    const modes = [state.get('BM') ?? []].flat().flatMap((mode) => nameOf(mode) ?? []);
    if (!modes.every((mode) => BLEND_MODES.has(mode)))
      yield finding('A-2 6.2.10', where, 'A graphics state has an unknown blend mode.');
  }
  for (const [name, value] of pdf.dict(resources.get('XObject'))) {
    const dict = pdf.dict(value);
    const place = `${where}, XObject ${name}`;
    if (!isStream(pdf.resolve(value)) || !['Image', 'Form'].includes(nameOf(dict.get('Subtype')) ?? ''))
      yield finding('PDF 8.8', place, 'It is neither an image nor a form.');
    for (const key of ['Ref', 'OPI', 'Alternates', 'PS'])
      if (dict.has(key)) yield finding('A-2 6.2.9', place, `An XObject has ${key}.`);
    if (pdf.get(dict, 'Interpolate') === true) yield finding('A-2 6.2.8', place, 'An image asks to be interpolated.');
    if (mentions(pdf, dict.get('ColorSpace'), 'DeviceCMYK'))
      yield finding('A-2 6.2.4.3', place, 'An image is in CMYK.');
  }
}

function mentions(pdf: Pdf, value: Value | undefined, name: string): boolean {
  const found = pdf.resolve(value);
  if (nameOf(found) === name) return true;
  const parts = Array.isArray(found) ? found : found instanceof Map ? [...found.values()] : [];
  return parts.some((each) => mentions(pdf, each, name));
}
