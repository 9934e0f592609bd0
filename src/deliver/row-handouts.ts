// What a row says in, its handouts as checked choices out, or every reason why one can't be made.
import { HandoutError, type Problem } from '../errors.ts';
import { checkWords } from '../make/check.ts';
import { findCrisisLine } from '../make/find.ts';
import { readRequest } from '../make/request.ts';
import type { Choice } from '../merge/choice.ts';
import { noPreset } from '../merge/preset.ts';
import type { Field } from './headings.ts';
import type { NamedArticle } from './lookups.ts';
import type { Making } from './make-recipient.ts';
import type { CellProblem, Said } from './row.ts';

export interface Handouts {
  handouts: Choice[];
  problems: CellProblem[];
}

export function handoutsOf(said: Said, making: Making): Handouts {
  const named = said.articles.length > 0 ? said.articles : ofForm(making);
  const isNamedBadly = said.problems.some(({ field }) => field === 'handouts');
  if (named.length === 0 && !isNamedBadly) return { handouts: [], problems: [NO_HANDOUT] };
  const each = named.map((one) => handoutOf(one, said, making));
  return { handouts: each.flatMap(({ handouts }) => handouts), problems: each.flatMap(({ problems }) => problems) };
}

/** What the form names for rows that name nothing. */
function ofForm({ defaults: { articles, saved = [] }, lookups }: Making): NamedArticle[] {
  const known = saved.flatMap((name) => lookups.saved(name) ?? []);
  return [...known, ...articles.map((slug) => ({ slug, languages: [] }))];
}

const NO_HANDOUT: CellProblem = {
  field: 'handouts',
  problem: {
    code: 'article-unknown',
    message: 'No handout is named.',
    hint: 'Name one in the row, or choose one for all rows.',
  },
};

function handoutOf(named: NamedArticle, said: Said, making: Making): Handouts {
  const parts = partsOf(named, said, making);
  const given = { ...usualFor(named, making), ...said.choice, ...parts.choice };
  const language = languageOf(named, said, making);
  const read = readChecked({ ...given, language, article: named.slug, client: said.client }, making);
  const problems = read.problems.map((problem) => ({ problem, field: fieldOf(problem, said) }));
  return { handouts: read.choice === null ? [] : [read.choice], problems: [...parts.problems, ...problems] };
}

/** All but parts and language: the form's, over those of a saved choice. A look that either has ticked is on. */
function usualFor({ saved }: NamedArticle, { defaults }: Making): Record<string, unknown> {
  const { preset: _preset, sections: _sections, ...form } = defaults.choice;
  if (saved === undefined) return form;
  const { preset: _saved, sections: _kept, ...choice } = saved;
  const said = Object.entries(form).filter(([, value]) => value !== false && value !== undefined);
  return { ...choice, ...Object.fromEntries(said) };
}

/** A title that is not there in the form's language means the article in the title's own; a saved choice has a language. */
function languageOf({ languages, saved }: NamedArticle, said: Pick<Said, 'choice'>, { defaults }: Making): unknown {
  if (saved !== undefined) return said.choice.language ?? saved.language;
  const form = defaults.choice.language ?? 'en';
  const own = languages.length === 0 || languages.includes(String(form)) ? form : languages[0];
  return said.choice.language ?? own;
}

/** Sections or a preset: the row's before a saved choice's before the form's, whose sections are for its own articles. */
function partsOf(
  { slug, saved }: NamedArticle,
  said: Pick<Said, 'articles' | 'sections' | 'choice'>,
  { defaults, lookups }: Making,
): { choice: Record<string, unknown>; problems: CellProblem[] } {
  if (said.sections !== '') {
    const sections = lookups.sections(said.sections, slug);
    const known = sections.filter((id) => id !== null);
    return { choice: { sections: known }, problems: known.length === sections.length ? [] : [UNKNOWN_SECTION] };
  }
  if (said.choice.preset !== undefined) return { choice: {}, problems: [] };
  const { preset, sections } = saved ?? defaults.choice;
  const own = saved !== undefined || said.articles.length === 0 ? { sections } : {};
  const given = Object.entries({ preset, ...own }).filter(([, value]) => value !== undefined);
  return { choice: Object.fromEntries(given), problems: [] };
}

const UNKNOWN_SECTION: CellProblem = {
  field: 'sections',
  problem: {
    code: 'section-unknown',
    message: 'A section named here is not one of the handout.',
    hint: 'Write its heading as it is printed.',
  },
};

/** Exactly what would be refused when the handout is made. */
function readChecked(
  input: unknown,
  { library, lookups, practice, press }: Making,
): { choice: Choice | null; problems: readonly Problem[] } {
  try {
    const choice = readRequest(input, library, press);
    const { sections, problems } = lookups.chosen(choice);
    const crisis = findCrisisLine(library, practice, choice.discreet);
    return { choice, problems: [...problems, ...checkWords(choice, sections, practice, press), ...crisis.problems] };
  } catch (error) {
    if (!(error instanceof HandoutError)) throw error;
    return { choice: null, problems: error.problems };
  }
}

/** What keeps every row from being made: the form's own fields, the letterhead, the crisis line. */
export function formProblems(making: Making): Problem[] {
  const { defaults, library, lookups } = making;
  const unknown = (defaults.saved ?? []).filter((name) => lookups.saved(name) === null).map(() => noPreset('saved'));
  const own = ofForm(making);
  const named = own.length > 0 ? own : [{ slug: library.articles[0]?.slug ?? 'none', languages: [] }];
  const found = named.flatMap((one) => {
    const parts = own.length > 0 ? partsOf(one, NO_ROW, making).choice : {};
    const input = { ...usualFor(one, making), ...parts, article: one.slug, language: languageOf(one, NO_ROW, making) };
    const { problems } = readChecked(input, making);
    return problems.filter(({ code }) => code !== 'client-missing' && (own.length > 0 || !OF_ARTICLES.includes(code)));
  });
  return unique([...unknown, ...found].map(byField)).map(({ problem }) => problem);
}

const NO_ROW = { articles: [], sections: '', choice: {} };

/** Without articles the form says nothing that these could be about. */
const OF_ARTICLES: readonly Problem['code'][] = ['language-unknown', 'article-unknown'];

/** The field of the row to change: a language the row does not give belongs to the handout it names. */
function fieldOf(problem: Problem, { choice, articles, sections }: Said): Field | null {
  const { field } = byField(problem);
  // The form was checked alone: only what the row says can have made the copy discreet.
  if (problem.code === 'crisis-line-missing') return 'discreet';
  const isOfArticle = field === 'language' || field === 'preset' || field === 'sections';
  const isOfRow = field === 'sections' ? sections !== '' : field !== null && choice[field] !== undefined;
  if (isOfArticle && !isOfRow && articles.length > 0) return 'handouts';
  return field;
}

export function byField(problem: Problem): CellProblem {
  const { place } = problem;
  const field = place !== undefined && 'field' in place ? place.field : null;
  return { problem, field: field === 'article' ? 'handouts' : (field as Field | null) };
}

/** Two handouts of one client have the same name in them. */
export function unique(problems: readonly CellProblem[]): CellProblem[] {
  return [...new Map(problems.map((one) => [`${one.field} ${one.problem.message}`, one])).values()];
}
