// A chosen article and the form's state in, what the page shows of its sections out: presets, ticks, their order.
import type { Article, Section } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import { presetSections } from '../merge/choose.ts';
import { wrongAt } from './errors.ts';
import { type FormState, orderOf } from './state.ts';
import { effort, titleOf } from './words.ts';

export function partsOf(article: Article, state: FormState, problems: readonly Problem[]) {
  const byId = new Map(article.sections.map((section) => [section.id, section]));
  const row = (section: Section) => ({
    id: section.id,
    title: section.title,
    effort: effort(section),
    ticked: state.sections.includes(section.id),
  });
  const core = article.sections.filter(({ kind }) => kind === 'core');
  return {
    presets: shortestFirst(article).map((name) => ({
      name,
      title: titleOf(name),
      inUse: isInUse(article, name, state),
    })),
    ordering: state.ordering,
    sections: {
      choosable: orderOf(article, state).map((id) => row(byId.get(id)!)),
      always: core.map(row),
      wrong: wrongAt(problems, 'sections'),
    },
  };
}

function shortestFirst(article: Article): string[] {
  const length = (name: string) => presetSections(article, name)?.length ?? 0;
  return Object.keys(article.presets).toSorted((a, b) => length(a) - length(b));
}

/** The ticks are the preset's, in whatever order. */
function isInUse(article: Article, name: string, { sections }: FormState): boolean {
  const isChoosable = (id: string) => article.sections.some((section) => section.id === id && section.kind !== 'core');
  const preset = new Set((presetSections(article, name) ?? []).filter(isChoosable));
  const ticked = new Set(sections.filter(isChoosable));
  return preset.size === ticked.size && [...preset].every((id) => ticked.has(id));
}
