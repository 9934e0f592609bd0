// What a row says in, its handouts as checked choices out, or every reason why one can't be made.
import { HandoutError, type Problem } from '../errors.ts';
import { checkWords } from '../make/check.ts';
import { findCrisisLine } from '../make/find.ts';
import { readRequest } from '../make/request.ts';
import type { Choice } from '../merge/choice.ts';
import type { Field } from './headings.ts';
import type { NamedArticle } from './lookups.ts';
import type { Defaults, Making } from './make-recipient.ts';
import type { CellProblem, Said } from './row.ts';

export interface Handouts {
  handouts: Choice[];
  problems: CellProblem[];
}

export function handoutsOf(said: Said, making: Making): Handouts {
  const { articles } = making.defaults;
  const named: readonly NamedArticle[] =
    said.articles.length > 0 ? said.articles : articles.map((slug) => ({ slug, languages: [] }));
  const isNamedBadly = said.problems.some(({ field }) => field === 'handouts');
  if (named.length === 0 && !isNamedBadly) return { handouts: [], problems: [NO_HANDOUT] };
  const each = named.map((one) => handoutOf(one, said, making));
  return { handouts: each.flatMap(({ handouts }) => handouts), problems: each.flatMap(({ problems }) => problems) };
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
  const { date, ...form } = making.defaults.choice;
  const { preset: _preset, sections: _sections, ...rest } = form;
  const given = { ...rest, date, ...said.choice, ...parts.choice, article: named.slug, client: said.client };
  const input = { ...given, language: languageOf(named, said, making) };
  const read = readChecked(input, making);
  const problems = read.problems.map((problem) => ({ problem, field: fieldOf(problem, said) }));
  return { handouts: read.choice === null ? [] : [read.choice], problems: [...parts.problems, ...problems] };
}

/** A title that is not there in the form's language means the article in the title's own. */
function languageOf({ languages }: NamedArticle, said: Said, { defaults }: Making): unknown {
  const form = defaults.choice.language ?? 'en';
  const own = languages.length === 0 || languages.includes(String(form)) ? form : languages[0];
  return said.choice.language ?? own;
}

/** Sections or a preset: the row's before the form's, and the form's sections only for the form's articles. */
function partsOf(
  { slug }: NamedArticle,
  said: Said,
  { defaults, lookups }: Making,
): { choice: Record<string, unknown>; problems: CellProblem[] } {
  if (said.sections !== '') {
    const sections = lookups.sections(said.sections, slug);
    const known = sections.filter((id) => id !== null);
    return { choice: { sections: known }, problems: known.length === sections.length ? [] : [UNKNOWN_SECTION] };
  }
  if (said.choice.preset !== undefined) return { choice: {}, problems: [] };
  const { preset, sections } = defaults.choice;
  const ofForm = said.articles.length === 0 ? { sections } : {};
  const given = Object.entries({ preset, ...ofForm }).filter(([, value]) => value !== undefined);
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
  const { defaults, library } = making;
  const slugs = defaults.articles.length > 0 ? defaults.articles : [library.articles[0]?.slug ?? 'none'];
  const { sections: _sections, preset: _preset, ...alone } = defaults.choice;
  const choice = defaults.articles.length > 0 ? defaults.choice : alone;
  const found = slugs.flatMap((article) => {
    const read = readChecked({ ...choice, article }, making);
    return read.problems.filter(({ code }) => code !== 'client-missing' && isOfForm(code, defaults));
  });
  return unique(found.map(byField)).map(({ problem }) => problem);
}

/** Without articles the form says nothing that a language could be missing for. */
function isOfForm(code: Problem['code'], { articles }: Defaults): boolean {
  return articles.length > 0 || !['language-unknown', 'article-unknown'].includes(code);
}

/** The field of the row to change: a language the row does not give belongs to the handout it names. */
function fieldOf(problem: Problem, { choice, articles }: Said): Field | null {
  const { field } = byField(problem);
  // The form was checked alone: only what the row says can have made the copy discreet.
  if (problem.code === 'crisis-line-missing') return 'discreet';
  const isOfArticle = field === 'language' || field === 'preset';
  if (isOfArticle && choice[field] === undefined && articles.length > 0) return 'handouts';
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
