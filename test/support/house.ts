// The real library and a press for tests that make whole handouts; each opened once in a test file.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { Library } from '../../src/content/article.ts';
import { DISK } from '../../src/content/disk.ts';
import { keep, kept, overheard } from '../../src/content/keep.ts';
import { readLibrary } from '../../src/content/library.ts';
import { trialMerge } from '../../src/merge/trial.ts';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Our own articles. */
export const ourLibrary = (): Promise<Library> => read('ours', [folder('../../content')]);

/** Ours, and the sample articles of the tests. */
export const sampleLibrary = (): Promise<Library> => read('sample', [folder('../../content'), folder('./articles')]);

/** Read by the first file of a test run that needs it and kept for the others, as the program itself does between starts. */
async function read(name: string, folders: readonly string[]): Promise<Library> {
  const file = join(process.env.BUILT_FOR_TESTS!, `${name}.articles`);
  const before = await readFile(file).then(
    (bytes) => kept(bytes, name, DISK),
    () => null,
  );
  if (before !== null) return before;
  const { disk, answers } = overheard(DISK);
  const library = await readLibrary(folders, trialMerge, disk);
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, keep(library, answers, name));
  await rename(unfinished, file);
  return library;
}

export const aLogo = (width = 120, height = 60): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#336699' } })
    .png()
    .toBuffer();

/** Writes a picture to a file, does something with its path, and takes it away again. */
export async function withPicture<T>(use: (path: string) => Promise<T>): Promise<T> {
  const place = mkdtempSync(join(tmpdir(), 'keepsake-picture-'));
  try {
    const path = join(place, 'circles.png');
    writeFileSync(path, await aLogo(200, 100));
    return await use(path);
  } finally {
    rmSync(place, { recursive: true });
  }
}
