// What the browser sent in, the form as it stood out; and from that a checked choice.
import type { Article, Library } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import { SLOT_NAMES, type Slot } from '../merge/choice.ts';
import { presetSections, usualSections } from '../merge/choose.ts';
import type { Practice } from '../merge/practice.ts';

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
  note: string;
  slots: Readonly<Record<Slot, string>>;
  /** Empty = the article's. */
  noteLanguage: string;
  clinician: string;
  date: string;
  paper: string;
  largePrint: boolean;
}

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
    ...UNWRITTEN,
    clinician: practice.clinician,
    date: today,
    paper: practice.paper,
    largePrint: false,
  };
}

export function readState(body: Body): FormState {
  const text = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
  return {
    form: /^[0-9a-f-]{36}$/u.test(text('form')) ? text('form') : '',
    client: text('client'),
    query: text('query'),
    article: text('article'),
    language: text('language'),
    sections: [body.sections ?? []].flat().filter((id): id is string => typeof id === 'string'),
    note: text('note'),
    slots: Object.fromEntries(SLOT_NAMES.map((name) => [name, text(name)])) as Record<Slot, string>,
    noteLanguage: text('noteLanguage'),
    clinician: text('clinician'),
    date: text('date'),
    paper: text('paper'),
    largePrint: text('largePrint') === 'yes',
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
  return chosen === undefined ? state : { ...state, article, language, sections: usualSections(chosen) };
}

export function choosePreset(library: Library, state: FormState, name: string): FormState {
  const article = articleOf(library, state);
  const sections = article === undefined ? null : presetSections(article, name);
  return sections === null ? state : { ...state, sections };
}

/** The form's state as a request, and what is already known to be missing from it. */
export function requestOf(state: FormState): { input: unknown; before: readonly Problem[] } {
  const { article, language, sections, client, note, slots, noteLanguage, clinician, date, paper, largePrint } = state;
  const typed = { ...slots, sections, client, note, clinician, date, paper, largePrint };
  const input = {
    ...typed,
    article: article || 'none',
    language: language || 'en',
    ...(noteLanguage === '' ? {} : { noteLanguage }),
  };
  return { input, before: article === '' ? [NO_ARTICLE] : [] };
}

const NO_ARTICLE: Problem = {
  code: 'article-unknown',
  message: 'Nothing has been chosen to print.',
  hint: 'Choose what the handout is about.',
  place: { field: 'article' },
};
