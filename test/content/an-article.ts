// A small right article to vary in tests, and folders of articles that are gone when the test ends.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Article } from '../../src/content/article.ts';
import { readArticle } from '../../src/content/read-article.ts';
import { HandoutError, type Problem } from '../../src/errors.ts';

/** The body starts on line 20 of the file. */
export const HEAD = `---
title: Sleeping better
message: Small changes can help you sleep.
version: 1.0.0
written: 2026-11-23
updated: 2026-11-23
review:
topics: [sleep]
words: ["can't sleep", tired]
conditions: [G47.00]
next:
presets:
  one-page: [in-short]
  full: all
sources:
  - id: lee-2020
    citation: "Lee A (2020). Sleep and mood. Journal of Examples 1:2."
    url: https://example.org/lee
---
`;

export const BODY = `## In short {#in-short .core}

Sleep helps [^lee-2020].
`;

export const GOOD = HEAD + BODY;

/** The head above a body that cites its source in a first section, so that the body may be anything. */
export const withBody = (body: string) => `${HEAD}## In short {#in-short .core}

Sleep helps [^lee-2020].

## Body {#body .how}

${body}
`;

/** The line of the file on which the text given to `withBody` starts. */
export const BODY_LINE = 26;

const FOUND = { slug: 'sleep', lang: 'en', file: 'content/sleep/en.md' };

export function problemsOf(text: string, images: readonly string[] = []): Problem[] {
  const pictures = images.map((name) => ({ name, path: `/pictures/${name}`, svg: null }));
  const read = readArticle(text, { ...FOUND, pictures, slugs: new Set(['sleep', 'stress']) });
  return 'problems' in read ? read.problems : [];
}

export function readGood(text: string, lang = 'en', images: readonly string[] = []): Article {
  const pictures = images.map((name) => ({ name, path: `/pictures/${name}`, svg: null }));
  const read = readArticle(text, { ...FOUND, lang, pictures, slugs: new Set(['sleep', 'stress']) });
  if ('problems' in read) throw new HandoutError(read.problems);
  return read.article;
}

/** The HTML of a body, without the places. */
export function htmlOf(body: string, lang = 'en', images: readonly string[] = []): string {
  return readGood(withBody(body), lang, images).sections[1]!.html.replace(/ data-source="[^"]*"/gu, '');
}

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Writes folders of files, does something with their paths, and takes them away again. */
export async function inFolders<T>(
  folders: Readonly<Record<string, Files>>,
  use: (at: (name: string) => string) => Promise<T>,
) {
  const root = await mkdtemp(join(tmpdir(), 'keepsake-content-'));
  try {
    for (const [folder, files] of Object.entries(folders)) {
      for (const [name, text] of Object.entries(files)) {
        const path = join(root, folder, name);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, text);
      }
    }
    return await use((name) => join(root, name));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
