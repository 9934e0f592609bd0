// `keepsake list`: the library in, what can be made out, for people or as JSON.
import type { Article, Library } from '../content/article.ts';

export function listForPeople({ articles }: Library): string {
  return articles.map(describe).join('\n\n');
}

export function listAsJson({ articles }: Library): string {
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
