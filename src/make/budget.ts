// An article in, how many pages each of its presets takes out; and which of them keep their promise.
import type { Article, Library } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import { type Paper, readChoice } from '../merge/choice.ts';
import type { Practice } from '../merge/practice.ts';
import type { Press } from '../pdf/press.ts';
import { composeHandout } from './compose-handout.ts';

export interface Budget {
  preset: string;
  paper: Paper;
  pages: number;
  /** In large print; nothing is promised of it. */
  largePrint: number;
}

/** What the names of presets promise, on both papers at the usual size. */
const MOST_PAGES: Readonly<Record<string, number>> = { 'one-page': 1, 'two-pages': 2 };
const PAPERS: readonly Paper[] = ['letter', 'a4'];

/** A letterhead, a name and a clinician as most have them: a page that fits only when bare fits nobody. */
const PRACTICE: Practice = {
  name: 'Harbour Street Practice',
  contact: ['12 Harbour Street, Springfield', '555 0100', 'www.harbourstreet.example'],
  crisisLine: '',
  country: 'US',
  countryIsGuess: false,
  paper: 'letter',
  clinician: 'Dr Maria Lindqvist',
  credentials: 'PhD',
  colour: '',
  logo: null,
};

export async function budgetOf(
  { slug, lang, presets, updated }: Article,
  library: Library,
  press: Press,
): Promise<Budget[]> {
  const count = async (preset: string, paper: Paper, largePrint: boolean) => {
    const choice = {
      article: slug,
      language: lang,
      preset,
      paper,
      largePrint,
      client: 'Alexandra Johnson',
      date: updated,
    };
    const read = readChoice(choice);
    if ('problems' in read) throw new Error(`The preset ${preset} can’t be tried out.`);
    const { laidOut } = await composeHandout(read.choice, library, PRACTICE, press);
    return laidOut.pages.length;
  };
  const budgets: Budget[] = [];
  for (const preset of Object.keys(presets)) {
    for (const paper of PAPERS) {
      const [pages, largePrint] = [await count(preset, paper, false), await count(preset, paper, true)];
      budgets.push({ preset, paper, pages, largePrint });
    }
  }
  return budgets;
}

/** `lineOf` gives the line of a preset in the article's file. */
export function overBudget(
  { file }: Article,
  budgets: readonly Budget[],
  lineOf: (preset: string) => number,
): Problem[] {
  return budgets.flatMap(({ preset, paper, pages }): Problem[] => {
    const most = MOST_PAGES[preset];
    if (most === undefined || pages <= most) return [];
    const message = `“${preset}” takes ${pages} pages on ${paper === 'a4' ? 'A4' : 'Letter'}.`;
    const hint = 'Leave a section out of the preset, or shorten one.';
    return [{ code: 'article-weak', message, hint, place: { file, line: lineOf(preset) } }];
  });
}
