// An article in two languages, or with the ids it once had, in; every difference that breaks what others rely on out.
import type { Problem } from '../errors.ts';
import type { Article, Section } from './article.ts';
import { gather, type Tell } from './problems.ts';

/** A saved preset, a batch or a packet names sections; in every language they have to be the same. */
export function lintTranslation(article: Article, original: Article): Problem[] {
  const { tell, problems } = gather(article.file, 'article-weak');
  const [own, theirs] = [idsOf(article), idsOf(original)];
  const missing = theirs.filter((id) => !own.includes(id));
  const added = own.filter((id) => !theirs.includes(id));
  const at = `as in ${original.file}`;
  if (missing.length > 0)
    tell(1, `These sections are missing: ${missing.join(', ')}.`, `Write them ${at}, under the same ids.`);
  if (added.length > 0)
    tell(1, `Only this language has: ${added.join(', ')}.`, `Name sections ${at}, or add them there.`);
  if (missing.length + added.length === 0 && own.join() !== theirs.join())
    tell(1, 'The sections stand in another order.', `Put them ${at}.`);
  for (const section of article.sections) {
    const same = original.sections.find(({ id }) => id === section.id);
    if (same !== undefined) lintSection(section, same, at, tell);
  }
  lintFacts(article, original, at, tell);
  return problems();
}

function lintSection(section: Section, same: Section, at: string, tell: Tell): void {
  const differs = (a: readonly string[], b: readonly string[]) => a.toSorted().join() !== b.toSorted().join();
  const { line, kind, requires, sources } = section;
  if (kind !== same.kind)
    tell(line, `This section is .${kind}, and .${same.kind} in the other language.`, `Write it ${at}.`);
  if ((section.discreet === null) !== (same.discreet === null))
    tell(line, 'Only one of the two languages has neutral words for a discreet copy.', `Write :::discreet ${at}.`);
  if (differs(requires, same.requires))
    tell(
      line,
      'This section requires others than in the other language.',
      `Write requires="${same.requires.join(' ')}".`,
    );
  if (differs(sources, same.sources))
    tell(
      line,
      'This section cites other sources than in the other language.',
      `There they are: ${same.sources.join(', ') || 'none'}.`,
    );
}

function lintFacts(article: Article, original: Article, at: string, tell: Tell): void {
  const { version, updated } = original;
  if (article.version !== version)
    tell(
      1,
      `It is version ${article.version}, the other language ${version}.`,
      'Bring the words up to date, then write that version.',
    );
  if (article.updated < updated)
    tell(
      1,
      `It was updated before the other language (${updated}).`,
      'Bring the words up to date, then write the day.',
    );
  for (const [name, ids] of Object.entries(original.presets)) {
    if (article.presets[name]?.join() !== ids.join())
      tell(1, `The preset “${name}” is another one.`, `Write it ${at}: ${ids.join(', ')}.`);
  }
}

/** `published` are the ids that saved presets and batches out there may hold. */
export function lintIds(article: Article, published: readonly string[]): Problem[] {
  const { tell, problems } = gather(article.file, 'article-weak');
  const own = idsOf(article);
  for (const id of published.filter((one) => !own.includes(one)))
    tell(
      1,
      `The section “${id}” was published and is gone.`,
      'Presets that people saved name it: give it back its id.',
    );
  for (const id of own.filter((one) => !published.includes(one)))
    tell(
      1,
      `The section “${id}” is not among the published ids.`,
      'Add it to ids.yaml, and never change it from then on.',
    );
  return problems();
}

const idsOf = ({ sections }: Article) => sections.map(({ id }) => id);
