// Small right articles, practices and choices; a test says only what matters to it.
import type { Article, CrisisLine, Library, Section, Source } from '../../src/content/article.ts';
import { HandoutError, type Problem } from '../../src/errors.ts';
import type { Block, Inline } from '../../src/merge/block.ts';
import { type Choice, readChoice } from '../../src/merge/choice.ts';
import type { Saying } from '../../src/merge/fill.ts';
import type { Practice } from '../../src/merge/practice.ts';

export function aSection(id: string, some: Partial<Section> = {}): Section {
  return {
    id,
    kind: 'how',
    title: `Title of ${id}`,
    html: `<p data-source="content/calm/en.md:30">Text of ${id}.</p>`,
    personal: false,
    needsClient: false,
    requires: [],
    sources: [],
    discreet: null,
    words: 3,
    grade: null,
    counts: { words: 3, sentences: 1, syllables: 4 },
    file: 'content/calm/en.md',
    line: 29,
    ...some,
  };
}

export function aSource(id: string): Source {
  return { id, citation: `Lee A (2020). On ${id}. Journal of Examples 1:2.`, url: `https://www.example.org/${id}` };
}

export function anArticle(some: Partial<Article> = {}): Article {
  return {
    slug: 'calm',
    lang: 'en',
    title: 'Finding calm',
    message: 'Your body can learn to settle.',
    version: '1.0.0',
    written: '2026-11-23',
    updated: '2026-11-23',
    review: null,
    topics: [],
    words: [],
    conditions: [],
    next: null,
    clinician: null,
    presets: { 'one-page': ['first'], full: ['first', 'second'] },
    sections: [aSection('first'), aSection('second')],
    sources: [],
    figures: [],
    file: 'content/calm/en.md',
    ...some,
  };
}

export function aPractice(some: Partial<Practice> = {}): Practice {
  return {
    name: 'Harbour Practice',
    contact: ['12 Quay Street', '555 0100'],
    crisisLine: '',
    country: 'US',
    countryIsGuess: false,
    paper: 'letter',
    clinician: 'Dr Lee',
    credentials: 'PhD',
    logo: null,
    colour: '',
    ...some,
  };
}

export function aCrisisLine(some: Partial<CrisisLine> = {}): CrisisLine {
  return {
    country: 'US',
    countryName: 'United States',
    text: { en: 'Call or text any time.' },
    number: '988',
    source: 'https://example.org/988',
    ...some,
  };
}

export function aLibrary(some: Partial<Library> = {}): Library {
  return { articles: [anArticle()], crisisLines: [aCrisisLine()], problems: [], ...some };
}

/** Goes through the real reader, as every door does. */
export function aChoice(some: Record<string, unknown> = {}): Choice {
  const read = readChoice({ article: 'calm', date: '2026-11-23', ...some });
  if ('problems' in read) throw new HandoutError(read.problems);
  return read.choice;
}

export function choiceProblems(input: unknown): Problem[] {
  const read = readChoice(input);
  return 'problems' in read ? read.problems : [];
}

/** What `fill` and `mergeSheet` take; sections are all of the article's. */
export function aSaying(some: Partial<Saying> = {}): Saying {
  const article = some.article ?? anArticle();
  return {
    choice: aChoice(),
    article,
    sections: article.sections,
    practice: aPractice(),
    crisis: aCrisisLine(),
    next: null,
    link: null,
    ...some,
  };
}

/** The problems something refuses with. */
export async function problemsOf(doing: () => unknown): Promise<readonly Problem[]> {
  try {
    await doing();
  } catch (error) {
    if (error instanceof HandoutError) return error.problems;
    throw error;
  }
  return [];
}

/** Every text of some blocks, in reading order, one string a block of text. Direction marks are left out. */
export function textsOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap(textsIn);
}

function textsIn(block: Block): string[] {
  switch (block.kind) {
    case 'masthead':
      return [said(block.name), said(block.contact)];
    case 'heading':
    case 'paragraph':
      return [said(block.inlines)];
    case 'list':
      return block.items.flatMap(textsOf);
    case 'box':
      return textsOf(block.blocks);
    case 'table':
      return [block.caption, ...block.head, ...block.rows.flat()].map(said);
    case 'figure':
      return [said(block.caption)];
    case 'lines':
      return [said(block.label)];
    case 'scale':
      return [block.label, block.from, block.to].map(said);
    case 'section':
      return [said(block.heading), ...textsOf(block.blocks)];
  }
}

/** A forced break reads as a line end. */
export function said(inlines: readonly Inline[]): string {
  const text = inlines.map((inline) => `${inline.text}${inline.breakAfter ? '\n' : ''}`).join('');
  return text.replace(/[\u2066-\u2069]/gu, '');
}
