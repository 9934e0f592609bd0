// `keepsake lint`: folders of articles in; what is wrong with each and what to do, or a table of how they read, out.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Article } from '../content/article.ts';
import { readLibrary } from '../content/library.ts';
import { headLine, lintArticle, lintDates } from '../content/lint.ts';
import { lintIds, lintTranslation } from '../content/lint-languages.ts';
import { HandoutError, type Problem } from '../errors.ts';
import { type Budget, budgetOf, overBudget } from '../make/budget.ts';
import { trialMerge } from '../merge/trial.ts';
import { openPress, type Press } from '../pdf/press.ts';
import { ROOT } from './library.ts';
import { asJson, asTable, forPeople } from './lint-report.ts';
import type { Settings } from './settings.ts';
import { today } from './wire.ts';

export interface LintFlags {
  table?: boolean;
  json?: boolean;
  strict?: boolean;
}

/** An error keeps our articles from being shipped, and a practice's from being read; a warning is advice. */
export interface Finding extends Problem {
  level: 'error' | 'warning';
}

export interface Row {
  article: Article;
  budgets: readonly Budget[];
}

const OURS = join(ROOT, 'content');

/** True when nothing has to be put right; with `--strict` not even a warning. */
export async function lint(
  folder: string | undefined,
  flags: LintFlags,
  settings: Settings,
  say: (line: string) => void,
): Promise<boolean> {
  const own = existsSync(settings.articles) ? [settings.articles] : [];
  const folders = folder === undefined ? [OURS, ...own] : [folderAt(folder)];
  const press = openPress();
  const findings: Finding[] = [];
  const rows: Row[] = [];
  for (const one of folders) {
    const linted = await lintFolder(one, press);
    findings.push(...linted.findings);
    rows.push(...linted.rows);
  }
  if (flags.json) say(asJson(findings, rows));
  else say([...(flags.table ? [asTable(rows)] : []), forPeople(findings, rows.length)].join('\n\n'));
  return !findings.some(({ level }) => flags.strict || level === 'error');
}

/** What a folder has beside its articles: every id it ever published, and how each source was confirmed. */
interface Lists {
  ids: Readonly<Record<string, readonly string[]>> | null;
  sources: string | null;
}

export async function lintFolder(folder: string, press: Press): Promise<{ findings: Finding[]; rows: Row[] }> {
  const isOurs = folder === OURS;
  const library = await readLibrary(isOurs ? [OURS] : [OURS, folder], trialMerge);
  // Two folders may bear the same name, so that only what is there says whose a file is.
  const textOf = (file: string) => textAt(join(dirname(folder), file));
  const findings: Finding[] = [];
  const add = (level: Finding['level'], problems: readonly Problem[]) =>
    findings.push(...problems.map((problem) => ({ ...problem, level })));
  for (const problem of library.problems) {
    const file = problem.place !== undefined && 'file' in problem.place ? problem.place.file : '';
    if ((await textOf(file)) !== null) add('error', [problem]);
  }
  const lists: Lists = { ids: await idsIn(folder), sources: await textAt(join(folder, 'SOURCES.md')) };
  const rows: Row[] = [];
  for (const article of library.articles) {
    const text = await textOf(article.file);
    if (text === null) continue;
    const budgets = await budgetOf(article, library, press);
    const original = library.articles.find(({ slug, lang }) => slug === article.slug && lang === 'en');
    rows.push({ article, budgets });
    add(isOurs ? 'error' : 'warning', [
      ...lintArticle(article, text),
      ...(original === undefined || original === article ? [] : lintTranslation(article, original)),
      ...overBudget(article, budgets, (preset) => headLine(text, ['presets', preset])),
      ...lintLists(article, text, lists),
    ]);
    add('warning', lintDates(article, text, today()));
  }
  return { findings, rows };
}

function lintLists(article: Article, text: string, { ids, sources }: Lists): Problem[] {
  const unconfirmed = sources === null ? [] : article.sources.filter(({ url }) => !sources.includes(url));
  return [
    ...(ids === null ? [] : lintIds(article, ids[article.slug] ?? [])),
    ...unconfirmed.map(({ id, url }): Problem => {
      const index = article.sources.findIndex((source) => source.id === id);
      const place = { file: article.file, line: headLine(text, ['sources', index]) };
      const hint = `Look it up and write in SOURCES.md how ${url} was confirmed.`;
      return { code: 'article-weak', message: `Nobody has confirmed the source “${id}”.`, hint, place };
    }),
  ];
}

const published = z.record(z.string(), z.array(z.string()));

async function idsIn(folder: string): Promise<Lists['ids']> {
  const text = await textAt(join(folder, 'ids.yaml'));
  if (text === null) return null;
  const read = published.safeParse(parse(text));
  if (read.success) return read.data;
  const place = { file: 'ids.yaml', line: 1 };
  throw new HandoutError([
    { code: 'article-broken', message: 'This is no list of ids.', hint: 'Write article: [id, id].', place },
  ]);
}

async function textAt(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}

function folderAt(path: string): string {
  const folder = resolve(path);
  if (existsSync(folder)) return folder;
  const message = 'There is no such folder.';
  throw new HandoutError([
    {
      code: 'field-invalid',
      message,
      hint: 'Name the folder that holds the articles’ folders.',
      place: { field: 'folder' },
    },
  ]);
}
