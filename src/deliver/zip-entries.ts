// The bytes of a ZIP in, the names in it, where each lies and how large it says it unfolds to out; nothing is unfolded.

export interface ZipEntry {
  name: string;
  /** As it says; it may lie. */
  size: number;
  /** 0 = as it is, 8 = deflated. */
  method: number;
  /** Of its data. */
  start: number;
  packed: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
/** The end record has 22 bytes and a comment of at most 65,535 after it (APPNOTE 4.3.16). */
const END_SIZE = 22;
const MOST_COMMENT = 65_535;

const LOCATOR = 0x07064b50;
const LOCATOR_SIZE = 20;

/** Null when it is not a whole ZIP, or one for more than 4 GB, whose other directory might say something else. */
export function zipEntries(bytes: Uint8Array): ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null || isVast(view, end)) return null;
  const count = view.getUint16(end + 8, true);
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  while (entries.length < count) {
    if (at + 46 > end || view.getUint32(at, true) !== ENTRY) return null;
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const size = view.getUint32(at + 24, true);
    const packed = view.getUint32(at + 20, true);
    const start = dataAt(view, view.getUint32(at + 42, true));
    entries.push({ name, size, packed, start, method: view.getUint16(at + 10, true) });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** After the local header, whose extra field may differ from the directory's (APPNOTE 4.3.7). */
function dataAt(view: DataView, header: number): number {
  if (header + 30 > view.byteLength) return view.byteLength;
  return header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
}

function isVast(view: DataView, end: number): boolean {
  return end >= LOCATOR_SIZE && view.getUint32(end - LOCATOR_SIZE, true) === LOCATOR;
}

function findEnd(view: DataView): number | null {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= 0 && last - at <= MOST_COMMENT; at -= 1) {
    if (view.getUint32(at, true) === END) return at;
  }
  return null;
}
