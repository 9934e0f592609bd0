// What holds for all rows of a batch in, the data of `for-all.hbs` out.
import type { Library } from '../content/article.ts';
import type { Way } from '../deliver/recipient.ts';
import type { Problem } from '../errors.ts';
import { BATCH_LOOKS, type BatchLook, type BatchState, presetsOf, WAYS } from './batch-state.ts';
import { wrongAt } from './errors.ts';
import { titleOf } from './words.ts';

/** Fields of it that a problem can lead to. */
export const FOR_ALL_FIELDS = [
  ...['saved', 'article', 'preset', 'language', 'note', 'clinician', 'date', 'paper', 'fit'],
  ...['maySend', 'copies'],
];

const LOOK_WORDS: Readonly<Record<BatchLook, { label: string; hint: string }>> = {
  largePrint: { label: 'Large print', hint: '18 point, one column' },
  discreet: { label: 'Discreet', hint: 'no name, practice or title; its words still tell the topic' },
  inkSaving: { label: 'Save ink', hint: 'no tints, thin lines' },
  binder: { label: 'Room for holes', hint: 'a wider margin to file it' },
};

const WAY_WORDS: Readonly<Record<Way, string>> = { hand: 'By hand', post: 'By post', email: 'By e-mail' };

const FITS = [
  { value: '', label: 'As many as it takes' },
  { value: '1', label: 'One page' },
  { value: '2', label: 'Two pages' },
];

/** `saved` are the names of the choices that the practice saved. */
export function forAllView(
  library: Library,
  saved: readonly string[],
  state: BatchState,
  problems: readonly Problem[],
) {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  const titles = new Map(library.articles.toReversed().map(({ slug, title }) => [slug, title]));
  for (const { slug, lang, title } of library.articles) if (lang === 'en') titles.set(slug, title);
  const sorted = [...titles].toSorted(([, a], [, b]) => a.localeCompare(b, 'en'));
  const languages = [...new Set(library.articles.map(({ lang }) => lang))];
  const field = (name: string, value: string) => ({ value, wrong: wrongAt(problems, name) });
  return {
    saved: saved.map((name) => ({ name, ticked: state.saved.includes(name) })),
    savedWrong: wrongAt(problems, 'saved'),
    articles: sorted.map(([slug, title]) => ({ slug, title, ticked: state.articles.includes(slug) })),
    articleWrong: wrongAt(problems, 'article'),
    presets: presetsOf(library).map((name) => ({ name, title: titleOf(name), selected: name === state.preset })),
    presetWrong: wrongAt(problems, 'preset'),
    languages: languages.map((code) => ({ code, name: names.of(code) ?? code, selected: code === state.language })),
    languageWrong: wrongAt(problems, 'language'),
    note: field('note', state.note),
    clinician: field('clinician', state.clinician),
    date: field('date', state.date),
    paper: { letter: state.paper === 'letter', a4: state.paper === 'a4' },
    paperWrong: wrongAt(problems, 'paper'),
    fits: FITS.map((one) => ({ ...one, selected: one.value === state.fit })),
    fitWrong: wrongAt(problems, 'fit'),
    ways: WAYS.map((name) => ({ name, label: WAY_WORDS[name], ticked: state.maySend.includes(name) })),
    copies: field('copies', state.copies),
    looks: BATCH_LOOKS.map((name) => ({ name, ...LOOK_WORDS[name], ticked: state.looks[name] })),
  };
}
