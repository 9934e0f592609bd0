// Problems in, what a page shows of them out: a summary with links, and the same words at each field.
import type { Problem } from '../errors.ts';

export interface ErrorSummary {
  heading: string;
  items: readonly { text: string; href: string }[];
}

/** Where a problem is put right when that is not a field of the same name on the same page. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  article: '#query',
  sections: '#parts',
  preset: '#parts',
  crisisLine: '/practice#crisisLine',
  country: '/practice#country',
  logo: '/practice#logo',
  practice: '/practice',
};

export const words = ({ message, hint }: Problem) => (hint === undefined ? message : `${message} ${hint}`);

export function summaryOf(problems: readonly Problem[], fields: readonly string[]): ErrorSummary | null {
  if (problems.length === 0) return null;
  const heading = problems.length === 1 ? 'One thing needs your attention' : 'Some things need your attention';
  return { heading, items: problems.map((problem) => ({ text: words(problem), href: target(problem, fields) })) };
}

function target(problem: Problem, fields: readonly string[]): string {
  if (problem.code === 'crisis-line-missing' && !fields.includes('crisisLine')) return '/practice#crisisLine';
  const field = fieldOf(problem);
  return fields.includes(field) ? `#${field}` : (ELSEWHERE[field] ?? '#content');
}

/** What is said at `field`, or null when nothing is wrong there. */
export function wrongAt(problems: readonly Problem[], field: string): string | null {
  const here = problems.filter((problem) => fieldOf(problem) === field).map(words);
  return here.length === 0 ? null : here.join(' ');
}

const fieldOf = ({ place }: Problem) => (place !== undefined && 'field' in place ? place.field : '');
