// Unknown input and the library in, a checked choice out: what is wrong with the fields and with the names, all at once.
import { z } from 'zod';
import type { Library } from '../content/article.ts';
import { HandoutError, type Problem } from '../errors.ts';
import { type Choice, readChoice } from '../merge/choice.ts';
import { chooseSections } from '../merge/choose.ts';
import { findArticle } from './find.ts';

/** Reads a request. Throws a HandoutError with `before` (problems found earlier), bad fields and names that do not exist. */
export function readRequest(input: unknown, library: Library, before: readonly Problem[] = []): Choice {
  const read = readChoice(input);
  if ('choice' in read && before.length === 0) return read.choice;
  const problems = [...before, ...('choice' in read ? [] : read.problems)];
  throw new HandoutError([...problems, ...unknownNames(input, library, problems)]);
}

const names = z.object({
  article: z.string(),
  language: z.string().catch('en').default('en'),
  sections: z.array(z.string()).optional().catch(undefined),
  preset: z.string().optional().catch(undefined),
});

/** The names in an input whose other fields are wrong, as far as they can be looked up. */
function unknownNames(input: unknown, library: Library, known: readonly Problem[]): Problem[] {
  const read = names.safeParse(input);
  if (!read.success) return [];
  const { article, problems } = findArticle(library, read.data);
  const all = article === null ? problems : chooseSections(article, read.data).problems;
  const fields = known.flatMap(({ place }) => (place !== undefined && 'field' in place ? [place.field] : []));
  return all.filter(({ place }) => place === undefined || !('field' in place) || !fields.includes(place.field));
}
