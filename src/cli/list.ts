// `keepsake list`: the library as the practice hands it out in, what can be made out, for people or as JSON.
import type { Article, Library } from '../content/article.ts';
import { openShelves } from '../content/shelf.ts';
import { openLibrary } from './library.ts';
import type { Settings } from './settings.ts';
import { openData } from './wire.ts';

export async function list(settings: Settings, json: boolean, complain: (line: string) => void): Promise<string> {
  const all = await openLibrary(settings, complain);
  const store = await openData(settings);
  try {
    const library = openShelves(all)(await store.shelf.read());
    return json ? listAsJson(library) : listForPeople(library);
  } finally {
    await store.close();
  }
}

/** What is withheld is named below, so that nobody looks for it in vain. */
function listForPeople({ articles, withheld = [] }: Library): string {
  const kept = withheld.map(({ article, problem }) => `${article.slug} (${article.lang}): ${problem.message}`);
  const below = kept.length === 0 ? [] : [['Not handed out:', ...kept].join('\n  ')];
  return [...articles.map(describe), ...below].join('\n\n');
}

function listAsJson({ articles }: Library): string {
  const rows = articles.map(({ slug, lang, title, message, version, sections, presets }) => ({
    article: slug,
    language: lang,
    title,
    message,
    version,
    sections: sections.map(({ id, kind, title: heading }) => ({ id, kind, title: heading })),
    presets,
  }));
  return JSON.stringify(rows, null, 2);
}

function describe({ slug, lang, title, message, sections, presets }: Article): string {
  const wide = Math.max(...sections.map(({ id }) => id.length));
  const rows = sections.map(({ id, kind, title: heading }) => `  ${id.padEnd(wide)}  ${kind.padEnd(4)}  ${heading}`);
  return [`${slug} (${lang})  ${title}`, `  ${message}`, `  presets: ${Object.keys(presets).join(', ')}`, ...rows].join(
    '\n',
  );
}
