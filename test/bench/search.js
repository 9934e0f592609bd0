// Nothing in, how long the slowest of the two hundred everyday phrases takes over the whole library out.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const MS = (value) => `${value.toFixed(2)} ms`;

export async function searchFigures() {
  const { readLibrary } = await import('../../dist/content/library.js');
  const { searchArticles } = await import('../../dist/content/search.js');
  const library = await readLibrary([fileURLToPath(new URL('../../content', import.meta.url))]);
  const written = parse(readFileSync(new URL('../content/phrases.yaml', import.meta.url), 'utf8'));
  const phrases = Object.values(written).flatMap((articles) => Object.values(articles).flat());
  const times = phrases.map((phrase) => {
    const start = performance.now();
    searchArticles(library, phrase);
    return performance.now() - start;
  });
  return [{ what: `search, the slowest of ${phrases.length} phrases`, value: Math.max(...times), unit: MS, most: 100 }];
}
