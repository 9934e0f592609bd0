// An article in, how many pages each of its presets takes out; and which of them keep their promise.
import type { Article, Library } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import type { Panel, Strip } from '../layout/page.ts';
import { type Paper, readChoice } from '../merge/choice.ts';
import type { Practice } from '../merge/practice.ts';
import type { Press } from '../pdf/press.ts';
import { type ComposedHandout, composeHandout } from './compose-handout.ts';

export interface Budget {
  preset: string;
  paper: Paper;
  pages: number;
  /** In large print; nothing is promised of it. */
  largePrint: number;
  /** Ids of the sections with a box that is taller than a page of large print. */
  cut: readonly string[];
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
  const compose = async (preset: string, paper: Paper, largePrint: boolean) => {
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
    return composeHandout(read.choice, library, PRACTICE, press);
  };
  const budgets: Budget[] = [];
  for (const preset of Object.keys(presets)) {
    for (const paper of PAPERS) {
      const [usual, large] = [await compose(preset, paper, false), await compose(preset, paper, true)];
      const [pages, largePrint] = [usual.laidOut.pages.length, large.laidOut.pages.length];
      budgets.push({ preset, paper, pages, largePrint, cut: cutIn(large) });
    }
  }
  return budgets;
}

/** Boxes that must be cut. A note may be longer, and has neither ground nor outline. */
function cutIn({ theme, sheet, shelf }: ComposedHandout): string[] {
  const { height, top, bottom } = theme.page;
  const room = height - top - bottom;
  return sheet.blocks.flatMap((block) => {
    const strips = shelf.galleys.get(block)?.strips ?? [];
    const panels = new Set(strips.flatMap(({ panel }) => (panel === null || !isBox(panel) ? [] : [panel])));
    const isCut = [...panels].some((panel) => heightOf(strips.filter((strip) => strip.panel === panel)) > room);
    return isCut && block.kind === 'section' ? [block.id] : [];
  });
}

const isBox = ({ fill, stroke }: Panel) => fill !== null || stroke !== null;

function heightOf(strips: readonly Strip[]): number {
  return strips.reduce((sum, { height, gap }, index) => sum + height + (index === 0 ? 0 : gap), 0);
}

/** `lineOf` gives the line of a preset in the article's file. */
export function overBudget(
  { file, sections }: Article,
  budgets: readonly Budget[],
  lineOf: (preset: string) => number,
): Problem[] {
  const weak = (line: number, message: string, hint: string): Problem => {
    return { code: 'article-weak', message, hint, place: { file, line } };
  };
  const cut = new Set(budgets.flatMap((budget) => budget.cut));
  return [
    ...budgets.flatMap(({ preset, paper, pages }) => {
      const most = MOST_PAGES[preset];
      if (most === undefined || pages <= most) return [];
      const message = `“${preset}” takes ${pages} pages on ${paper === 'a4' ? 'A4' : 'Letter'}.`;
      return [weak(lineOf(preset), message, 'Leave a section out of the preset, or shorten one.')];
    }),
    ...sections
      .filter(({ id }) => cut.has(id))
      .map(({ line }) =>
        weak(
          line,
          'A box of this section is taller than a page of large print.',
          'Make two boxes of it, or shorten it.',
        ),
      ),
  ];
}
