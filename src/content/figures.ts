// The pictures beside an article in, the one for each name and language out, read where it is a drawing.
import { basename, dirname } from 'node:path';
import type { Problem } from '../errors.ts';
import type { Figure } from './article.ts';
import { readDrawing } from './drawing.ts';

/** A picture's file, by the name an article knows it by. */
export interface PictureFile {
  name: string;
  /** Absolute path. */
  path: string;
  /** The text of an SVG; null for a picture of pixels. */
  svg: string | null;
}

const PICTURE = /^[A-Za-z0-9][\w-]*(?:\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*))?\.(?:png|jpe?g|webp|svg)$/iu;

/** For each name the file in this language (`ring.es.svg` for `ring.svg`), or else the one for all languages. */
export function picturesFor(files: readonly string[], lang: string): { name: string; file: string }[] {
  const pictures = files.filter((file) => PICTURE.test(file));
  const plain = pictures.filter((file) => PICTURE.exec(file)?.[1] === undefined);
  return plain.map((name) => {
    const inLanguage = [lang, lang.split('-')[0]].map((code) => name.replace(/\.(\w+)$/u, `.${code}.$1`));
    return { name, file: inLanguage.find((file) => pictures.includes(file)) ?? name };
  });
}

/** The figures that an article names. `file` is the article's, as it stands in messages. */
export function readFigures(
  names: readonly string[],
  pictures: readonly PictureFile[],
  file: string,
): { figures: Figure[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const named = pictures.filter(({ name }) => names.includes(name));
  const figures = named.map(({ name, path, svg }): Figure => {
    if (svg === null) return { name, path, drawing: null };
    const read = readDrawing(svg, `${dirname(file)}/${basename(path)}`);
    if ('problems' in read) problems.push(...read.problems);
    return { name, path, drawing: 'drawing' in read ? read.drawing : null };
  });
  return { figures, problems };
}
