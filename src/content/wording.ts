// An article in, what it says part by part out; and what of it is not as it was when somebody stood by it.
import type { Article } from './article.ts';
import { sentencesOf } from './reading.ts';
import { changedParts, PICTURES, type Review, TITLE, type Wording } from './shelf.ts';

/** `out` was said and is no more, `added` is said now; both empty where the words were not kept or are the same. */
export interface Change {
  part: string;
  out: readonly string[];
  added: readonly string[];
}

/** A sentence a line, so that one changed word does not make a whole section new. */
export function wordingOf({ lang, title, message, sources, figures, sections }: Article): Wording {
  const sentences = (html: string) => plain(html).flatMap((line) => sentencesOf(line, lang).map((one) => one.trim()));
  const parts = sections.map(({ id, title: heading, html, discreet }) => {
    const quiet = discreet === null ? [] : [discreet.title, ...sentences(discreet.html)];
    return [id, [heading, ...sentences(html), ...quiet]] as const;
  });
  const whole = [title, message, ...sources.map(({ citation, url }) => `${citation} ${url}`)];
  const labels = figures.flatMap(({ drawing }) =>
    (drawing?.shapes ?? []).flatMap((shape) => (shape.kind === 'label' ? [shape.text] : [])),
  );
  const all = [...parts, [TITLE, whole] as const, [PICTURES, labels] as const];
  return Object.fromEntries(all.map(([part, lines]) => [part, lines.join('\n')]));
}

/** Null where the words were not kept: reviews made before they were. */
export function changesOf(article: Article, review: Review, before: Wording | null): Change[] {
  const now = wordingOf(article);
  return changedParts(article, review).map(({ id, name }) => {
    if (before === null) return { part: name, out: [], added: [] };
    const [then, today] = [linesIn(before[id]), linesIn(now[id])];
    return { part: name, out: without(then, today), added: without(today, then) };
  });
}

const linesIn = (text: string | undefined) => (text ?? '').split('\n').filter((line) => line !== '');

const without = (lines: readonly string[], others: readonly string[]) => lines.filter((line) => !others.includes(line));

const BREAK = /<\/(?:p|li|h\d|td|th|tr|figcaption|summary|div|label)>|<br[^>]*>/gu;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

/** The HTML is our own, so that no more than this can stand in it. */
function plain(html: string): string[] {
  const text = html.replace(BREAK, '\n').replace(/<[^>]*>/gu, '');
  const told = text.replace(/&(?:#x([0-9a-f]+)|(\w+));/giu, (whole, code: string | undefined, name: string) =>
    code === undefined ? (ENTITIES[name] ?? whole) : String.fromCodePoint(Number.parseInt(code, 16)),
  );
  return told.split('\n').map((line) => line.trim());
}
