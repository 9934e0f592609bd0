// Which sections are printed: an article and a choice in, its sections in order out.
import type { Article, Section } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import type { Choice } from './choice.ts';

/** The sections ticked before anybody decides: all but the extras. */
export function usualSections(article: Article): string[] {
  return article.sections.filter(({ kind }) => kind !== 'more').map(({ id }) => id);
}

/** A preset's sections with the ones that must not be missing, or null when the article has no such preset. */
export function presetSections(article: Article, name: string): string[] | null {
  const ids = Object.hasOwn(article.presets, name) ? article.presets[name] : undefined;
  return ids === undefined ? null : complete(article, ids).map(({ id }) => id);
}

/** The sections of one handout, in printing order; every unknown name is a problem. */
export function chooseSections(
  article: Article,
  choice: Pick<Choice, 'sections' | 'preset'>,
): { sections: Section[]; problems: Problem[] } {
  if (choice.preset !== undefined) {
    const ids = presetSections(article, choice.preset);
    if (ids === null) return { sections: [], problems: [unknownPreset(article)] };
    return { sections: complete(article, ids), problems: [] };
  }
  const ids = choice.sections ?? usualSections(article);
  const unknown = [...new Set(ids)].filter((id) => !article.sections.some((section) => section.id === id));
  return { sections: complete(article, ids), problems: unknown.map((id) => unknownSection(article, id)) };
}

/**
 * Adds what nobody can drop: `core` sections and those that a chosen one requires (cautions). An added section
 * stands where the article has it: before the first chosen one that follows it there.
 */
function complete(article: Article, ids: readonly string[]): Section[] {
  const place = new Map(article.sections.map((section, index) => [section.id, index]));
  const chosen = [...new Set(ids)].filter((id) => place.has(id)).map((id) => article.sections[place.get(id)!]!);
  for (const section of missing(article, chosen)) {
    const after = chosen.findIndex(({ id }) => place.get(id)! > place.get(section.id)!);
    chosen.splice(after === -1 ? chosen.length : after, 0, section);
  }
  return chosen;
}

function missing(article: Article, chosen: readonly Section[]): Section[] {
  const needed = new Set<string>();
  const need = (section: Section) => {
    if (needed.has(section.id)) return;
    needed.add(section.id);
    for (const id of section.requires) {
      const required = article.sections.find((other) => other.id === id);
      if (required !== undefined) need(required);
    }
  };
  for (const section of article.sections) if (section.kind === 'core') need(section);
  chosen.forEach(need);
  return article.sections.filter((section) => needed.has(section.id) && !chosen.includes(section));
}

function unknownSection(article: Article, id: string): Problem {
  const known = article.sections.map((section) => section.id).join(', ');
  return {
    code: 'section-unknown',
    message: `“${article.title}” has no section named ${id}.`,
    hint: `It has: ${known}.`,
    place: { field: 'sections' },
  };
}

function unknownPreset(article: Article): Problem {
  return {
    code: 'preset-unknown',
    message: `“${article.title}” has no preset of this name.`,
    hint: `It has: ${Object.keys(article.presets).join(', ')}.`,
    place: { field: 'preset' },
  };
}
