// One article's file in, the checked article or everything wrong with it out.
import type { Problem } from '../errors.ts';
import type { Article, ClinicianNotes, Section } from './article.ts';
import { checkNodes } from './check.ts';
import { type Citation, takeCitations } from './citations.ts';
import { readFields } from './fields.ts';
import { type PictureFile, readFigures } from './figures.ts';
import { frontMatter, sourceIds } from './front-matter.ts';
import { htmlOf, shape } from './html.ts';
import { parseMarkdown, quoted, setQuotes } from './markdown.ts';
import { figureNames, lineOf, plainText, textOf } from './nodes.ts';
import { gather, type Tell } from './problems.ts';
import { countsOf, countWords, grade } from './reading.ts';
import { cutSections, type Draft } from './sections.ts';
import { readYaml, tellIssues } from './yaml.ts';

/** What is known of an article before it is read. */
export interface Found {
  slug: string;
  lang: string;
  /** Named in messages, for example `content/stress-response/en.md`. */
  file: string;
  /** The pictures beside it. */
  pictures: readonly PictureFile[];
  /** Every article of the library, for `next`. */
  slugs: ReadonlySet<string>;
}

export function readArticle(text: string, found: Found): { article: Article } | { problems: Problem[] } {
  const { tell, problems } = gather(found.file);
  const { head, body, above } = splitHead(text, tell);

  const tree = parseMarkdown(body, above);
  const sectioned = cutSections(tree, tell);
  const drafts = sectioned.flatMap((draft) => (draft.discreet === null ? [draft] : [draft, draft.discreet]));
  const images = found.pictures.map(({ name }) => name);
  const cited = new Map<Draft, Citation[]>();
  for (const draft of drafts) {
    checkNodes(draft.nodes, images, tell);
    cited.set(draft, takeCitations(draft.nodes, tell));
  }
  const citations = [...cited.values()].flat();
  const uses = new Map(drafts.map((draft) => [draft, readFields(draft.nodes, tell)]));

  const yaml = readYaml(head, 1, tell);
  const readable = head !== '' && yaml.value !== undefined;
  if (readable) checkCitations(citations, sourceIds(yaml.value), tell);
  const sections = [...new Set(drafts.map(({ id }) => id))];
  const known = new Set(citations.map(({ id }) => id));
  const read = frontMatter({ sections, cited: known, slugs: found.slugs }).safeParse(yaml.value);
  if (!read.success && readable) tellIssues(read.error.issues, yaml.lineOf, tell);

  const drawn = readFigures(figureNames(tree), found.pictures, found.file);
  const wrong = [...problems(), ...drawn.problems];
  if (wrong.length > 0 || !read.success) return { problems: wrong };

  for (const draft of drafts) shape(draft.nodes);
  setQuotes(
    drafts.flatMap(({ heading, nodes }) => [heading, ...nodes]),
    found.lang,
  );
  const section = (draft: Draft): Section => ({
    ...textOfSection(draft, found),
    ...uses.get(draft)!,
    sources: idsOf(cited.get(draft)!),
    discreet: draft.discreet === null ? null : section(draft.discreet),
  });
  const { title, message, sources, clinician, ...facts } = read.data;
  return {
    article: {
      slug: found.slug,
      lang: found.lang,
      title: quoted(title, found.lang),
      message: quoted(message, found.lang),
      ...facts,
      clinician: clinician === null ? null : quotedNotes(clinician, found.lang),
      sections: sectioned.map(section),
      sources: sources.map((source) => ({ ...source, citation: quoted(source.citation, found.lang) })),
      figures: drawn.figures,
      file: found.file,
    },
  };
}

function quotedNotes(notes: ClinicianNotes, lang: string): ClinicianNotes {
  const set = (texts: readonly string[]) => texts.map((text) => quoted(text, lang));
  return {
    why: set(notes.why),
    introduce: set(notes.introduce),
    notWhen: set(notes.notWhen),
    teachBack: set(notes.teachBack),
  };
}

function textOfSection(
  { heading, id, kind, requires, nodes }: Draft,
  { file, lang }: Found,
): Omit<Section, 'personal' | 'needsClient' | 'sources' | 'discreet'> {
  const text = plainText(nodes);
  const counts = countsOf(text, lang);
  return {
    id,
    kind,
    title: textOf(heading).trim(),
    html: htmlOf(nodes, file),
    requires,
    words: countWords(text, lang),
    grade: grade(counts, lang),
    counts,
    file,
    line: lineOf(heading),
  };
}

function idsOf(citations: readonly Citation[]): string[] {
  return [...new Set(citations.map(({ id }) => id))];
}

/** The head between the `---` lines, the text below them, and how many lines of the file are above that text. */
export function splitHead(text: string, tell: Tell): { head: string; body: string; above: number } {
  const lines = text
    .replace(/^\ufeff/u, '')
    .normalize('NFC')
    .split(/\r\n?|\n/u);
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  if (lines[0]?.trimEnd() !== '---' || end === -1) {
    const hint = 'Start the file with ---, the keys (title: …), and --- again.';
    tell(1, 'The article has no head.', hint);
    return { head: '', body: lines.join('\n'), above: 0 };
  }
  return { head: lines.slice(1, end).join('\n'), body: lines.slice(end + 1).join('\n'), above: end + 1 };
}

function checkCitations(citations: readonly Citation[], known: readonly string[], tell: Tell): void {
  for (const { id, line } of citations) {
    if (known.includes(id)) continue;
    const hint = known.length === 0 ? 'List it under “sources” first.' : `The article lists: ${known.join(', ')}.`;
    tell(line, `The source “${id}” is not listed.`, hint);
  }
}
