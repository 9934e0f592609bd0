// Layouts of a handout at each step in; the roomiest of those with the fewest pages out, and what to leave out for fewer.
import type { Article, Section, SectionKind } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import type { LaidOut } from '../layout/page.ts';
import type { Step } from '../layout/theme.ts';
import { type Choice, SLOT_NAMES } from '../merge/choice.ts';
import { chooseSections } from '../merge/choose.ts';

export interface Fitted {
  laidOut: LaidOut;
  /** Of the text, in points. */
  size: number;
}

/** Tries the steps in order until the pages are few enough. Where no step is, closer or smaller type that saves no page is for nothing. */
export function fitPages<F extends Fitted>(most: number, steps: readonly Step[], layOutAt: (step: Step) => F): F {
  const [first = 0, ...closer] = steps;
  let best = layOutAt(first);
  for (const step of closer) {
    if (best.laidOut.pages.length <= most) break;
    const next = layOutAt(step);
    if (next.laidOut.pages.length < best.laidOut.pages.length) best = next;
  }
  return best;
}

/** The least needed first. What is `core` is never left out. */
const NEED: readonly SectionKind[] = ['more', 'why', 'how', 'try'];

/**
 * The least needed sections without which it fits, none of them for nothing; or none where leaving out all would not do.
 * A caution is never among them.
 */
export function sectionsOver(
  article: Article,
  sections: readonly Section[],
  fits: (sections: readonly Section[]) => boolean,
): string[] {
  const cautions = new Set(article.sections.flatMap(({ requires }) => requires));
  const without = (out: readonly string[]) => {
    const kept = sections.filter(({ id }) => !out.includes(id));
    return chooseSections(article, { sections: kept.map(({ id }) => id) }).sections;
  };
  const order = NEED.flatMap((kind) =>
    sections.filter((section) => section.kind === kind && !cautions.has(section.id)).reverse(),
  ).map(({ id }) => id);
  if (!fits(without(order))) return [];
  const out = order.slice(
    0,
    fewest(order.length, (count) => fits(without(order.slice(0, count)))),
  );
  for (const id of [...out].reverse()) {
    const fewer = out.filter((one) => one !== id);
    if (fits(without(fewer))) out.splice(out.indexOf(id), 1);
  }
  return sections.filter(({ id }) => out.includes(id)).map(({ id }) => id);
}

/** The smallest number up to `most` that is enough; `most` is. */
function fewest(most: number, isEnough: (count: number) => boolean): number {
  let [low, high] = [1, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Done as far as it goes; what is left out is for the clinician to say. */
export function warnOfPages(
  choice: Choice,
  most: number,
  sections: readonly Section[],
  over: readonly string[],
): Problem {
  const limit = choice.largePrint ? 'with its lines as close as large print allows' : 'in the smallest type, 11 points';
  const goal = most === 1 ? 'one page' : `${most} pages`;
  const titles = sections.filter(({ id }) => over.includes(id)).map(({ title }) => `“${title}”`);
  const named = new Intl.ListFormat('en').format(titles);
  const isWritten = (['note', ...SLOT_NAMES] as const).some((field) => choice[field] !== '');
  const instead = isWritten ? 'shorten what you wrote' : 'let it have more pages';
  const advice = titles.length === 0 ? `Leaving out sections would not do; ${instead}.` : `It would without ${named}.`;
  const message = `This does not fit ${goal}, even ${limit}. ${advice}`;
  return { code: 'fits-not', message, place: { field: 'fit' } };
}
