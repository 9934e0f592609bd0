// The cases written in prose beside this file: what was chosen, and what the printed page reads.
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { Article, Library } from '../../src/content/article.ts';
import { readArticle } from '../../src/content/read-article.ts';
import { HandoutError, sentence } from '../../src/errors.ts';
import { makeHandout } from '../../src/make/handout.ts';
import { readChoice } from '../../src/merge/choice.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { aPractice } from '../support/builders.ts';
import { ourLibrary } from '../support/house.ts';
import { pdfjsText } from '../support/pdfjs.ts';

interface Case {
  title: string;
  choice: Record<string, unknown>;
  /** Sections in Markdown, or null for an article of ours. */
  body: string | null;
  expected: string[];
}

const FOLDER = new URL('./', import.meta.url);
const DATE = '2026-11-23';

function casesIn(file: string): Case[] {
  const text = readFileSync(new URL(file, FOLDER), 'utf8');
  return [...text.matchAll(/^## (.+)$[^`]*?^```handout\n([\s\S]*?)^```$/gmu)].map(([, title, block]) => {
    const [input, expected] = block!.split(/^\.\n/mu);
    const [choice, body] = input!.split(/^---\n/mu);
    if (expected === undefined) throw new Error(`${file}, “${title}”: the line with a single full stop is missing.`);
    return { title: title!, choice: parse(choice!) ?? {}, body: body ?? null, expected: expected.trim().split('\n') };
  });
}

function sampleArticle(body: string): Article {
  const first = /\{#([a-z-]+)/u.exec(body)?.[1] ?? '';
  const head = ['title: A sample page', 'message: The main message.', 'version: 1.0.0', `written: ${DATE}`];
  const rest = [`updated: ${DATE}`, 'review:', 'topics: [sample]', 'words: [sample]', 'conditions: []', 'next:'];
  const presets = ['presets:', `  one-page: [${first}]`, '  full: all', 'sources: []'];
  const text = ['---', ...head, ...rest, ...presets, '---', body].join('\n');
  const found = { slug: 'sample', lang: 'en', file: 'sample/en.md', pictures: [], slugs: new Set(['sample']) };
  const read = readArticle(text, found);
  if ('problems' in read) throw new HandoutError(read.problems);
  return read.article;
}

let ours: Library;
let press: Press;
beforeAll(async () => {
  ours = await ourLibrary();
  press = openPress();
});

/** What the page reads, in the order it is read aloud; or the refusals, each with its mark. */
async function outcome({ choice, body }: Case): Promise<{ page: string } | { refusals: string[] }> {
  const article = body === null ? null : sampleArticle(body);
  const library = article === null ? ours : { ...ours, articles: [article] };
  const read = readChoice({ date: DATE, ...(article === null ? {} : { article: article.slug }), ...choice });
  if ('problems' in read) return { refusals: read.problems.map((problem) => `! ${sentence(problem)}`) };
  try {
    const { pdf } = await makeHandout(read.choice, library, aPractice(), press);
    return { page: flat((await pdfjsText(pdf)).join(' ')) };
  } catch (error) {
    if (!(error instanceof HandoutError)) throw error;
    return { refusals: error.problems.map((problem) => `! ${sentence(problem)}`) };
  }
}

const flat = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();

/** The first stretch of the expected lines that the page does not read where it should, or null. */
function firstMissing(page: string, expected: readonly string[]): string | null {
  let from = 0;
  for (const stretch of expected.join('\n').split(/^…$/mu).map(flat)) {
    const at = page.indexOf(stretch, from);
    if (at === -1) return stretch;
    from = at + stretch.length;
  }
  return null;
}

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));
describe.each(files)('%s', (file) => {
  const cases = casesIn(file);
  // A case with a slip in its frame would be passed over in silence.
  it('has every case read', () => {
    const fences = readFileSync(new URL(file, FOLDER), 'utf8').match(/^```handout$/gmu) ?? [];
    expect(cases.length).toBe(fences.length);
    expect(cases.length).toBeGreaterThan(0);
  });

  it.each(cases)('$title', async (one) => {
    const result = await outcome(one);
    if ('refusals' in result) return expect(result.refusals).toEqual(one.expected);
    const missing = firstMissing(result.page, one.expected);
    return expect(missing === null ? 'as expected' : { missing, page: result.page }).toBe('as expected');
  });
});
