// Folders of articles in, the library out: everything that can be said, and everything that kept a file out.
import { basename, join, resolve } from 'node:path';
import { type Problem, sentence } from '../errors.ts';
import type { Article, CrisisLine, Library } from './article.ts';
import { readCrisisLines } from './crisis-lines.ts';
import { DISK, type Disk } from './disk.ts';
import { picturesFor } from './figures.ts';
import { ID } from './front-matter.ts';
import { type Found, readArticle } from './read-article.ts';

/** Merges an article once to see that it can be merged; given by the caller, for merging comes after reading. */
export type Trial = (article: Article) => Problem[];

const LANGUAGE_FILE = /^([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.md$/u;

/**
 * Reads every `<folder>/<slug>/<lang>.md` and `<folder>/crisis-lines.yaml`. A later folder adds to the earlier ones
 * and replaces their articles and crisis lines; it may be missing, the first may not. When a replacement is broken,
 * what it replaces stays out too: nobody should hand out, unawares, the words they meant to replace.
 */
export async function readLibrary(
  folders: readonly string[],
  trial: Trial = () => [],
  disk: Disk = DISK,
): Promise<Library> {
  const articles = new Map<string, Article>();
  const lines = new Map<string, CrisisLine>();
  const problems: Problem[] = [];
  const listed = await Promise.all(folders.map((path) => listFolder(path, disk)));
  if (listed[0]?.missing) problems.push(folderMissing(folders[0]!));
  const slugs = new Set(listed.flatMap((folder) => folder.articles.map(({ slug }) => slug)));

  for (const folder of listed) {
    problems.push(...folder.problems);
    for (const found of folder.articles) {
      const read = await readOne({ ...found, slugs }, disk);
      const wrong = 'article' in read ? trial(read.article) : read.problems;
      problems.push(...wrong);
      articles.delete(`${found.slug}/${found.lang}`);
      if ('article' in read && wrong.length === 0) articles.set(`${found.slug}/${found.lang}`, read.article);
    }
    const crisis = await readLines(folder, disk);
    problems.push(...crisis.problems);
    for (const line of crisis.crisisLines) lines.set(line.country, line);
  }
  return { articles: inOrder(articles), crisisLines: [...lines.values()], problems: onceEach(problems) };
}

/** A figure that two languages share is told of once. */
function onceEach(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [sentence(problem), problem])).values()];
}

/** By slug and language. `next` is dropped where the next article can't be had in this language. */
function inOrder(articles: ReadonlyMap<string, Article>): Article[] {
  return [...articles.keys()]
    .sort()
    .map((key) => articles.get(key)!)
    .map((article) => (articles.has(`${article.next}/${article.lang}`) ? article : { ...article, next: null }));
}

type Listed = Omit<Found, 'slugs' | 'pictures'> & { path: string; pictures: { name: string; path: string }[] };

interface Folder {
  path: string;
  missing: boolean;
  articles: Listed[];
  problems: Problem[];
}

async function listFolder(path: string, disk: Disk): Promise<Folder> {
  const names = await disk.names(path);
  const folder: Folder = { path, missing: names === null, articles: [], problems: [] };
  for (const slug of names ?? []) {
    const files = slug.startsWith('.') ? null : await disk.names(join(path, slug));
    for (const name of files?.filter((name) => name.endsWith('.md')) ?? []) {
      const file = `${basename(path)}/${slug}/${name}`;
      const lang = LANGUAGE_FILE.exec(name)?.[1];
      if (!ID.test(slug))
        folder.problems.push(
          misnamed(
            file,
            `“${slug}” is not an article’s name.`,
            'Name the folder in small letters a–z, digits and hyphens.',
          ),
        );
      else if (lang === undefined)
        folder.problems.push(
          misnamed(file, `“${name}” is not named after a language.`, 'Name it en.md, es.md and so on.'),
        );
      else {
        const pictures = picturesFor(files ?? [], lang).map((one) => ({
          name: one.name,
          path: resolve(path, slug, one.file),
        }));
        folder.articles.push({ slug, lang, file, pictures, path: join(path, slug, name) });
      }
    }
  }
  return folder;
}

async function readOne({ path, pictures, ...found }: Listed & Pick<Found, 'slugs'>, disk: Disk) {
  const text = await disk.text(path);
  if (text === null) return { problems: [notText(found.file)] };
  const files = pictures.map(async (one) => {
    const svg = one.path.toLowerCase().endsWith('.svg') ? ((await disk.text(one.path)) ?? '') : null;
    return { ...one, svg };
  });
  return readArticle(text, { ...found, pictures: await Promise.all(files) });
}

async function readLines({ path, missing }: Folder, disk: Disk): Promise<ReturnType<typeof readCrisisLines>> {
  const names = missing ? null : await disk.names(path);
  const none = { crisisLines: [], problems: [] };
  if (!names?.includes('crisis-lines.yaml')) return none;
  const file = `${basename(path)}/crisis-lines.yaml`;
  const text = await disk.text(join(path, 'crisis-lines.yaml'));
  return text === null ? { ...none, problems: [notText(file)] } : readCrisisLines(text, file);
}

const misnamed = (file: string, message: string, hint: string): Problem => ({
  code: 'article-broken',
  message,
  hint,
  place: { file, line: 1 },
});

const notText = (file: string): Problem =>
  misnamed(file, 'This file can’t be read as text.', 'Save it as UTF-8, where Keepsake may read it.');

const folderMissing = (path: string): Problem => ({
  code: 'article-broken',
  message: `There is no folder ${basename(path)} with articles.`,
  hint: 'Start Keepsake from its own folder, or put the folder back.',
});
