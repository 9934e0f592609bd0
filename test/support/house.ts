// The real library and a press for tests that make whole handouts; each opened once in a test file.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { Library } from '../../src/content/article.ts';
import { readLibrary } from '../../src/content/library.ts';
import { trialMerge } from '../../src/merge/trial.ts';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Our own articles. */
export const ourLibrary = (): Promise<Library> => readLibrary([folder('../../content')], trialMerge);

/** Ours, and the sample articles of the tests. */
export const sampleLibrary = (): Promise<Library> =>
  readLibrary([folder('../../content'), folder('./articles')], trialMerge);

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
