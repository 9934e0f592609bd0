// A ZIP whose files are stored as they are in, its files by name out.
import { zipEntries } from '../../src/deliver/zip-entries.ts';

const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;
/** Follows a file whose checksum was not known before it was written (APPNOTE 4.3.9). */
const DESCRIPTOR_SIZE = 16;
const HAS_DESCRIPTOR = 8;

export function unzip(bytes: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  let at = 0;
  for (const { name, size } of zipEntries(bytes) ?? []) {
    if (bytes.readUInt32LE(at) !== LOCAL || bytes.readUInt16LE(at + 8) !== 0) throw new Error(`${name} is not stored.`);
    const start = at + LOCAL_SIZE + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    files.set(name, bytes.subarray(start, start + size));
    at = start + size + ((bytes.readUInt16LE(at + 6) & HAS_DESCRIPTOR) === 0 ? 0 : DESCRIPTOR_SIZE);
  }
  return files;
}
