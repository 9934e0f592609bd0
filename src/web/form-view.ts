// The form's state and what became of it in, the data of the page `form.hbs` out.
import type { Article, Library } from '../content/article.ts';
import { searchArticles } from '../content/search.ts';
import type { Problem } from '../errors.ts';
import type { Made } from '../make/handout.ts';
import type { Practice } from '../merge/practice.ts';
import { summaryOf, words, wrongAt } from './errors.ts';
import { articleOf, type FormState } from './state.ts';
import type { View } from './views.ts';
import { count, countryName, effort, languages, readingTime, titleOf } from './words.ts';

/** What the form leads to as it stands: a handout, or what is in its way. */
export type Attempt = { made: Made } | { problems: readonly Problem[] };

export interface FormPage {
  library: Library;
  practice: Practice;
  state: FormState;
  /** Null before anything was tried. */
  outcome: Attempt | null;
  /** Say the problems at the top and at the fields: she asked for the handout. Otherwise only beside the page. */
  loud: boolean;
  /** Ask whether this is a new client. */
  ask: boolean;
}

const FIELDS = ['client', 'article', 'sections', 'note', 'clinician', 'date', 'paper'];
const MOST_FOUND = 8;
const MOST_AT_FIRST = 3;

export function formView(page: FormPage): View & Record<string, unknown> {
  const { library, practice, state, outcome } = page;
  const article = articleOf(library, state);
  const problems = page.loud && outcome !== null && 'problems' in outcome ? outcome.problems : [];
  const field = (name: string, value: string) => ({ value, wrong: wrongAt(problems, name) });
  const title = 'Make a handout – Keepsake';
  return {
    title: problems.length > 0 ? `Error: ${title}` : title,
    summary: summaryOf(problems, anchors(article)),
    form: state.form,
    fresh: !page.loud && !page.ask && state.client === '' && article === undefined && state.query === '',
    ask: page.ask,
    client: field('client', state.client),
    chosen: article ?? null,
    article: { wrong: wrongAt(problems, 'article') },
    query: state.query,
    ...(article === undefined ? { found: found(library, state.query) } : partsOf(article, state, problems)),
    note: field('note', state.note),
    clinician: field('clinician', state.clinician),
    languages: languages.map(({ code, name }) => ({ code, name, selected: code === state.noteLanguage })),
    date: field('date', state.date),
    paper: { letter: state.paper === 'letter', a4: state.paper === 'a4', wrong: wrongAt(problems, 'paper') },
    largePrint: state.largePrint,
    page: beside(outcome, article, page.loud),
    guess: practice.countryIsGuess && practice.crisisLine === '' ? countryName(practice.country) : null,
  };
}

/** Fields that stand on the page as it is now. */
const anchors = (article: Article | undefined) =>
  FIELDS.filter((name) => name !== 'article' && (name !== 'sections' || article === undefined));

function found(library: Library, query: string) {
  if (query.trim() === '') {
    return { words: 'Or begin with one of these:', articles: library.articles.slice(0, MOST_AT_FIRST) };
  }
  const articles = searchArticles(library, query, 'en').slice(0, MOST_FOUND);
  const none = 'Nothing found. Try another word, or empty the field to see what is there.';
  return { words: articles.length === 0 ? none : `${count(articles.length, 'article')} found`, articles };
}

function partsOf(article: Article, state: FormState, problems: readonly Problem[]) {
  const row = (section: Article['sections'][number]) => ({
    id: section.id,
    title: section.title,
    effort: effort(section),
    ticked: state.sections.includes(section.id),
  });
  const core = article.sections.filter(({ kind }) => kind === 'core');
  const others = article.sections.filter(({ kind }) => kind !== 'core');
  return {
    presets: Object.keys(article.presets).map((name) => ({ name, title: titleOf(name) })),
    sections: { choosable: others.map(row), always: core.map(row), wrong: wrongAt(problems, 'sections') },
  };
}

/** What stands above the preview: pages and minutes, or why there is no page yet. */
function beside(outcome: Attempt | null, article: Article | undefined, loud: boolean) {
  if (article === undefined) return { words: 'Choose what it is about, and the page appears here.', notices: [] };
  if (outcome === null || loud) return { words: 'Put right what is marked, and the page appears here.', notices: [] };
  if ('problems' in outcome) return { words: 'The page can’t be shown yet.', notices: outcome.problems.map(words) };
  return { words: measureOf(outcome.made, article), notices: outcome.made.warnings.map(words) };
}

/** `2 pages · about 6 minutes to read` */
export function measureOf(made: Made, article: Article): string {
  const printed = article.sections.filter(({ id }) => made.sections.includes(id));
  return `${count(made.pages, 'page')} · ${readingTime(printed)}`;
}
