// The file as bytes and objects in, breaches of the rules about syntax, encryption and limits out.
import { type Finding, finding, type Subject } from './finding.ts';
import { type Dict, isStream, isText, nameOf, type Pdf, refOf, type Value } from './objects.ts';

export function* bytesRules(pdf: Pdf): Generator<Finding> {
  const head = pdf.bytes.toString('latin1', 0, 32);
  // The clause allows 1.0 to 1.7; everything we write is 1.7, and PDFKit writes no XMP below 1.4.
  if (!/^%PDF-1\.7[\r\n]/.test(head)) yield finding('A-2 6.1.2', 'header', 'The file is not headed %PDF-1.7.');
  if (!/^%PDF-\d\.\d\r?\n?%[\x80-\xff]{4}/.test(head))
    yield finding('A-2 6.1.2', 'header', 'No comment of four binary bytes follows the header.');
  if (!/%%EOF(\r|\n|\r\n)?$/.test(pdf.bytes.toString('latin1', pdf.bytes.length - 8)))
    yield finding('A-2 6.1.3', 'end of file', 'Something follows %%EOF.');
  const ids = pdf.array(pdf.trailer.get('ID'));
  if (ids.length !== 2 || !ids.every((id) => isText(id) && id.bytes.length > 0))
    yield finding('A-2 6.1.3', 'trailer', 'The trailer has no file ID.');
}

export function* encryptionRules(pdf: Pdf): Generator<Finding> {
  if (!pdf.trailer.has('Encrypt')) return;
  yield finding('A-2 6.1.3', 'trailer', 'The file is encrypted.');
  const permissions = Number(pdf.get(pdf.dict(pdf.trailer.get('Encrypt')), 'P'));
  if ((permissions & 512) === 0)
    yield finding('UA-1 7.16', 'encryption', 'Screen readers are not permitted to read the text (bit 10 of P).');
}

/** A-2 6.5.1 and 6.5.2; JavaScript may also hide in the name dictionary. */
const FORBIDDEN_ACTIONS = new Set(
  'Launch Sound Movie ResetForm ImportData Hide SetOCGState Rendition Trans GoTo3DView JavaScript'.split(' '),
);

export function* objectRules({ pdf }: Subject): Generator<Finding> {
  const roots: [string, Value | undefined][] = [
    ['catalog', pdf.trailer.get('Root')],
    ['document information', pdf.trailer.get('Info')],
  ];
  const seen = new Set<number>();
  for (const [where, root] of roots) yield* walk(pdf, root, where, seen);
}

/** Everything that can be reached from a value, once. */
function* walk(pdf: Pdf, value: Value | undefined, where: string, seen: Set<number>): Generator<Finding> {
  const id = refOf(value);
  if (id !== undefined) {
    if (seen.has(id)) return;
    seen.add(id);
    // 7.3.10 lets a missing object read as null; in our files it is content that got lost.
    if (!pdf.objects.has(id)) yield finding('PDF 7.3.10', where, `Object ${id} is referred to and is not in the file.`);
    else yield* walk(pdf, pdf.objects.get(id), `object ${id}`, seen);
    return;
  }
  if (isText(value)) yield* stringRules(value.bytes, value.oddHex, where);
  else if (isStream(value)) {
    yield* streamRules(value.dict, where);
    for (const each of value.dict.values()) yield* walk(pdf, each, where, seen);
  } else if (Array.isArray(value)) for (const each of value) yield* walk(pdf, each, where, seen);
  else if (value instanceof Map) {
    yield* dictRules(pdf, value, where);
    for (const each of value.values()) yield* walk(pdf, each, where, seen);
  }
}

function* stringRules(bytes: Buffer, oddHex: boolean, where: string): Generator<Finding> {
  if (oddHex) yield finding('A-2 6.1.6', where, 'A hexadecimal string has an odd number of digits.');
  if (bytes.length > 32767) yield finding('A-2 6.1.13', where, 'A string is longer than 32,767 bytes.');
}

function* streamRules(dict: Dict, where: string): Generator<Finding> {
  for (const key of ['F', 'FFilter', 'FDecodeParms'])
    if (dict.has(key)) yield finding('A-2 6.1.7.1', where, `A stream keeps its data in another file (${key}).`);
  if (JSON.stringify(dict.get('Filter') ?? null).includes('LZWDecode'))
    yield finding('A-2 6.1.7.2', where, 'A stream is compressed by LZW.');
}

function* dictRules(pdf: Pdf, dict: Dict, where: string): Generator<Finding> {
  const action = pdf.name(dict, 'S');
  if (action !== undefined && FORBIDDEN_ACTIONS.has(action))
    yield finding('A-2 6.5.1', where, `There is an action of the forbidden kind ${action}.`);
  if (dict.has('AA')) yield finding('A-2 6.5.2', where, 'There are additional actions (AA).');
  if (dict.has('JavaScript')) yield finding('A-2 6.5.1', where, 'There is JavaScript for the whole document.');
  if (dict.has('EF') || dict.has('EmbeddedFiles')) yield finding('A-2 6.8', where, 'There is an embedded file.');
  for (const [key, value] of dict)
    if (Math.max(key.length, nameOf(value)?.length ?? 0) > 127)
      yield finding('A-2 6.1.13', where, 'A name is longer than 127 bytes.');
}
