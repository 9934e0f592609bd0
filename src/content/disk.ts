// The path of a folder or a file in, the names or the text in it out: all that a library is read from.
import { readdir, readFile } from 'node:fs/promises';

export interface Disk {
  /** The names in a folder, sorted; null when there is no such folder. */
  names(path: string): Promise<string[] | null>;
  /** Null when the file is not UTF-8 text that can be read. */
  text(path: string): Promise<string | null>;
}

export const DISK: Disk = {
  async names(path) {
    try {
      return (await readdir(path)).sort();
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
      throw error;
    }
  },
  async text(path) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
    } catch {
      return null;
    }
  },
};
