// The settings in, the library out: as it was read last time where nothing has changed since, or else read again.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Library } from '../content/article.ts';
import { DISK } from '../content/disk.ts';
import { keep, kept, overheard } from '../content/keep.ts';
import { sentence } from '../errors.ts';
import type { Settings } from './settings.ts';

/** The clone's own folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Where this program lies: `dist`, or `src` where it is run from its source. */
const PROGRAM = fileURLToPath(new URL('../', import.meta.url));
/** Goes with the build. */
const FILE = join(PROGRAM, '.articles');
/** Of the program, what takes part in reading. */
const READERS = ['errors.js', 'content', 'merge'];

/** Our articles, and the practice's own where it has a folder of them. `complain` gets what keeps one out. */
export async function openLibrary({ articles }: Settings, complain: (line: string) => void): Promise<Library> {
  const folders = [join(ROOT, 'content'), ...(existsSync(articles) ? [articles] : [])];
  const reader = basename(PROGRAM) === 'dist' ? readerOf(folders) : null;
  const library = (reader === null ? null : await before(reader)) ?? (await readAnew(folders, reader));
  for (const problem of library.problems) complain(sentence(problem));
  return library;
}

/** Everything beside the articles that a library depends on; null where it can't be known. */
function readerOf(folders: readonly string[]): string | null {
  try {
    const hash = createHash('sha256').update(JSON.stringify([process.versions, folders]));
    // What npm has installed, by version and digest.
    hash.update(readFileSync(join(ROOT, 'node_modules/.package-lock.json')));
    const names = READERS.flatMap((name) =>
      name.endsWith('.js') ? name : readdirSync(join(PROGRAM, name)).map((file) => join(name, file)),
    );
    for (const name of names) hash.update(name).update(readFileSync(join(PROGRAM, name)));
    return hash.digest('hex');
  } catch {
    return null;
  }
}

async function before(reader: string): Promise<Library | null> {
  try {
    return await kept(await readFile(FILE), reader, DISK);
  } catch {
    return null;
  }
}

/** What reads is a third of all there is to load, and takes longer than all else at a start. */
async function readAnew(folders: readonly string[], reader: string | null): Promise<Library> {
  const { readLibrary } = await import('../content/library.ts');
  const { trialMerge } = await import('../merge/trial.ts');
  const { disk, answers } = overheard(DISK);
  const library = await readLibrary(folders, trialMerge, disk);
  if (reader !== null) await write(keep(library, answers, reader));
  return library;
}

/** Whole or not at all; where it can't be written, the next start reads again. */
async function write(bytes: Buffer): Promise<void> {
  const unfinished = `${FILE}.${process.pid}`;
  try {
    await writeFile(unfinished, bytes);
    await rename(unfinished, FILE);
  } catch {
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}
