// What the browser sent in, the form as it stood out; and from that a checked choice.
import type { Article, Library } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import { SLOT_NAMES, type Slot } from '../merge/choice.ts';
import { chooseSections, presetSections, usualSections } from '../merge/choose.ts';
import type { Practice } from '../merge/practice.ts';
import type { Preset } from '../merge/preset.ts';

/** Everything the form holds; it travels with the form and is kept nowhere. */
export interface FormState {
  /** Which open form this is; see `given.ts`. */
  form: string;
  client: string;
  query: string;
  /** Empty until one is chosen. */
  article: string;
  language: string;
  sections: readonly string[];
  /** Sections as she put them, ticked or not; empty = as the article has them. */
  order: readonly string[];
  /** The buttons that move sections are shown. */
  ordering: boolean;
  note: string;
  slots: Readonly<Record<Slot, string>>;
  /** Empty = the article's. */
  noteLanguage: string;
  clinician: string;
  date: string;
  paper: string;
  /** Pages to fit, `1` or `2`; empty = as many as it takes. */
  fit: string;
  looks: Readonly<Record<Look, boolean>>;
  /** Under which the choice is to be kept. */
  presetName: string;
}

/** Looks that are on or off. */
export const LOOKS = ['largePrint', 'discreet', 'fillable', 'inkSaving', 'binder'] as const;
export type Look = (typeof LOOKS)[number];

/** What was written for one client, when there is none. */
export const UNWRITTEN = {
  note: '',
  noteLanguage: '',
  slots: { words: '', agreed: '', plan: '', obstacle: '', appointment: '' },
} as const;

/** True when there are words that were written to somebody. */
export const isWritten = ({ note, slots }: FormState): boolean =>
  [note, ...Object.values(slots)].some((typed) => typed.trim() !== '');

type Body = Readonly<Record<string, unknown>>;

export function emptyState(form: string, practice: Practice, today: string): FormState {
  return {
    form,
    client: '',
    query: '',
    article: '',
    language: '',
    sections: [],
    order: [],
    ordering: false,
    ...UNWRITTEN,
    clinician: practice.clinician,
    date: today,
    paper: practice.paper,
    fit: '',
    looks: looksFrom((look) => look === 'fillable'),
    presetName: '',
  };
}

const looksFrom = (isOn: (look: Look) => boolean) =>
  Object.fromEntries(LOOKS.map((look) => [look, isOn(look)])) as Record<Look, boolean>;

export function readState(body: Body): FormState {
  const text = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
  const list = (name: string) => [body[name] ?? []].flat().filter((id): id is string => typeof id === 'string');
  return {
    form: /^[0-9a-f-]{36}$/u.test(text('form')) ? text('form') : '',
    client: text('client'),
    query: text('query'),
    article: text('article'),
    language: text('language'),
    sections: list('sections'),
    order: list('order'),
    ordering: text('ordering') === 'yes',
    note: text('note'),
    slots: Object.fromEntries(SLOT_NAMES.map((name) => [name, text(name)])) as Record<Slot, string>,
    noteLanguage: text('noteLanguage'),
    clinician: text('clinician'),
    date: text('date'),
    paper: text('paper'),
    fit: text('fit'),
    looks: looksFrom((look) => text(look) === 'yes'),
    presetName: text('presetName'),
  };
}

/** The button that was pressed, as `act` or `act:argument`. */
export function readAct(body: Body): { act: string; argument: string } {
  const [, act = '', argument = ''] = /^(\w+):?(.*)$/u.exec(String(body.act ?? '')) ?? [];
  return { act, argument };
}

export const articleOf = (library: Library, state: FormState): Article | undefined =>
  library.articles.find(({ slug, lang }) => slug === state.article && lang === state.language);

/** `choose:slug/lang`, with the usual sections ticked. An unknown one changes nothing. */
export function chooseArticle(library: Library, state: FormState, argument: string): FormState {
  const [article = '', language = ''] = argument.split('/');
  const chosen = articleOf(library, { ...state, article, language });
  return chosen === undefined ? state : { ...state, article, language, sections: usualSections(chosen), order: [] };
}

export function choosePreset(library: Library, state: FormState, name: string): FormState {
  const article = articleOf(library, state);
  const sections = article === undefined ? null : presetSections(article, name);
  return sections === null ? state : { ...state, sections, order: sections };
}

/** Without these sections. */
export function leaveOut(state: FormState, ids: readonly string[]): FormState {
  return { ...state, sections: state.sections.filter((id) => !ids.includes(id)) };
}

/** What can be ticked, as she put it: the rest stands where the article has it. */
export function orderOf({ sections }: Article, { order }: FormState): string[] {
  const choosable = sections.filter(({ kind }) => kind !== 'core').map(({ id }) => id);
  const placed = [...new Set(order)].filter((id) => choosable.includes(id));
  for (const [index, id] of choosable.entries()) {
    if (placed.includes(id)) continue;
    const next = placed.findIndex((other) => choosable.indexOf(other) > index);
    placed.splice(next === -1 ? placed.length : next, 0, id);
  }
  return placed;
}

/** One place up (-1) or down (1). */
export function moveSection(library: Library, state: FormState, id: string, by: -1 | 1): FormState {
  const article = articleOf(library, state);
  if (article === undefined) return state;
  const order = orderOf(article, state);
  const from = order.indexOf(id);
  const to = from + by;
  if (from === -1 || to < 0 || to >= order.length) return { ...state, order };
  [order[from], order[to]] = [order[to]!, order[from]!];
  return { ...state, order, sections: order.filter((one) => state.sections.includes(one)) };
}

/** A saved choice put into the form; one of an article that is gone changes nothing. */
export function chooseSaved(library: Library, state: FormState, { choice }: Preset): FormState {
  const { article, language, paper = state.paper, fit } = choice;
  const chosen = articleOf(library, { ...state, article, language });
  if (chosen === undefined) return state;
  const { sections } = chooseSections(chosen, choice);
  const order = sections.map(({ id }) => id);
  const looks = looksFrom((look) => choice[look]);
  return {
    ...state,
    article,
    language,
    sections: order,
    order,
    paper,
    looks,
    fit: fit === undefined ? '' : String(fit),
  };
}

/** The form's state as a request, and what is already known to be missing from it. */
export function requestOf(state: FormState): { input: unknown; before: readonly Problem[] } {
  const { article, language, sections, client, note, slots, noteLanguage, clinician, date, paper, fit, looks } = state;
  const typed = { ...slots, sections, client, note, clinician, date, paper, ...looks };
  const input = {
    ...typed,
    article: article || 'none',
    language: language || 'en',
    ...(noteLanguage === '' ? {} : { noteLanguage }),
    ...(fit === '' ? {} : { fit: Number(fit) }),
  };
  return { input, before: article === '' ? [NO_ARTICLE] : [] };
}

const NO_ARTICLE: Problem = {
  code: 'article-unknown',
  message: 'Nothing has been chosen to print.',
  hint: 'Choose what the handout is about.',
  place: { field: 'article' },
};
