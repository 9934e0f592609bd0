import { readFile, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { DISK } from '../../src/content/disk.ts';
import { keep, kept, overheard } from '../../src/content/keep.ts';
import { readLibrary } from '../../src/content/library.ts';
import { GOOD, inFolders, withBody } from './an-article.ts';

const DRAWING =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><title>A line</title><path d="M10 10 L90 10" stroke="#1d2224" fill="none"/></svg>';
const FILES = {
  'a/en.md': withBody('::figure[A line]{src="line.svg" alt="A line"}'),
  'a/line.svg': DRAWING,
  'b/en.md': GOOD.replace('.core', '.care'),
  'crisis-lines.yaml': '[]',
};
const READER = 'this program';

type Place = (name: string) => string;

/** Reads a library and keeps it; `use` is given what was read and the bytes. */
const afterReading = (use: (at: Place, library: object, bytes: Buffer) => Promise<void>) =>
  inFolders({ content: FILES }, async (at) => {
    const { disk, answers } = overheard(DISK);
    const library = await readLibrary([at('content')], undefined, disk);
    await use(at, library, keep(library, answers, READER));
  });

describe('a library that was kept', () => {
  it('comes back as it was read, with what was wrong', async () => {
    await afterReading(async (_at, library, bytes) => {
      expect(library).toMatchObject({ articles: [{ slug: 'a', figures: [{}] }], problems: [{}] });
      expect(await kept(bytes, READER, DISK)).toEqual(library);
    });
  });

  it.each<[string, (at: Place) => Promise<void>]>([
    ['a changed article', (at) => writeFile(at('content/a/en.md'), `${FILES['a/en.md']}\nMore.\n`)],
    ['a broken article mended', (at) => writeFile(at('content/b/en.md'), GOOD)],
    ['a new article', (at) => writeFile(at('content/a/es.md'), GOOD)],
    ['an article that is gone', (at) => rm(at('content/b'), { recursive: true })],
    ['a changed figure', (at) => writeFile(at('content/a/line.svg'), DRAWING.replace('90', '80'))],
    ['a figure for one language', (at) => writeFile(at('content/a/line.en.svg'), DRAWING)],
    ['another crisis line', (at) => writeFile(at('content/crisis-lines.yaml'), '[] # none')],
    ['a file that can’t be read as text', (at) => writeFile(at('content/a/en.md'), Buffer.from([0xff]))],
  ])('is not taken after %s', async (_what, change) => {
    await afterReading(async (at, _library, bytes) => {
      await change(at);
      expect(await kept(bytes, READER, DISK)).toBeNull();
    });
  });

  it('is taken where only a file’s date has changed', async () => {
    await afterReading(async (at, library, bytes) => {
      await writeFile(at('content/a/en.md'), await readFile(at('content/a/en.md')));
      expect(await kept(bytes, READER, DISK)).toEqual(library);
    });
  });

  it('is not taken by another program, or by one sent to other folders', async () => {
    await afterReading(async (_at, _library, bytes) => {
      expect(await kept(bytes, 'another program', DISK)).toBeNull();
    });
  });

  it('is not taken where a byte is not as it was written, or one is missing', async () => {
    await afterReading(async (_at, _library, bytes) => {
      for (const at of [0, 31, 32, Math.floor(bytes.length / 2), bytes.length - 1]) {
        const damaged = Buffer.from(bytes);
        damaged[at]! ^= 1;
        expect(await kept(damaged, READER, DISK)).toBeNull();
      }
      for (const length of [0, 10, 32, bytes.length - 1])
        expect(await kept(bytes.subarray(0, length), READER, DISK)).toBeNull();
    });
  });
});
