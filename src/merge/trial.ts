// One merge on trial for every article at load: an article in, what a merge would have stumbled over out.
import type { Article, Section } from '../content/article.ts';
import { HandoutError, type Problem } from '../errors.ts';
import { fillSection } from './frame.ts';
import { readBlocks } from './read.ts';
import { LANGUAGES } from './words.ts';

/** Merges every section with a client's name and, where it may be left out, without one. */
export function trialMerge(article: Article): Problem[] {
  if (!LANGUAGES.includes(article.lang.split('-')[0]!)) return [languageMissing(article)];
  const sections = article.sections.flatMap((section) => [section, section.discreet ?? []].flat());
  return sections.flatMap((section) => {
    const names = section.needsClient ? ['Ann'] : ['Ann', ''];
    return names.flatMap((client) => tryOne(section, client, article.lang)).slice(0, 1);
  });
}

function tryOne(section: Section, client: string, lang: string): Problem[] {
  try {
    readBlocks(fillSection(section, { client, clinician: 'Dr Lee', practice: 'The practice' }, lang));
    return [];
  } catch (error) {
    if (error instanceof HandoutError) return [...error.problems];
    const message = `The section “${section.title}” can’t be merged.`;
    const hint = 'It may use {{client}}, {{clinician}}, {{practice}} and {{#if client}} … {{/if}}.';
    return [{ code: 'article-broken', message, hint, place: { file: section.file, line: section.line } }];
  }
}

/** The page's own words ("For …", "page 1 of 2") would stand in English on a page tagged as another language. */
function languageMissing({ lang, file }: Article): Problem {
  const message = `The page has no words of its own in “${lang}” yet.`;
  const hint = `Add them to src/merge/words.ts, beside ${LANGUAGES.join(', ')}.`;
  return { code: 'article-broken', message, hint, place: { file, line: 1 } };
}
