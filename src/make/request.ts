// Unknown input and the library in, a checked choice out: what is wrong with the fields and with the names, all at once.
import { z } from 'zod';
import type { Library } from '../content/article.ts';
import { HandoutError, type Problem } from '../errors.ts';
import { type Choice, readChoice } from '../merge/choice.ts';
import { chooseSections } from '../merge/choose.ts';
import type { Press } from '../pdf/press.ts';
import { checkTyped } from './check.ts';
import { findArticle } from './find.ts';

/**
 * Reads a request. Throws a HandoutError with `before` (problems found earlier), bad fields, names that do not exist, and
 * characters that can't be printed.
 */
export function readRequest(
  input: unknown,
  library: Library,
  press: Pick<Press, 'unprintable'>,
  before: readonly Problem[] = [],
): Choice {
  const read = readChoice(input);
  if ('choice' in read && before.length === 0) return read.choice;
  const problems = [...before, ...('choice' in read ? [] : read.problems)];
  const more = [...unknownNames(input, library), ...unprintableWords(input, press)];
  throw new HandoutError([...problems, ...more.filter((problem) => !isAbout(problem, problems))]);
}

const names = z.object({
  article: z.string(),
  language: z.string().catch('en').default('en'),
  sections: z.array(z.string()).optional().catch(undefined),
  preset: z.string().optional().catch(undefined),
});

/** The names in an input whose other fields are wrong, as far as they can be looked up. */
function unknownNames(input: unknown, library: Library): Problem[] {
  const read = names.safeParse(input);
  if (!read.success) return [];
  const { article, problems } = findArticle(library, read.data);
  return article === null ? problems : chooseSections(article, read.data).problems;
}

const words = z.string().max(10_000).catch('');
const typed = z.object({
  client: words,
  note: words,
  words,
  agreed: words,
  plan: words,
  obstacle: words,
  appointment: words,
  clinician: words,
});

/** Likewise its words; what is far too long is refused for that alone. */
function unprintableWords(input: unknown, press: Pick<Press, 'unprintable'>): Problem[] {
  const read = typed.safeParse(input);
  return read.success ? checkTyped(read.data, press) : [];
}

/** A field that is known to be wrong is not complained about twice. */
function isAbout({ place }: Problem, known: readonly Problem[]): boolean {
  const field = fieldOf(place);
  return field !== null && known.some((problem) => fieldOf(problem.place) === field);
}

const fieldOf = (place: Problem['place']) => (place !== undefined && 'field' in place ? place.field : null);
