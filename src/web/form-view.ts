// The form's state and what became of it in, the data of the page `form.hbs` out.
import type { Article, Library } from '../content/article.ts';
import { searchArticles } from '../content/search.ts';
import type { Standing } from '../content/shelf.ts';
import { SLOT_NAMES, type Slot } from '../merge/choice.ts';
import type { Practice } from '../merge/practice.ts';
import { type Attempt, besideOf, noteState } from './beside.ts';
import { summaryOf, wrongAt } from './errors.ts';
import { partsOf } from './parts-view.ts';
import { articleOf, type FormState, LOOKS, type Look } from './state.ts';
import type { View } from './views.ts';
import { count, countryName, languages } from './words.ts';

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
  /** Choices of the practice's own, the one used last first. */
  saved: readonly { name: string; article: string }[];
  /** How the chosen article stands. */
  standing: Standing | null;
  /** Said after a choice was kept. */
  kept: string | null;
}

const FIELDS = [
  'client',
  'article',
  'sections',
  'note',
  ...SLOT_NAMES,
  'clinician',
  'date',
  'paper',
  'fit',
  'presetName',
];
const LOOK_WORDS: Readonly<Record<Look, { label: string; hint: string }>> = {
  largePrint: { label: 'Large print', hint: '18 point, one column' },
  discreet: { label: 'Discreet', hint: 'no name, practice or title; its words still tell the topic' },
  fillable: { label: 'Boxes to type in', hint: 'where it is opened on a screen' },
  inkSaving: { label: 'Save ink', hint: 'no tints, thin lines' },
  binder: { label: 'Room for holes', hint: 'a wider margin to file it' },
};
const FITS = [
  ['', 'As it comes'],
  ['1', 'On one page'],
  ['2', 'On two'],
] as const;
const SLOT_WORDS: Readonly<Record<Slot, { label: string; line: boolean }>> = {
  words: { label: 'In the client’s own words', line: false },
  agreed: { label: 'What you agreed', line: false },
  plan: { label: 'What the client will try, and when', line: false },
  obstacle: { label: 'What may get in the way', line: false },
  appointment: { label: 'Next appointment', line: true },
};
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
    slots: slotsOf(state, field),
    clinician: field('clinician', state.clinician),
    languages: languages.map(({ code, name }) => ({ code, name, selected: code === state.noteLanguage })),
    date: field('date', state.date),
    paper: { letter: state.paper === 'letter', a4: state.paper === 'a4', wrong: wrongAt(problems, 'paper') },
    saved: savedOf(page),
    kept: page.kept,
    presetName: field('presetName', state.presetName),
    fitWrong: wrongAt(problems, 'fit'),
    fit: FITS.map(([value, label]) => ({ value, label, chosen: value === state.fit })),
    looks: LOOKS.map((name) => ({ name, ...LOOK_WORDS[name], ticked: state.looks[name] })),
    page: besideOf(outcome, article, page.loud, page.standing),
    noteState: noteState(state, article),
    hasCopy: article !== undefined && article.clinician !== null,
    guess: practice.countryIsGuess && practice.crisisLine === '' ? countryName(practice.country) : null,
  };
}

/** Those whose article is still there. */
function savedOf({ saved, library }: FormPage) {
  const titles = new Map(library.articles.map(({ slug, title }) => [slug, title]));
  return saved.flatMap(({ name, article }) => (titles.has(article) ? [{ name, title: titles.get(article)! }] : []));
}

/** Open when there is something in it to be seen. */
function slotsOf(
  { slots }: FormState,
  field: (name: string, value: string) => { value: string; wrong: string | null },
) {
  const fields = SLOT_NAMES.map((name) => ({ name, ...SLOT_WORDS[name], ...field(name, slots[name]) }));
  return { fields, open: fields.some(({ value, wrong }) => value !== '' || wrong !== null) };
}

/** Fields that stand on the page as it is now. */
const anchors = (article: Article | undefined) =>
  FIELDS.filter((name) => name !== 'article' && (name !== 'sections' || article === undefined));

function found(library: Library, query: string) {
  if (query.trim() === '') {
    return { words: 'Or begin with one of these:', articles: library.articles.slice(0, MOST_AT_FIRST) };
  }
  const articles = searchArticles(library, query).slice(0, MOST_FOUND);
  const none = 'Nothing found. Try another word, or empty the field to see what is there.';
  return { words: articles.length === 0 ? none : `${count(articles.length, 'article')} found`, articles };
}
