// What the lint found in, what it prints out: lines for people, a table of how the articles read, or JSON.
import type { Article } from '../content/article.ts';
import { type Reading, readingOf, sumOf } from '../content/reading.ts';
import { sentence } from '../errors.ts';
import type { Budget } from '../make/budget.ts';
import type { Finding, Row } from './lint.ts';

export function forPeople(findings: readonly Finding[], articles: number): string {
  const of = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
  const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const lines = findings.map((finding) => `${finding.level === 'warning' ? 'warning: ' : ''}${sentence(finding)}`);
  const [errors, warnings] = [of('error'), of('warning')];
  const found = findings.length === 0 ? 'nothing to mend' : `${count(errors, 'error')}, ${count(warnings, 'warning')}`;
  return [...lines, `${count(articles, 'article')}: ${found}.`].join('\n');
}

const HEADINGS = ['Article', 'Lang', 'Reads', 'Hardest', 'Words', 'Sources', 'Pages (large print)'] as const;

/** Pages are those of Letter and A4 where they differ: `one-page 1 (2)`. */
export function asTable(rows: readonly Row[]): string {
  const lines = rows.map(({ article, budgets }) => {
    const { reads, hardest, words, sources } = factsOf(article);
    const cells = [article.slug, article.lang, said(reads), said(hardest), String(words), String(sources)];
    return [...cells, pages(budgets)];
  });
  const all = [[...HEADINGS], HEADINGS.map(() => '---'), ...lines];
  const wide = HEADINGS.map((_, column) => Math.max(...all.map((cells) => cells[column]!.length)));
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(wide[column]!)).join(' | ')} |`;
  return all.map(row).join('\n');
}

export function asJson(findings: readonly Finding[], rows: readonly Row[]): string {
  const plain = ({ level, message, hint, place }: Finding) => ({ level, ...place, message, hint });
  const articles = rows.map(({ article, budgets }) => {
    const { slug, lang, version } = article;
    return { article: slug, language: lang, version, ...factsOf(article), presets: budgets };
  });
  return JSON.stringify({ findings: findings.map(plain), articles }, null, 2);
}

function factsOf({ sections, sources, lang }: Article) {
  const readings = sections.flatMap(({ counts }) => readingOf(counts, lang) ?? []);
  const hard = (a: Reading, b: Reading) => (a.scale === 'INFLESZ' ? a.value - b.value : b.value - a.value);
  return {
    reads: readingOf(sumOf(sections.map(({ counts }) => counts)), lang),
    hardest: readings.toSorted(hard)[0] ?? null,
    words: sections.reduce((sum, section) => sum + section.words, 0),
    sources: sources.length,
  };
}

function said(reading: Reading | null): string {
  if (reading === null) return '–';
  return reading.scale === 'INFLESZ' ? `ease ${reading.value.toFixed(0)}` : `grade ${reading.value.toFixed(1)}`;
}

function pages(budgets: readonly Budget[]): string {
  const presets = [...new Set(budgets.map(({ preset }) => preset))];
  const both = (numbers: readonly number[]) => [...new Set(numbers)].join('/');
  return presets
    .map((preset) => {
      const own = budgets.filter((budget) => budget.preset === preset);
      return `${preset} ${both(own.map((one) => one.pages))} (${both(own.map((one) => one.largePrint))})`;
    })
    .join(', ');
}
